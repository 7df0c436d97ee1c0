using System.Text.Json;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>The bundle's scripts, carried out against a kubectl that answers as a cluster would.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests : IDisposable
{
    private const string AllKeys = "database_url redis_url jwt_secret admin_password ";
    private const string New = "registry.example.com/acme/shop:1.2.3";

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<DatabaseKind> Databases => [.. Enum.GetValues<DatabaseKind>()];

    private string[] Asked => File.Exists(Path.Combine(_folder, "asked")) ? File.ReadAllLines(Path.Combine(_folder, "asked")) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Shellcheck_finds_nothing(DatabaseKind database)
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        Write(database);

        var result = await Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2250,SC2310,SC2312", Path.Combine(_folder, "k8s", "deploy.sh"), Path.Combine(_folder, "k8s", "secrets.sh")]);

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task A_plan_asks_nobody()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("previous", "shop:1"));

        var result = await RunAsync("deploy.sh", "production", "--plan");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("Environment: production, namespace shop-production\nRoll out:    overlays/production\nThen:        migrate the database", result.Output, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task What_would_change_is_asked_and_nothing_changed()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("previous", "shop:1"));

        var result = await RunAsync("deploy.sh", "production", "--diff");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"Cluster:     kind\nImage:       {New}\nIn place of: shop:1\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(["diff", "get"], Asked.Select(line => line.Split(' ')[0]).Distinct().Order());
    }

    [Fact]
    public async Task The_database_is_migrated_before_anything_is_rolled_out()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("job", "Complete"), ("previous", "shop:1"));

        var result = await RunAsync("deploy.sh", "production");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.EndsWith($"{New} is ready at https://shop.acme.org\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["delete job", "apply but web", "get job", "apply all", "rollout status"],
            Asked.Select(Step).Where(step => step is not ("get" or "logs")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "k8s", "overlays"), ".image.*"));
    }

    [Fact]
    public async Task A_migration_that_fails_ends_it_and_nothing_is_rolled_out()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("job", "Failed"), ("previous", "shop:1"));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("what it said", result.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was rolled out: shop:1 goes on serving.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("apply all", Asked.Select(Step));
    }

    [Theory]
    [InlineData("^get deployment", "the cluster kind does not answer")]
    [InlineData("^delete job", "did not take the migration. Nothing was rolled out: shop:1 goes on serving.")]
    [InlineData("^apply .*component!=web", "did not take the migration. Nothing was rolled out: shop:1 goes on serving.")]
    public async Task Where_a_step_fails_none_follows(string step, string expected)
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("job", "Complete"), ("previous", "shop:1"), ("failure", step));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Matches(step, Asked[^1]);
        Assert.DoesNotContain("apply all", Asked.Select(Step));
    }

    [Fact]
    public async Task An_image_that_is_not_built_is_not_rolled_out()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("previous", "shop:1"));
        Fake("dotnet", "#!/bin/sh\nexit 1\n");

        var result = await RunAsync("deploy.sh", "production", "--build");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the image was not built. Nothing was rolled out: shop:1 goes on serving.", result.Error, StringComparison.Ordinal);
        Assert.All(Asked, line => Assert.StartsWith("get ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_migration_of_which_nothing_can_be_learnt_for_a_while_is_waited_for()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("previous", "shop:1"), ("failure", "^get job"));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the migration did not succeed. Nothing was rolled out: shop:1 goes on serving.", result.Error, StringComparison.Ordinal);
        Assert.True(Asked.Count(line => line.StartsWith("get job", StringComparison.Ordinal)) > 1);
    }

    [Fact]
    public async Task A_version_that_the_cluster_takes_in_part_gives_way_to_the_one_before()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("job", "Complete"), ("previous", "shop:1"), ("rollout", ""), ("failure", "^apply --filename [^ ]*$"));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("shop:1 serves again", result.Error, StringComparison.Ordinal);
        Assert.Contains("rollout undo deployment/shop --namespace shop-production --to-revision 7", Asked);
    }

    [Fact]
    public async Task A_version_that_does_not_become_ready_gives_way_to_the_one_before()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("job", "Complete"), ("previous", "shop:1"), ("rollout", "fails"));

        var result = await RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("shop:1 serves again", result.Error, StringComparison.Ordinal);
        Assert.Contains("rollout undo deployment/shop --namespace shop-production --to-revision 7", Asked);
    }

    [Fact]
    public async Task The_first_version_has_none_to_give_way_to()
    {
        Prepare(DatabaseKind.Sqlite, ("secret", AllKeys), ("rollout", "fails"));

        var result = await RunAsync("deploy.sh", "dev");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no version before it", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Asked, line => line.StartsWith("rollout undo", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("shop.example.org:5000/other:7")]
    [InlineData("other@sha256:0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task Another_image_is_taken(string image)
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys));

        var result = await RunAsync("deploy.sh", "staging", "--diff", $"IMAGE={image}");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"Image:       {image}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_this_source_is_built_under_a_tag_of_its_own()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys), ("job", "Complete"));
        Fake("dotnet", "#!/bin/sh\necho \"$*\" > \"$CLUSTER/built\"\n");

        var result = await RunAsync("deploy.sh", "staging", "--build");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(
            "^publish ../../Shop.csproj .* -t:PublishContainer -p:DeployTarget= -p:DeployImage=registry.example.com/acme/shop:1.2.3-[0-9]{14}\n$",
            await File.ReadAllTextAsync(Path.Combine(_folder, "built"), TestContext.Current.CancellationToken));
        Assert.Matches($"(?m)^{New}-[0-9]{{14}} is ready", result.Output);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("localhost:5000/shop")]
    public async Task An_image_without_a_tag_is_refused(string image)
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys));

        var result = await RunAsync("deploy.sh", "staging", $"IMAGE={image}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"IMAGE={image} has no tag.", result.Error, StringComparison.Ordinal);
        Assert.Empty(Asked);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "k8s", "overlays"), ".image.*"));
    }

    [Theory]
    [InlineData("prodution", AllKeys, 2, "usage: ")]
    [InlineData("--pln", AllKeys, 2, "usage: ")]
    [InlineData("production", "jwt_secret ", 1, "the Secret shop of shop-production has no database_url. Make it with ./secrets.sh production")]
    public async Task What_is_missing_or_unknown_is_told(string argument, string keys, int exitCode, string expected)
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", keys));

        var result = await RunAsync("deploy.sh", argument);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_nobody_has_named_is_refused()
    {
        Prepare(DatabaseKind.PostgreSql, ("secret", AllKeys));
        new BundleFolder(Path.Combine(_folder, "k8s")).Write(Bundle.Generate(DatabaseKind.PostgreSql, target: DeployTarget.K8s), new DiagnosticBag());
        File.Delete(Path.Combine(_folder, "k8s", "overlays", "custom", "staging", "kustomization.yaml"));
        Write(DatabaseKind.PostgreSql);

        var result = await RunAsync("deploy.sh", "staging");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("still speaks of example.com", result.Error, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "postgres://app:")]
    [InlineData(DatabaseKind.MySql, "mysql://app:")]
    public async Task Secrets_of_dev_are_random_and_fit_together(DatabaseKind database, string start)
    {
        Prepare(database);

        var result = await RunAsync("secrets.sh", "dev");

        Assert.True(result.ExitCode == 0, result.Error);
        var values = Directory.GetFiles(Path.Combine(_folder, "values")).ToDictionary(file => Path.GetFileName(file), File.ReadAllText);
        Assert.StartsWith($"{start}{values["database_password"]}@database:", values["database_url"], StringComparison.Ordinal);
        Assert.Equal($"redis://:{values["redis_password"]}@redis:6379", values["redis_url"]);
        Assert.All(["database_password", "redis_password", "jwt_secret", "admin_password"], name => Assert.Matches("^[0-9a-f]{64}$", values[name]));
        Assert.Equal(values.Count, values.Values.Distinct().Count());
    }

    [Fact]
    public async Task Secrets_that_are_there_stay_and_what_is_given_replaces_what_is_there()
    {
        Prepare(DatabaseKind.PostgreSql, ("namespace", "there"), ("secret", AllKeys));

        Assert.Contains("has all it needs", (await RunAsync("secrets.sh", "production")).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "patch.json")));

        var result = await RunAsync("secrets.sh", "production", "DATABASE_URL=postgres://elsewhere/shop");
        Assert.True(result.ExitCode == 0, result.Error);
        using var patch = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "patch.json"), TestContext.Current.CancellationToken));
        var data = Assert.Single(patch.RootElement.GetProperty("data").EnumerateObject());
        Assert.Equal(("database_url", "postgres://elsewhere/shop"), (data.Name, System.Text.Encoding.UTF8.GetString(data.Value.GetBytesFromBase64())));
    }

    [Fact]
    public async Task A_database_that_nobody_has_named_is_asked_for()
    {
        Prepare(DatabaseKind.PostgreSql);

        var result = await RunAsync("secrets.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has no database_url. Give it once: DATABASE_URL=… ./secrets.sh production", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "values")));
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["delete" or "get", "job", ..] words => $"{words[0]} job",
        ["apply", .., "--selector", "app.kubernetes.io/component!=web"] => "apply but web",
        ["apply", ..] => "apply all",
        ["rollout", var what, ..] => $"rollout {what}",
        [var word, ..] => word,
        _ => line,
    };

    private void Write(DatabaseKind database) =>
        new BundleFolder(Path.Combine(_folder, "k8s")).Write(Bundle.Generate(database, target: DeployTarget.K8s), new DiagnosticBag());

    /// <summary>The bundle as somebody has completed it, and a cluster in a state.</summary>
    private void Prepare(DatabaseKind database, params (string File, string Text)[] cluster)
    {
        Assert.SkipUnless(Command.Exists("bash") && Command.Exists("kubectl"), "bash or kubectl is not installed.");
        Write(database);
        foreach (var custom in Directory.GetFiles(Path.Combine(_folder, "k8s", "overlays", "custom"), "*", SearchOption.AllDirectories))
        {
            File.WriteAllText(custom, File.ReadAllText(custom).Replace("example.com", "acme.org", StringComparison.Ordinal).Replace("registry.acme.org", "registry.example.com", StringComparison.Ordinal));
        }

        foreach (var (file, text) in cluster)
        {
            File.WriteAllText(Path.Combine(_folder, file), text);
        }

        Fake("kubectl", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kubernetes", "kubectl.sh")));
    }

    private void Fake(string program, string script)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, program);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs a script; arguments with an equals sign are variables of its environment.</summary>
    private Task<Command.Result> RunAsync(string script, params string[] arguments)
    {
        var real = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")).First(File.Exists);
        return Command.RunAsync(
            "env",
            [
                $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"CLUSTER={_folder}", $"KUBECTL={real}", "DEPLOY_TIMEOUT=5",
                .. arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal)),
                Path.Combine(_folder, "k8s", script),
                .. arguments.Where(argument => !argument.Contains('=', StringComparison.Ordinal)),
            ]);
    }
}
