using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Serverless;

/// <summary>The bundles' scripts, carried out against programs that answer as the platforms' would.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests : IDisposable
{
    private const string Url = "https://shop-1.example.com";

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<DeployTarget> Targets => [DeployTarget.Vercel, DeployTarget.Netlify];

    private string[] Asked => File.Exists(Path.Combine(_folder, "asked")) ? File.ReadAllLines(Path.Combine(_folder, "asked")) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Shellcheck_finds_nothing(DeployTarget target)
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        Prepare(target);

        var result = await Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2250,SC2310,SC2312", Path.Combine(_folder, "bundle", "deploy.sh"), Path.Combine(_folder, "bundle", "secrets.sh")]);

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_plan_asks_nobody(DeployTarget target)
    {
        Prepare(target);

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
        Prepare(DeployTarget.Vercel);

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
        Prepare(DeployTarget.Vercel, (file, text));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{last} ", Asked[^1] + " ", StringComparison.Ordinal);
        Assert.Equal(file == "vercel-promote.fails", Asked.Any(line => line.StartsWith("vercel promote", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_protected_deployment_is_tried_with_the_secret()
    {
        Prepare(DeployTarget.Vercel);

        var result = await RunAsync("deploy.sh", "production", "VERCEL_AUTOMATION_BYPASS_SECRET=abc");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(Asked, line => line.StartsWith("curl ", StringComparison.Ordinal) && line.Contains("x-vercel-protection-bypass: abc", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("production", "Shop migrate|netlify deploy --alias production --context production --json|curl|netlify api getSite|netlify deploy --prod --context production --json|curl")]
    [InlineData("staging", "Shop migrate|netlify deploy --alias staging --context branch:staging --json|curl")]
    public async Task Netlify_gets_for_production_what_has_answered_as_a_draft(string environment, string expected)
    {
        Prepare(DeployTarget.Netlify);

        var result = await RunAsync("deploy.sh", environment);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected.Split('|'), Asked.Select(Step));
    }

    [Theory]
    [InlineData("Shop-migrate.fails", "", "the migration did not succeed. Nothing was rolled out", "Shop migrate")]
    [InlineData("netlify-deploy.fails", "", "did not take the draft", "netlify deploy --alias production --context production --json")]
    [InlineData("curl-deployment", "503", "the draft is not ready", "curl")]
    [InlineData("netlify-getSite.fails", "", "does not say what it serves", "netlify api getSite")]
    [InlineData("netlify-deploy-prod.fails", "", "did not take the deployment", "netlify deploy --prod --context production --json")]
    [InlineData("curl-live", "503", "deploy-7 serves again", "netlify api restoreSiteDeploy")]
    public async Task Where_a_step_on_Netlify_fails_the_deployment_before_serves(string file, string text, string expected, string last)
    {
        Prepare(DeployTarget.Netlify, (file, text));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(last, Step(Asked[^1]));
    }

    [Theory]
    [InlineData(DeployTarget.Vercel, "prodution", 2, "usage: ")]
    [InlineData(DeployTarget.Netlify, "--pln", 2, "usage: ")]
    [InlineData(DeployTarget.Vercel, "DATABASE_URL=", 1, "DATABASE_URL is not set")]
    [InlineData(DeployTarget.Netlify, "DATABASE_URL=", 1, "DATABASE_URL is not set")]
    [InlineData(DeployTarget.Vercel, "VERCEL_ORG_ID=", 1, "no project of Vercel is named")]
    [InlineData(DeployTarget.Netlify, "NETLIFY_SITE_ID=", 1, "no site of Netlify is named")]
    public async Task What_is_missing_or_unknown_is_told(DeployTarget target, string argument, int exitCode, string expected)
    {
        Prepare(target);

        var result = await RunAsync("deploy.sh", argument);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_bundle_without_its_program_is_refused(DeployTarget target)
    {
        Prepare(target);
        File.Delete(Path.Combine(_folder, "bundle", DeploymentGenerator.ApplicationFolderOf(target)!, "Shop"));

        var result = await RunAsync("deploy.sh");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"dotnet publish -p:DeployTarget={DeploymentGenerator.FolderOf(target)}", result.Error, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Secrets_are_given_once_and_random_where_none_is_given(DeployTarget target)
    {
        Prepare(target, ("present", target == DeployTarget.Vercel ? " name   value\n ADMIN_EMAIL   Encrypted   Production\n" : "{ \"ADMIN_EMAIL\": \"me\" }"));

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

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_secret_that_nobody_has_given_is_asked_for(DeployTarget target)
    {
        Prepare(target, ("present", target == DeployTarget.Vercel ? "" : "{}"));

        var result = await RunAsync("secrets.sh", "staging", "DATABASE_URL=");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has no DATABASE_URL. Give it once: DATABASE_URL=… ./secrets.sh staging", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "values")));
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["curl", ..] => "curl",
        ["netlify", "api", var operation, ..] => $"netlify api {operation}",
        _ => line,
    };

    /// <summary>The bundle as it is published, and a platform in a state.</summary>
    private void Prepare(DeployTarget target, params (string File, string Text)[] platform)
    {
        Assert.SkipUnless(Command.Exists("bash") && Command.Exists("node"), "bash or node is not installed (Debian package nodejs).");
        var bundle = Path.Combine(_folder, "bundle");
        new BundleFolder(bundle).Write(Bundle.Generate(DatabaseKind.PostgreSql, target: target), new DiagnosticBag());
        var cli = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Serverless", "cli.sh"));
        WriteProgram(Path.Combine(bundle, DeploymentGenerator.ApplicationFolderOf(target)!, "Shop"), cli);
        foreach (var tool in new[] { "vercel", "netlify" })
        {
            WriteProgram(Path.Combine(_folder, "bin", tool), cli);
        }

        // The status of a deployment that is not live yet, and of the one that is.
        WriteProgram(Path.Combine(_folder, "bin", "curl"), $"""
            #!/bin/sh
            echo "curl $*" >> "$PLATFORM/asked"
            case "$*" in *{Url}/ready) file=curl-deployment ;; *) file=curl-live ;; esac
            cat "$PLATFORM/$file" 2>/dev/null || echo 200
            """);
        foreach (var (file, text) in platform.Concat(
            [("vercel-deploy", Url), ("vercel-deploy-prod", Url),
             ("netlify-deploy", $$"""{ "deploy_url": "{{Url}}" }"""), ("netlify-deploy-prod", """{ "url": "https://shop.example.com" }"""),
             ("netlify-getSite", """{ "published_deploy": { "id": "deploy-7" } }""")]))
        {
            File.WriteAllText(Path.Combine(_folder, file), text);
        }

        // A deployment to production is one of Vercel's too.
        if (File.Exists(Path.Combine(_folder, "vercel-deploy.fails")))
        {
            File.WriteAllText(Path.Combine(_folder, "vercel-deploy-prod.fails"), "");
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
            "DATABASE_URL=postgres://database.example.com/shop", "VERCEL_ORG_ID=org", "VERCEL_PROJECT_ID=project", "NETLIFY_SITE_ID=site",
            .. arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal)),
            Path.Combine(_folder, "bundle", script),
            .. arguments.Where(argument => !argument.Contains('=', StringComparison.Ordinal)),
        ]);
}
