using Microsoft.SqlServer.Dac;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Publishing;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>publish-script: what SqlPackage would run to bring SQL Server from the database of one script to that of another.</summary>
internal static class PublishScriptVerb
{
    private static readonly string[] s_names = ["after", "allow-data-loss", "before", "database", "output", "refactor-log"];

    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var line = CommandLine.Parse(arguments, s_names, diagnostics);
        var (before, after) = (line.Required("before", diagnostics), line.Required("after", diagnostics));
        var (database, file) = (line.Required("database", diagnostics), line.Required("output", diagnostics));
        if (!diagnostics.HasErrors)
        {
            try
            {
                using var old = Load(before, diagnostics);
                using var current = Load(after, diagnostics);
                if (old.Errors.Count + current.Errors.Count == 0)
                {
                    File.WriteAllText(file, PublishScript.Between(old, current, line.Last("refactor-log"), database, line.Last("allow-data-loss") == "true"));
                }
            }
            catch (DacServicesException exception)
            {
                diagnostics.Report(ProjectDiagnostics.NotPublishable, SourceSpan.None, exception.Message);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Report(ProjectDiagnostics.OutputUnwritable, SourceSpan.None, exception.Message);
            }
        }

        return new DiagnosticPrinter(Environment.CurrentDirectory, showsInfo: true).Print(diagnostics, output);
    }

    private static SqlServerScript Load(string file, DiagnosticBag diagnostics)
    {
        var script = SqlServerScript.Load(File.ReadAllText(file));
        foreach (var error in script.Errors)
        {
            diagnostics.Report(ProjectDiagnostics.NotPublishable, SourceSpan.None, $"{file}: {error}");
        }

        return script;
    }
}
