using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests;

/// <summary>The bundle's scripts and its compose.yaml, tried with the programs that read them.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests : IDisposable
{
    private static readonly string[] s_randomSecrets = ["database_password", "redis_password", "jwt_secret", "admin_password"];

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<DatabaseKind> Databases => [.. Enum.GetValues<DatabaseKind>()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Shellcheck_finds_nothing(DatabaseKind database)
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        Write(database);

        var result = await Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2250,SC2310,SC2312", .. Directory.GetFiles(_folder, "*.sh")]);

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Compose_takes_the_file(DatabaseKind database)
    {
        Assert.SkipUnless(Command.Exists("docker-compose"), "docker-compose is not installed (Debian package docker-compose).");
        Write(database);
        await RunAsync("secrets.sh", "staging");

        var result = await ComposeAsync("config");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("read_only: true", result.Output, StringComparison.Ordinal);
        // A key that Compose does not know, which shows that it would say so.
        File.AppendAllText(Path.Combine(_folder, "compose.yaml"), "\nsevices: {}\n");
        Assert.NotEqual(0, (await ComposeAsync("config", "--quiet")).ExitCode);

        Task<Command.Result> ComposeAsync(params string[] arguments) => Command.RunAsync(
            "docker-compose",
            ["--project-directory", _folder, "--file", Path.Combine(_folder, "compose.yaml"), "--env-file", Path.Combine(_folder, ".env.staging"), .. arguments]);
    }

    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "postgres://app:")]
    [InlineData(DatabaseKind.MySql, "mysql://app:")]
    public async Task Secrets_are_random_fit_together_and_stay(DatabaseKind database, string start)
    {
        Assert.SkipUnless(Command.Exists("bash"), "bash is not installed.");
        Write(database);

        await RunAsync("secrets.sh", "staging", "me@example.org");
        var (first, settings) = (Secrets("staging"), File.ReadAllText(Path.Combine(_folder, ".env.staging")));
        await RunAsync("secrets.sh", "staging");
        await RunAsync("secrets.sh", "local");

        Assert.Equal(first, Secrets("staging"));
        Assert.Contains("\nDEPLOY_ENVIRONMENT=staging\n", settings, StringComparison.Ordinal);
        Assert.Contains("\nADMIN_EMAIL=me@example.org\n", settings, StringComparison.Ordinal);
        Assert.Equal($"{start}{first["database_password"]}@database", first["database_url"][..first["database_url"].LastIndexOf(':')]);
        Assert.Equal($"redis://:{first["redis_password"]}@redis:6379", first["redis_url"]);
        Assert.All(s_randomSecrets, name => Assert.Matches("^[0-9a-f]{64}$", first[name]));
        Assert.Equal(first.Count, first.Values.Distinct().Count());
        Assert.Empty(first.Values.Intersect(Secrets("local").Values));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Path.Combine(_folder, "secrets")).UnixFileMode);
    }

    [Theory]
    [InlineData("deploy.sh", "prodution", 2, "usage: ./deploy.sh [production|staging|local] [--plan]")]
    [InlineData("deploy.sh", "--pln", 2, "usage: ")]
    [InlineData("secrets.sh", "../x", 2, "usage: ./secrets.sh [production|staging|local]")]
    public async Task What_a_script_does_not_know_is_refused(string script, string argument, int exitCode, string expected)
    {
        Assert.SkipUnless(Command.Exists("bash"), "bash is not installed.");
        Write(DatabaseKind.Sqlite);

        var result = await Command.RunAsync("bash", [Path.Combine(_folder, script), argument]);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "secrets")));
    }

    private void Write(DatabaseKind database) => new BundleFolder(_folder).Write(Bundle.Generate(database), new DiagnosticBag());

    private async Task RunAsync(string script, params string[] arguments)
    {
        var result = await Command.RunAsync(Path.Combine(_folder, script), arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private Dictionary<string, string> Secrets(string environment) =>
        Directory.GetFiles(Path.Combine(_folder, "secrets", environment)).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
}
