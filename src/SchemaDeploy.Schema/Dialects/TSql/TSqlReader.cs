using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Reads T-SQL scripts as SSMS and sqlcmd run them. One reader reads all files of a schema, since later files refer to earlier ones.</summary>
/// <param name="readsData">Whether rows of literals are read, and not passed over.</param>
public sealed class TSqlReader(bool readsData = false) : IDialectReader
{
    private readonly ScriptNames _names = new();

    /// <inheritdoc/>
    public ImmutableArray<Statement> Read(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var skipped = new SkippedStatements();
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var errors = new SyntaxErrors(diagnostics);
        var data = readsData ? new DataReader(statements, errors) : null;
        foreach (var batch in SqlCmdReader.ReadBatches(source, diagnostics))
        {
            if (errors.AreTooMany)
            {
                break;
            }

            new BatchReader(_names, skipped, statements, diagnostics, errors, data).Read(batch);
        }

        skipped.ReportTo(diagnostics);
        data?.ReportTo(diagnostics);
        return statements.ToImmutable();
    }
}
