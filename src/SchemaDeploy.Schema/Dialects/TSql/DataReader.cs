using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Reads the INSERT statements of batches without ScriptDom, which takes long for megabytes of rows.</summary>
internal sealed class DataReader(ImmutableArray<Statement>.Builder statements, SyntaxErrors errors)
{
    private const string Insert = "INSERT";

    private readonly UnseededStatements _unseeded = new();

    /// <summary>Whether the stretch is an INSERT.</summary>
    public static bool Reads(MappedText batch, Stretch stretch) =>
        stretch.Kind == StretchKind.Data && batch.Text.AsSpan(stretch.Start).StartsWith(Insert, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the INSERT statements of <paramref name="batch"/>; what is under a condition is not known to happen.</summary>
    public void Read(MappedText batch, SplitBatch split)
    {
        SourceText? text = null;
        foreach (var stretch in split.Statements.Where(stretch => Reads(batch, stretch)))
        {
            if (errors.AreTooMany)
            {
                return;
            }

            text ??= new SourceText(batch.Source.Path, batch.Text);
            Read(batch, text, stretch);
        }

        foreach (var stretch in split.Nested.Where(stretch => Reads(batch, stretch)))
        {
            _unseeded.Add(batch.Span(stretch.Start, Insert.Length), $"This {Insert}", "it stands under a condition or in a block");
        }
    }

    public void ReportTo(DiagnosticBag diagnostics) => _unseeded.ReportTo(diagnostics);

    private void Read(MappedText batch, SourceText text, Stretch stretch)
    {
        var tokens = new TokenReader(new TSqlDataLexer(batch, text, stretch.Start, stretch.End));
        try
        {
            statements.Add(new TSqlInsertParser(tokens, batch).Parse());
        }
        catch (NotLiteralException reason)
        {
            _unseeded.Add(reason.Span, $"This {Insert}", reason.Message);
        }
        catch (SyntaxException error)
        {
            errors.Report(error);
        }
    }
}
