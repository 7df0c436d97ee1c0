using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>COPY, with the rows that follow it where they come from the script.</summary>
internal sealed partial class PostgreSqlParser
{
    private void ParseCopy()
    {
        var isData = _inserts is not null;
        if (!isData)
        {
            Skipped.Add(SkippedKind.Data("COPY"), Tokens.SpanOf(StatementStart));
        }

        var target = isData ? ParseCopyTarget() : null;
        var isFromScript = false;
        while (!Tokens.AtEndOfStatement && !StartsStatement())
        {
            isFromScript |= Tokens.At("FROM", "STDIN");
            Tokens.Take();
        }

        if (!isFromScript || Tokens.Current.Kind != TokenKind.Delimiter)
        {
            return;
        }

        var span = Tokens.SpanFrom(StatementStart);
        if (_lexer.FindCopiedRows() is not { } rows)
        {
            throw new SyntaxException(ReadingDiagnostics.Unterminated, Tokens.SpanOf(StatementStart), "COPY FROM stdin", "a line \\.");
        }

        if (target is var (table, columns))
        {
            Statements.Add(new InsertRows(table, columns, CopiedRows.Read(Tokens.Source.Text, rows.Start, rows.End), Tokens.Source, span));
        }

        Tokens.Restart();
        EndWithoutDelimiter = _lexer.Position;
    }

    /// <summary>The table and columns of a COPY whose rows are in the text format; null, and a word about it, for any other.</summary>
    private (ObjectName Table, ImmutableArray<Identifier>? Columns)? ParseCopyTarget()
    {
        Tokens.Take();
        if (!Tokens.AtSymbol("("))
        {
            var table = ParseRelation();
            var columns = Tokens.AtSymbol("(") ? ParseColumnList() : (ImmutableArray<Identifier>?)null;
            if (Tokens.At("FROM", "STDIN") && (Tokens.Peek(2).Is("WITH") ? Tokens.Peek(3) : Tokens.Peek(2)).EndsStatement)
            {
                return (table, columns);
            }
        }

        Unseeded.Add(Tokens.SpanOf(StatementStart), "This COPY", "only rows from stdin, in the text format and without options, are read");
        return null;
    }
}
