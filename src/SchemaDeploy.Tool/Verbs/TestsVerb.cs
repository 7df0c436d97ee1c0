using System.Text;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Tool.Outputs;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>tests: from the model that an application was compiled to, to the code of its tests in the output folder.</summary>
internal static class TestsVerb
{
    private static readonly string[] s_names =
    [
        "model", "output", "project-directory", "templates", "tests-namespace", .. DesignArguments.Names,
    ];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var project = Path.GetFullPath(line.Last("project-directory") ?? ".");
        try
        {
            Write(line, project, diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.OutputUnwritable, SourceSpan.None, exception.Message);
        }

        return new DiagnosticPrinter(project, showsInfo: true).Print(diagnostics, output);
    }

    private static void Write(CommandLine line, string project, DiagnosticBag diagnostics)
    {
        var design = DesignArguments.Read(line, "App", diagnostics);
        var (model, folder) = (line.Required("model", diagnostics), line.Required("output", diagnostics));
        if (diagnostics.HasErrors || ModelFile.Read(Path.GetFullPath(model, project), diagnostics) is not { } database)
        {
            return;
        }

        folder = Path.GetFullPath(folder, project);
        var earlier = RunRecord.Read(folder)?.Outputs.ToList() ?? [];
        using var outputs = new OutputSet(folder);
        var templates = line.Last("templates") is { } given ? Path.GetFullPath(given, project) : null;
        foreach (var file in TestGenerator.Generate(database, design, line.Last("tests-namespace") ?? $"{design.Namespace}.Tests", templates, diagnostics))
        {
            outputs.Add(file.Path, Encoding.UTF8.GetBytes(file.Text));
        }

        if (!diagnostics.HasErrors)
        {
            outputs.Publish();
            outputs.DeleteStale(earlier);
            RunRecord.Write("", outputs, []);
        }
    }
}
