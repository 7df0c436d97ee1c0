using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.MySql;
using SchemaDeploy.Schema.Dialects.PostgreSql;
using SchemaDeploy.Schema.Dialects.TSql;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects;

/// <summary>The first stage as a whole: schema files in, one script in neutral form out.</summary>
public static class SchemaScriptReader
{
    /// <summary>
    /// Reads the files at <paramref name="paths"/> as one schema, in the ordinal order of their paths. Without a
    /// <paramref name="dialect"/> it is taken from the text. Null where there is nothing to go on with.
    /// </summary>
    /// <param name="paths">The files.</param>
    /// <param name="dialect">The dialect, where it is known.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    /// <param name="readsData">Whether rows of literals are read, and not passed over.</param>
    public static SchemaScript? Read(IEnumerable<string> paths, SchemaDialect? dialect, DiagnosticBag diagnostics, bool readsData = false)
    {
        var files = ImmutableArray.CreateBuilder<SourceText>();
        foreach (var path in paths.Distinct(StringComparer.Ordinal))
        {
            if (SchemaFileReader.Read(path, diagnostics) is { } file)
            {
                files.Add(file);
            }
        }

        return diagnostics.HasErrors ? null : Read(files.ToImmutable(), dialect, diagnostics, readsData);
    }

    /// <summary>Reads texts that are already decoded; see <see cref="Read(IEnumerable{string}, SchemaDialect?, DiagnosticBag, bool)"/>.</summary>
    public static SchemaScript? Read(IReadOnlyCollection<SourceText> files, SchemaDialect? dialect, DiagnosticBag diagnostics, bool readsData = false)
    {
        ImmutableArray<SourceText> ordered = [.. files.OrderBy(f => f.Path.Replace('\\', '/'), StringComparer.Ordinal)];
        if (ordered.All(file => string.IsNullOrWhiteSpace(file.Text)))
        {
            diagnostics.Report(ReadingDiagnostics.NoTables, StartOf(ordered));
            return null;
        }

        var known = dialect ?? Detect(ordered, diagnostics);
        IDialectReader reader = known switch
        {
            SchemaDialect.MySql => new MySqlReader(readsData),
            SchemaDialect.PostgreSql => new PostgreSqlReader(readsData),
            _ => new TSqlReader(readsData),
        };
        var statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (var file in ordered)
        {
            statements.AddRange(reader.Read(file, diagnostics));
        }

        // Where a CREATE TABLE could not be read, the error about it says more than "no table" would.
        if (!diagnostics.HasErrors && !statements.Any(s => s is CreateTable))
        {
            diagnostics.Report(ReadingDiagnostics.NoTables, StartOf(ordered));
        }

        return new SchemaScript(known, statements.ToImmutable());
    }

    private static SchemaDialect Detect(ImmutableArray<SourceText> files, DiagnosticBag diagnostics)
    {
        var detected = DialectDetector.Detect(files);
        diagnostics.Report(
            ReadingDiagnostics.DialectDetected, StartOf(files), DialectDetector.NameOf(detected.Dialect), detected.Reason);
        return detected.Dialect;
    }

    private static SourceSpan StartOf(ImmutableArray<SourceText> files) =>
        files.IsEmpty ? SourceSpan.None : SourceSpan.StartOf(files[0].Path);
}
