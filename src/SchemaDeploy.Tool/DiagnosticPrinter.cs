using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Tool;

/// <summary>Writes diagnostics in the form that MSBuild and editors recognise, with full paths.</summary>
internal sealed class DiagnosticPrinter(string projectDirectory, bool showsInfo)
{
    private const int MaxErrors = 200;

    /// <summary>The lines to print, at most so many errors as anyone reads.</summary>
    public IEnumerable<string> Lines(DiagnosticBag diagnostics)
    {
        var errors = 0;
        foreach (var diagnostic in diagnostics.ToImmutable())
        {
            if (diagnostic.Severity == DiagnosticSeverity.Error)
            {
                errors++;
            }

            if (errors > MaxErrors && diagnostic.Severity == DiagnosticSeverity.Error
                || (diagnostic.Severity == DiagnosticSeverity.Info && !showsInfo))
            {
                continue;
            }

            yield return Line(diagnostic);
        }

        if (errors > MaxErrors)
        {
            var rest = new DiagnosticBag();
            rest.Report(ProjectDiagnostics.MoreErrors, SourceSpan.None, errors - MaxErrors);
            yield return Line(rest.ToImmutable()[0]);
        }
    }

    /// <summary>Writes the lines; gives the exit code.</summary>
    public int Print(DiagnosticBag diagnostics, TextWriter output)
    {
        foreach (var line in Lines(diagnostics))
        {
            output.WriteLine(line);
        }

        return diagnostics.HasErrors ? 1 : 0;
    }

    private string Line(Diagnostic diagnostic)
    {
        var span = diagnostic.Span;
        var line = span.File.Length == 0
            ? diagnostic
            : diagnostic with { Span = span with { File = Path.GetFullPath(span.File, projectDirectory) } };
        // A line break would end the message for MSBuild.
        return line.ToString().ReplaceLineEndings(" ");
    }
}
