using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Serverless;

/// <summary>The bundle's scripts, carried out against programs that answer as Vercel's would.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests : IDisposable
{
    private const string Url = "https://shop-1.example.com";

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    private string[] Asked => File.Exists(Path.Combine(_folder, "asked")) ? File.ReadAllLines(Path.Combine(_folder, "asked")) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Shellcheck_finds_nothing()
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        Prepare();

        var result = await Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2250,SC2310,SC2312", Path.Combine(_folder, "bundle", "deploy.sh"), Path.Combine(_folder, "bundle", "secrets.sh")]);

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task A_plan_asks_nobody()
    {
        Prepare();

        var result = await RunAsync("deploy.sh", "production", "--plan");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Environment: production\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Theory]
    [InlineData("production", "Shop migrate|vercel deploy --prebuilt --yes --prod --skip-domain|curl|vercel promote " + Url + " --yes")]
    [InlineData("staging", "Shop migrate|vercel deploy --prebuilt --yes|curl")]
    public async Task Vercel_gets_domains_for_a_deployment_that_has_answered(string environment, string expected)
    {
        Prepare();

        var result = await RunAsync("deploy.sh", environment);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected.Split('|'), Asked.Select(Step));
    }

    [Theory]
    [InlineData("Shop-migrate.fails", "", "the migration did not succeed. Nothing was rolled out", "Shop")]
    [InlineData("vercel-deploy.fails", "", "Vercel did not take the deployment. The one before goes on serving.", "vercel")]
    [InlineData("curl-deployment", "503", "answers 503, and was not promoted", "curl")]
    [InlineData("curl-deployment", "401", "is protected (status 401)", "curl")]
    [InlineData("vercel-promote.fails", "", "did not promote", "vercel")]
    public async Task Where_a_step_on_Vercel_fails_none_follows(string file, string text, string expected, string last)
    {
        Prepare((file, text));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{last} ", Asked[^1] + " ", StringComparison.Ordinal);
        Assert.Equal(file == "vercel-promote.fails", Asked.Any(line => line.StartsWith("vercel promote", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_protected_deployment_is_tried_with_the_secret()
    {
        Prepare();

        var result = await RunAsync("deploy.sh", "production", "VERCEL_AUTOMATION_BYPASS_SECRET=abc");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(Asked, line => line.StartsWith("curl ", StringComparison.Ordinal) && line.Contains("x-vercel-protection-bypass: abc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prodution", 2, "usage: ")]
    [InlineData("DATABASE_URL=", 1, "DATABASE_URL is not set")]
    [InlineData("VERCEL_ORG_ID=", 1, "no project of Vercel is named")]
    public async Task What_is_missing_or_unknown_is_told(string argument, int exitCode, string expected)
    {
        Prepare();

        var result = await RunAsync("deploy.sh", argument);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task A_bundle_without_its_program_is_refused()
    {
        Prepare();
        File.Delete(Path.Combine(_folder, "bundle", DeploymentGenerator.ApplicationFolderOf(DeployTarget.Vercel)!, "Shop"));

        var result = await RunAsync("deploy.sh");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("dotnet publish -p:DeployTarget=vercel", result.Error, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task Secrets_are_given_once_and_random_where_none_is_given()
    {
        Prepare(("present", " name   value\n ADMIN_EMAIL   Encrypted   Production\n"));

        var result = await RunAsync("secrets.sh", "production", "REDIS_URL=rediss://redis.example.com");

        Assert.True(result.ExitCode == 0, result.Error);
        var values = File.ReadAllLines(Path.Combine(_folder, "values")).Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
        Assert.Equal(["ADMIN_PASSWORD", "DATABASE_URL", "JWT_SECRET", "REDIS_URL"], values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("postgres://database.example.com/shop", values["DATABASE_URL"]);
        Assert.Matches("^[0-9a-f]{64}$", values["JWT_SECRET"]);
        Assert.Matches("^[0-9a-f]{64}$", values["ADMIN_PASSWORD"]);
        Assert.NotEqual(values["JWT_SECRET"], values["ADMIN_PASSWORD"]);
        Assert.Contains(values["ADMIN_PASSWORD"], result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(values["JWT_SECRET"], result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_nobody_has_given_is_asked_for()
    {
        Prepare(("present", ""));

        var result = await RunAsync("secrets.sh", "staging", "DATABASE_URL=");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has no DATABASE_URL. Give it once: DATABASE_URL=… ./secrets.sh staging", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "values")));
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["curl", ..] => "curl",
        _ => line,
    };

    /// <summary>The bundle as it is published, and a platform in a state.</summary>
    private void Prepare(params (string File, string Text)[] platform)
    {
        Assert.SkipUnless(Command.Exists("bash"), "bash is not installed.");
        var bundle = Path.Combine(_folder, "bundle");
        new BundleFolder(bundle).Write(Bundle.Generate(DatabaseKind.PostgreSql, target: DeployTarget.Vercel), new DiagnosticBag());
        var cli = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Serverless", "cli.sh"));
        WriteProgram(Path.Combine(bundle, DeploymentGenerator.ApplicationFolderOf(DeployTarget.Vercel)!, "Shop"), cli);
        WriteProgram(Path.Combine(_folder, "bin", "vercel"), cli);
        WriteProgram(Path.Combine(_folder, "bin", "curl"), $"""
            #!/bin/sh
            echo "curl $*" >> "$PLATFORM/asked"
            cat "$PLATFORM/curl-deployment" 2>/dev/null || echo 200
            """);
        foreach (var (file, text) in platform.Append(("vercel-deploy", Url)))
        {
            File.WriteAllText(Path.Combine(_folder, file), text);
        }
    }

    private static void WriteProgram(string file, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs a script; arguments with an equals sign are variables of its environment.</summary>
    private Task<Command.Result> RunAsync(string script, params string[] arguments) => Command.RunAsync(
        "env",
        [
            $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"PLATFORM={_folder}", "DEPLOY_TIMEOUT=1",
            "DATABASE_URL=postgres://database.example.com/shop", "VERCEL_ORG_ID=org", "VERCEL_PROJECT_ID=project",
            .. arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal)),
            Path.Combine(_folder, "bundle", script),
            .. arguments.Where(argument => !argument.Contains('=', StringComparison.Ordinal)),
        ]);
}
