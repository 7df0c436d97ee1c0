namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>A machine that pipelines run on, with programs that answer as the real ones would.</summary>
internal sealed class PipelinePrograms : IDisposable
{
    private static readonly string[] s_programs = ["apk", "aws", "az", "curl", "docker", "dotnet", "gcloud", "jq", "npm"];

    public PipelinePrograms()
    {
        Assert.SkipUnless(Command.Exists("bash") && Command.Exists("git"), "bash or git is not installed.");
        foreach (var program in s_programs.Select(name => $"bin/{name}").Concat(["bundle/deploy.sh"]))
        {
            var file = Path.Combine(Folder, program);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Cloud", "cli.sh"), file);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        File.WriteAllText(Path.Combine(Folder, "answers"), "jq => token\nassume-role => KEY SECRET SESSION\nimage inspect => ghcr.io/acme/shop@sha256:abc\n");
        File.WriteAllText(Path.Combine(Folder, "failures"), "");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    /// <summary>What the programs were asked. curl and jq run at the same time.</summary>
    public string[] Asked => File.Exists(Path.Combine(Folder, "asked"))
        ? [.. File.ReadAllLines(Path.Combine(Folder, "asked")).Where(line => !line.StartsWith("jq ", StringComparison.Ordinal))]
        : [];

    /// <summary>The programs that were asked, in order.</summary>
    public string Order => string.Join(' ', Asked.Select(line => line.Split(' ')[0]));

    public void Fail(string words) => File.WriteAllText(Path.Combine(Folder, "failures"), $"{words}\n");

    /// <summary>A repository with three commits: of nothing, of a project, and of nothing more.</summary>
    public async Task<string> MakeRepositoryAsync()
    {
        var source = Directory.CreateDirectory(Path.Combine(Folder, "source")).FullName;
        await GitAsync("init", "--quiet", ".");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message=empty");
        Directory.CreateDirectory(Path.Combine(source, "src", "Shop"));
        File.WriteAllText(Path.Combine(source, "src", "Shop", "Shop.csproj"), "");
        await GitAsync("add", ".");
        await GitAsync("commit", "--quiet", "--message=project");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message=change");
        return source;

        async Task GitAsync(params string[] arguments)
        {
            var git = await Command.RunAsync("git", ["-C", source, "-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments]);
            Assert.True(git.ExitCode == 0, git.Error);
        }
    }

    /// <summary>Runs a script as GitHub and GitLab do.</summary>
    public Task<Command.Result> RunAsync(string script, string folder, params string[] variables)
    {
        var file = Path.Combine(Folder, "step.sh");
        File.WriteAllText(file, script);
        return Command.RunAsync(
            "env",
            [
                "-C", folder, $"PATH={Path.Combine(Folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"PLATFORM={Folder}", $"TMPDIR={Folder}",
                $"BUNDLE={Path.Combine(Folder, "bundle")}", "APP_PROJECT=src/Shop/Shop.csproj", "APP_REPOSITORY=ghcr.io/acme/shop", "APP_VERSION=1.2.3", .. variables,
                "bash", "--noprofile", "--norc", "-eo", "pipefail", file,
            ]);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
