using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Docker;

/// <summary>The bundle's <c>deploy.sh</c>, carried out against a docker that answers as an engine would.</summary>
[Trait("Category", "Integration")]
public sealed class DeployTests : IDisposable
{
    private const string Old = "registry.example.com/shop:1";
    private const string New = "registry.example.com/shop:2";

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    private string BundleFolder => Path.Combine(_folder, "bundle");

    private string[] Asked => File.Exists(Path.Combine(_folder, "asked")) ? File.ReadAllLines(Path.Combine(_folder, "asked")) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_plan_asks_nobody()
    {
        await PrepareAsync(New);

        var result = await RunAsync("--plan");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"Take:        {New}\nThen:        start what is new", result.Output, StringComparison.Ordinal);
        Assert.Empty(Asked);
    }

    [Fact]
    public async Task An_image_that_is_here_takes_the_place_of_the_one_before()
    {
        await PrepareAsync(New);

        var result = await RunAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            ["info", "compose version", "compose ps", "inspect", "image inspect", "compose up", "compose ps", "inspect"], Asked.Select(Step));
        Assert.Contains($"In place of: {Old}\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith($"{New} is healthy at http://localhost:3000\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_this_source_is_built_under_a_tag_of_its_own()
    {
        await PrepareAsync(image: "");

        var result = await RunAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(@"^build --file Dockerfile --tag \S*shop:1\.2\.3\S*-[0-9]{14} ", Assert.Single(Asked, line => line.StartsWith("build ", StringComparison.Ordinal)));
        Assert.DoesNotContain("pull", Asked.Select(Step));
    }

    [Theory]
    [InlineData("^info", "the Docker engine does not answer", "")]
    [InlineData("^build", "the image was not built. Nothing was rolled out: " + Old + " goes on serving.", "")]
    [InlineData("^(pull|image inspect)", New + " is neither here nor can it be fetched. Nothing was rolled out: " + Old + " goes on serving.", New)]
    public async Task Where_a_step_fails_none_follows(string step, string expected, string image)
    {
        await PrepareAsync(image, ("failure", step));

        var result = await RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Matches(step, Asked[^1]);
        Assert.Equal(Old, Running());
    }

    [Theory]
    [InlineData("broken", New)]
    [InlineData("failure", "IMAGE=" + New)]
    public async Task A_version_that_does_not_start_or_is_not_healthy_gives_way_to_the_one_before(string file, string text)
    {
        await PrepareAsync(New, (file, text));

        var result = await RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"{Old} serves again at http://localhost:3000; {New} was not rolled out.", result.Error, StringComparison.Ordinal);
        Assert.Equal(Old, Running());
    }

    [Fact]
    public async Task The_first_version_has_none_to_give_way_to_and_is_stopped()
    {
        await PrepareAsync(New, ("broken", New), ("running", ""));

        var result = await RunAsync();

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("there is no version before it to go back to; it is stopped.", result.Error, StringComparison.Ordinal);
        Assert.Equal("compose stop", Step(Asked[^1]));
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["compose", "version", ..] => "compose version",
        ["compose", .. var words] => $"compose {words.First(word => word is "ps" or "up" or "stop" or "logs")}",
        ["image", var verb, ..] => $"image {verb}",
        [var verb, ..] => verb,
        _ => line,
    };

    private string Running() => File.ReadAllText(Path.Combine(_folder, "running")).Trim();

    /// <summary>The bundle with its secrets, an image where one is named, and an engine in a state.</summary>
    private async Task PrepareAsync(string image, params (string File, string Text)[] engine)
    {
        Assert.SkipUnless(Command.Exists("bash"), "bash is not installed.");
        new BundleFolder(BundleFolder).Write(Bundle.Generate(DatabaseKind.PostgreSql), new DiagnosticBag());
        var secrets = await Command.RunAsync(Path.Combine(BundleFolder, "secrets.sh"), ["production", "me@example.org"]);
        Assert.True(secrets.ExitCode == 0, secrets.Error);
        var settings = Path.Combine(BundleFolder, ".env.production");
        await File.WriteAllLinesAsync(settings, (await File.ReadAllLinesAsync(settings)).Where(line => !line.StartsWith("IMAGE=", StringComparison.Ordinal)).Append($"IMAGE={image}"));

        var docker = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, "docker");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Docker", "docker.sh"), docker);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(docker, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        foreach (var (file, text) in engine.Prepend(("running", Old)))
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, file), text);
        }
    }

    private Task<Command.Result> RunAsync(params string[] arguments) => Command.RunAsync(
        "env",
        [
            $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"ENGINE={_folder}", "DEPLOY_TIMEOUT=5",
            Path.Combine(BundleFolder, "deploy.sh"), "production", .. arguments,
        ]);
}
