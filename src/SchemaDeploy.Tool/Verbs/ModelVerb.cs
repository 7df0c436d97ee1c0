using System.Text;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Tool.Outputs;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>What the verbs have in common that begin with the model that an application was compiled to, and write files into a folder of theirs.</summary>
/// <param name="ownOptions">The options of the verb alone.</param>
internal abstract class ModelVerb(params IReadOnlyList<string> ownOptions)
{
    public int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, ["model", "output", "project-directory", "templates", .. ownOptions, .. DesignArguments.Names], diagnostics);
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

    /// <summary>The files, with paths relative to the folder.</summary>
    protected abstract IEnumerable<CodeFile> Generate(
        DatabaseModel database, DesignOptions design, CommandLine line, string? templates, DiagnosticBag diagnostics);

    private void Write(CommandLine line, string project, DiagnosticBag diagnostics)
    {
        var design = DesignArguments.Read(line, "App", diagnostics);
        var (model, folder) = (line.Required("model", diagnostics), line.Required("output", diagnostics));
        if (diagnostics.HasErrors || ModelFile.Read(Path.GetFullPath(model, project), diagnostics) is not { } database)
        {
            return;
        }

        using var outputs = new OutputSet(Path.GetFullPath(folder, project));
        var templates = line.Last("templates") is { } given ? Path.GetFullPath(given, project) : null;
        foreach (var file in Generate(database, design, line, templates, diagnostics))
        {
            outputs.Add(file.Path, Encoding.UTF8.GetBytes(file.Text));
        }

        if (!diagnostics.HasErrors)
        {
            var earlier = outputs.ReadManifest();
            outputs.Publish();
            outputs.DeleteStale(earlier);
        }
    }
}
