using System.Collections.Immutable;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using Dom = Microsoft.SqlServer.TransactSql.ScriptDom;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>Reads one batch: as a whole where ScriptDom takes it, else statement by statement, so that one error hides no other.</summary>
internal sealed class BatchReader(
    ScriptNames names,
    SkippedStatements skipped,
    ImmutableArray<Statement>.Builder statements,
    DiagnosticBag diagnostics,
    SyntaxErrors errors,
    DataReader? data,
    int dynamicDepth = 0)
{
    /// <summary>Dynamic SQL that makes dynamic SQL is followed so far.</summary>
    private const int MaxDynamicDepth = 4;

    /// <summary>Longer than any name of three parts with the words before it.</summary>
    private const int LongestHeading = 500;

    /// <summary>Stands in the text where a statement was that ScriptDom need not see.</summary>
    private const string Placeholder = "PRINT 0;";

    /// <summary>Reads the statements of <paramref name="batch"/>.</summary>
    public void Read(MappedText batch)
    {
        var split = StatementSplitter.Split(batch, diagnostics);
        Stretch[] left = [.. split.Statements.Concat(split.Nested).Where(s => s.Kind != StretchKind.Statement).OrderBy(s => s.Start)];
        foreach (var stretch in left)
        {
            if (data is null || !DataReader.Reads(batch, stretch))
            {
                Count(batch, stretch);
            }
        }

        ReadDefinitions(batch, split, left);
        // The rows of a batch come behind its tables, whose statements ScriptDom reads together.
        data?.Read(batch, split);
    }

    private void ReadDefinitions(MappedText batch, SplitBatch split, Stretch[] left)
    {
        if (!split.Statements.Any(s => s.Kind == StretchKind.Statement))
        {
            return;
        }

        var whole = WithoutSkipped(batch, left, 0, batch.Text.Length);
        if (TryParse(whole, out var script, out _))
        {
            Convert(whole, script);
            return;
        }

        for (var i = 0; i < split.Statements.Length && !errors.AreTooMany; i++)
        {
            var stretch = split.Statements[i];
            if (stretch.Kind == StretchKind.Statement)
            {
                // A statement read alone takes along what stands between it and the one before: its comments.
                var start = i == 0 ? 0 : split.Statements[i - 1].End;
                var end = i + 1 < split.Statements.Length ? split.Statements[i + 1].Start : batch.Text.Length;
                ReadAlone(WithoutSkipped(batch, left, start, end), batch.IsDamaged(stretch.Start, end));
            }
        }
    }

    /// <summary>Reads SQL that the script runs from a string.</summary>
    public void ReadDynamic(MappedText text)
    {
        if (dynamicDepth < MaxDynamicDepth)
        {
            new BatchReader(names, skipped, statements, diagnostics, errors, null, dynamicDepth + 1).Read(text);
        }
    }

    /// <summary>
    /// Reads one statement; what is wrong with it may be reported already. Where a misspelt word kept two from being
    /// told apart, what stands before the error is read by itself.
    /// </summary>
    private void ReadAlone(MappedText text, bool isReported)
    {
        if (TryParse(text, out var script, out var found) || TryParse(new Dom.TSql80Parser(initialQuotedIdentifiers: true), text, out script, out _))
        {
            // The second grammar is SQL Server 2000's: old scripts raise errors and join tables as later ones may not.
            Convert(text, script);
            return;
        }

        var offset = Math.Clamp(found[0].Offset, 0, Math.Max(0, text.Text.Length - 1));
        if (LineStart(text.Text, offset) is > 0 and var line && TryParse(text.Slice(0, line), out var before, out _) && before.Batches.Count > 0)
        {
            Convert(text.Slice(0, line), before);
            ReportError(text, offset, found[0], text.Slice(line, text.Text.Length - line));
        }
        else if (!isReported)
        {
            ReportError(text, offset, found[0], text);
        }
    }

    private void ReportError(MappedText text, int offset, Dom.ParseError error, MappedText statement)
    {
        var first = new TSqlScanner(statement.Text).Next();
        var word = first.Kind == TSqlTokenKind.Word ? statement.Text[first.Start..first.End] : "";
        if (word.Length > 0 && !StatementSplitter.Begins(word))
        {
            errors.Report(
                ReadingDiagnostics.UnknownStatement, statement.Span(first.Start, word.Length), word,
                Suggestion.For(word, StatementSplitter.Beginnings));
        }
        else
        {
            errors.Report(ReadingDiagnostics.Syntax, text.Span(offset, 1), error.Message.TrimEnd('.'));
        }
    }

    /// <summary>The start of the line on which the offset is the first thing, or -1.</summary>
    private static int LineStart(string text, int offset)
    {
        var start = offset;
        while (start > 0 && text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == 0 || text[start - 1] is '\n' or '\r' ? start : -1;
    }

    private static bool TryParse(MappedText text, out Dom.TSqlScript script, out IList<Dom.ParseError> errors) =>
        TryParse(new Dom.TSql170Parser(initialQuotedIdentifiers: true), text, out script, out errors);

    private static bool TryParse(Dom.TSqlParser parser, MappedText text, out Dom.TSqlScript script, out IList<Dom.ParseError> errors)
    {
        using var reader = new StringReader(text.Text);
        script = (Dom.TSqlScript)parser.Parse(reader, out errors);
        return errors.Count == 0;
    }

    private void Convert(MappedText text, Dom.TSqlScript script)
    {
        var context = new ConversionContext(text, names, diagnostics);
        var converter = new StatementConverter(context, text, skipped, statements, ReadDynamic);
        foreach (var batch in script.Batches)
        {
            converter.Convert(batch.Statements);
        }
    }

    private void Count(MappedText batch, Stretch stretch)
    {
        var kind = stretch.Kind switch
        {
            StretchKind.Data => data is null ? SkippedKinds.Data : SkippedKinds.ChangedData,
            StretchKind.View => SkippedKinds.View,
            StretchKind.Procedure => SkippedKinds.Procedure,
            StretchKind.Function => SkippedKinds.Function,
            StretchKind.Trigger => SkippedKinds.Trigger,
            _ => null,
        };
        if (kind is not null)
        {
            var span = batch.Span(stretch.Start, stretch.End - stretch.Start);
            skipped.Add(kind, span);
            if (stretch.Kind != StretchKind.Data && NameCreated(batch.Text, stretch) is [.., var name] parts)
            {
                statements.Add(new PassedOver(new ObjectName(parts.Length > 1 ? parts[^2] : null, name, span), batch.Span(stretch.Start, 0)));
            }
        }
    }

    /// <summary>The parts of the name behind CREATE OR ALTER VIEW and its like.</summary>
    private static ImmutableArray<string> NameCreated(string text, Stretch stretch)
    {
        var scanner = new TSqlScanner(text[stretch.Start..Math.Min(stretch.End, stretch.Start + LongestHeading)]);
        var heading = scanner.Text;
        var token = scanner.Next();
        while (token.Kind == TSqlTokenKind.Word && heading[token.Start..token.End].ToUpperInvariant() is
            "CREATE" or "OR" or "ALTER" or "VIEW" or "PROC" or "PROCEDURE" or "FUNCTION" or "TRIGGER")
        {
            token = scanner.Next();
        }

        var end = token.Start;
        for (var start = token.Start; token.Kind is TSqlTokenKind.Word or TSqlTokenKind.QuotedName; token = scanner.Next())
        {
            end = token.End;
            token = scanner.Next();
            if (token.Kind != TSqlTokenKind.Symbol || heading[token.Start] != '.')
            {
                return QuotedNameParts.Split(heading[start..end]);
            }
        }

        return [];
    }

    /// <summary>The stretch of the batch with what ScriptDom need not see left out; neighbours leave one placeholder together.</summary>
    private static MappedText WithoutSkipped(MappedText batch, Stretch[] left, int start, int end)
    {
        var text = batch.Rebuild();
        var position = start;
        var isBehindPlaceholder = false;
        var first = Array.BinarySearch(left, new Stretch(default, start, start), Comparer<Stretch>.Create((a, b) => a.Start.CompareTo(b.Start)));
        for (var i = first < 0 ? ~first : first; i < left.Length && left[i].End <= end; i++)
        {
            var stretch = left[i];
            if (stretch.Start < position)
            {
                continue;
            }

            if (!isBehindPlaceholder || !batch.Text.AsSpan(position, stretch.Start - position).IsWhiteSpace())
            {
                text.Copy(batch, position, stretch.Start - position);
                text.Replace(batch, stretch.Start, stretch.End - stretch.Start, Placeholder);
            }

            position = stretch.End;
            isBehindPlaceholder = true;
        }

        text.Copy(batch, position, end - position);
        return text.Build();
    }
}
