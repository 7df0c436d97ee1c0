using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Cloud;

/// <summary>The scripts of a cloud's bundle, and programs that answer as the cloud's would.</summary>
internal sealed class CloudScripts : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    /// <summary>Writes the bundle, with an environment's file as somebody has completed it.</summary>
    /// <param name="target">The cloud.</param>
    /// <param name="programs">The programs that are asked.</param>
    /// <param name="settings">What lines of the environment's files begin with, and what they become.</param>
    public CloudScripts(DeployTarget target, string[] programs, params (string Start, string Line)[] settings)
    {
        Assert.SkipUnless(Command.Exists("bash"), "bash is not installed.");
        new BundleFolder(BundleFolder).Write(Bundle.Generate(DatabaseKind.PostgreSql, target: target), new DiagnosticBag());
        foreach (var (start, line) in settings)
        {
            Set(start, line);
        }

        foreach (var program in programs)
        {
            WriteProgram(program, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cloud", "cli.sh")));
        }

        File.WriteAllText(Path.Combine(_folder, "answers"), "");
        File.WriteAllText(Path.Combine(_folder, "failures"), "");
    }

    public string BundleFolder => Path.Combine(_folder, "bundle");

    /// <summary>What the programs were asked, in order.</summary>
    public string[] Asked => File.Exists(Path.Combine(_folder, "asked")) ? File.ReadAllLines(Path.Combine(_folder, "asked")) : [];

    /// <summary>What they read, by the last words of what they were asked.</summary>
    public IReadOnlyList<(string Asked, string Text)> Values =>
        [.. File.ReadAllLines(Path.Combine(_folder, "values")).Select(line => line.Split('\t', 2)).Select(parts => (parts[0], parts[1]))];

    /// <summary>A file that they were given.</summary>
    public string Kept(string name) => File.ReadAllText(Path.Combine(_folder, "kept", name));

    public CloudScripts Answer(string words, string text)
    {
        File.AppendAllText(Path.Combine(_folder, "answers"), $"{words} => {text}\n");
        return this;
    }

    /// <summary>Answers what is not answered yet as others do.</summary>
    public void TakeAnswersOf(CloudScripts others) => File.AppendAllText(Path.Combine(_folder, "answers"), File.ReadAllText(Path.Combine(others._folder, "answers")));

    public CloudScripts Fail(string words)
    {
        File.AppendAllText(Path.Combine(_folder, "failures"), $"{words}\n");
        return this;
    }

    /// <summary>Changes lines of the environments' files.</summary>
    public void Set(string start, string line)
    {
        foreach (var file in Directory.GetFiles(BundleFolder).Where(file => Path.GetFileName(file).Split('.')[0] is "production" or "staging"))
        {
            File.WriteAllLines(file, File.ReadAllLines(file).Select(old => old.StartsWith(start, StringComparison.Ordinal) ? line : old));
        }
    }

    public Task<Command.Result> ShellcheckAsync()
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        return Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2250,SC2310,SC2312", Path.Combine(BundleFolder, "deploy.sh"), Path.Combine(BundleFolder, "secrets.sh")]);
    }

    /// <summary>Runs a script; arguments with an equals sign are variables of its environment.</summary>
    public Task<Command.Result> RunAsync(string script, params string[] arguments) => Command.RunAsync(
        "env",
        [
            $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"PLATFORM={_folder}", "DEPLOY_TIMEOUT=5",
            .. arguments.Where(argument => argument.Contains('=', StringComparison.Ordinal)),
            Path.Combine(BundleFolder, script),
            .. arguments.Where(argument => !argument.Contains('=', StringComparison.Ordinal)),
        ]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteProgram(string name, string script)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "bin")).FullName, name);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
