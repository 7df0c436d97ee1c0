using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Tool.Settings;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>check-settings: warns of what looks like a secret in the settings files that lie beside the source.</summary>
internal static class CheckSettingsVerb
{
    private static readonly string[] s_names = ["file", "project-directory", "stamp"];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var projectDirectory = Path.GetFullPath(line.Last("project-directory") ?? ".");
        var stamp = line.Required("stamp", diagnostics);
        foreach (var file in line.All("file").Select(file => Path.GetFullPath(file, projectDirectory)))
        {
            Check(file, diagnostics);
        }

        var lines = new DiagnosticPrinter(projectDirectory, showsInfo: true).Lines(diagnostics).ToList();
        lines.ForEach(output.WriteLine);
        if (lines.Count == 0)
        {
            // The next build asks again only where a file has changed, and until the last secret is gone.
            File.WriteAllText(Path.GetFullPath(stamp, projectDirectory), "");
        }

        return diagnostics.HasErrors ? 1 : 0;
    }

    private static void Check(string file, DiagnosticBag diagnostics)
    {
        try
        {
            foreach (var setting in SettingsReader.Read(file))
            {
                if (SecretPatterns.Find(setting.Name, setting.Value) is { } likeness)
                {
                    diagnostics.Report(ProjectDiagnostics.SecretInSettings, setting.Span, setting.Path, likeness);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.SettingsUnreadable, SourceSpan.StartOf(file), exception.Message);
        }
    }
}
