using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Tool.Git;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>recall: puts the schema files of an earlier revision into a folder, at the paths they have in the project.</summary>
internal static class RecallVerb
{
    private static readonly string[] s_names = ["default-files", "file", "output", "project-directory", "revision"];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var project = Path.GetFullPath(line.Last("project-directory") ?? ".");
        var (revision, folder) = (line.Required("revision", diagnostics), line.Required("output", diagnostics));
        if (!diagnostics.HasErrors)
        {
            Recall(new Revision(revision, project), Path.GetFullPath(folder, project), line, diagnostics);
        }

        return new DiagnosticPrinter(project, showsInfo: true).Print(diagnostics, output);
    }

    private static void Recall(Revision revision, string folder, CommandLine line, DiagnosticBag diagnostics)
    {
        try
        {
            var there = revision.Files();
            var named = line.All("file").Select(file => Path.GetRelativePath(revision.Directory, Path.GetFullPath(file, revision.Directory)).Replace('\\', '/')).ToList();
            // What is there today and not named, the project leaves out.
            var defaults = line.Last("default-files") == "true" ? Defaults(there).Where(file => !File.Exists(Path.Combine(revision.Directory, file))) : [];
            var files = named.Intersect(there).Union(defaults).ToList();
            if (files.Count == 0)
            {
                diagnostics.Report(ProjectDiagnostics.NoSchemaInRevision, SourceSpan.None, revision.Name, string.Join(", ", named));
            }

            foreach (var file in files)
            {
                var path = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, revision.Read(file));
            }
        }
        catch (GitException exception)
        {
            diagnostics.Report(ProjectDiagnostics.UnknownRevision, SourceSpan.None, revision.Name, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.OutputUnwritable, SourceSpan.None, exception.Message);
        }
    }

    // As Sdk.props has it.
    private static IEnumerable<string> Defaults(IReadOnlyList<string> files) => files.Contains("schema.sql") ? ["schema.sql"]
        : files.Where(file => file.StartsWith("schema/", StringComparison.Ordinal) && file.EndsWith(".sql", StringComparison.OrdinalIgnoreCase));
}
