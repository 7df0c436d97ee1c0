namespace SchemaDeploy.Tool.Tests;

/// <summary>A project folder that lives as long as a test, and the tool run in it.</summary>
internal sealed class ToolRun : IDisposable
{
    public ToolRun() => Directory = System.IO.Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public string Directory { get; }

    public string OutputDirectory => Path.Combine(Directory, "obj", "schema");

    public List<string> Lines { get; } = [];

    public string Write(string name, string text)
    {
        var path = Path.Combine(Directory, name);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string Output(string name) => Path.Combine(OutputDirectory, name);

    /// <summary>Runs compile on schema.sql by way of a response file, as the SDK does.</summary>
    public int Compile(params string[] options)
    {
        string[] lines =
        [
            $"--file={Path.Combine(Directory, "schema.sql")}", $"--project-directory={Directory}",
            $"--output={OutputDirectory}", "--assembly-name=App", .. options,
        ];
        return Run("compile", $"@{Write("compile.rsp", string.Join('\n', lines))}");
    }

    public int Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = ToolProgram.Run(arguments, output);
        Lines.Clear();
        Lines.AddRange(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r')));
        return exitCode;
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
