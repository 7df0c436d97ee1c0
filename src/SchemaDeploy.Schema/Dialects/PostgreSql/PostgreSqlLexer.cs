using System.Buffers;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>
/// Cuts PostgreSQL text into tokens. The commands of psql, which begin with a backslash and end with their line, are
/// taken out here.
/// </summary>
internal sealed partial class PostgreSqlLexer : SqlLexer
{
    private static readonly SearchValues<char> s_stops = SearchValues.Create("'\"$;-/\n\\");

    private readonly HashSet<string> _reportedTemplates = new(StringComparer.Ordinal);
    private bool _atStatementStart = true;

    public PostgreSqlLexer(SourceText source, DiagnosticBag diagnostics)
        : base(source, diagnostics)
    {
    }

    /// <summary>A lexer for the part of the file from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public PostgreSqlLexer(SourceText source, int start, int end, DiagnosticBag diagnostics)
        : base(source, start, end, diagnostics)
    {
    }

    /// <summary>Whether a backslash in a plain string takes the next character for itself: standard_conforming_strings = off.</summary>
    public bool BackslashEscapes { get; set; }

    /// <summary>Where the lexer is, for going back over a stretch.</summary>
    public int Position => Cursor.Position;

    public void Restore(int position)
    {
        Cursor.Position = position;
        _atStatementStart = false;
    }

    public override Token Next()
    {
        while (true)
        {
            SkipTrivia();
            var start = Cursor.Position;
            if (Cursor.AtEnd)
            {
                return Make(TokenKind.End, start, "");
            }

            switch (Cursor.Current)
            {
                case ';':
                    Cursor.Position++;
                    _atStatementStart = true;
                    return Make(TokenKind.Delimiter, start, ";");
                case '\\' when _atStatementStart && char.IsLetter(Cursor.Peek(1)):
                    ReadCommand();
                    continue;
                case '\\' when SendsStatement():
                    Cursor.SkipLine();
                    _atStatementStart = true;
                    return Make(TokenKind.Delimiter, start, Cursor.Text[start..Cursor.Position].TrimEnd());
                case '@' or '{' or '$' or ':' when ReadTemplate() is { } template:
                    if (template.Text.Length == 0)
                    {
                        continue;
                    }

                    _atStatementStart = false;
                    return template;
            }

            _atStatementStart = false;
            return ReadToken();
        }
    }

    public override void SkipToDelimiter()
    {
        while (true)
        {
            var next = Cursor.Rest.IndexOfAny(s_stops);
            Cursor.Position = next < 0 ? Cursor.End : Cursor.Position + next;
            if (Cursor.AtEnd)
            {
                return;
            }

            switch (Cursor.Current)
            {
                case ';':
                    return;
                case '\\' when SendsStatement():
                    return;
                case '\'':
                    SkipString(BackslashEscapes || IsEscapeString());
                    break;
                case '"':
                    ReadQuotedName('"');
                    break;
                case '$' when !IsWordCharacter(Cursor.Peek(-1)) && DollarMarkLength() is var length and > 0:
                    SkipDollarQuoted(length);
                    break;
                case '\n':
                    Cursor.Position++;
                    if (IsAtTableStatement())
                    {
                        return;
                    }

                    break;
                default:
                    if (!SkipComment())
                    {
                        Cursor.Position++;
                    }

                    break;
            }
        }
    }

    /// <summary>
    /// Goes behind the rows that follow a COPY … FROM stdin, up to the line <c>\.</c> that ends them; false where the
    /// file has no such line.
    /// </summary>
    public bool SkipCopiedRows() => FindCopiedRows() is not null;

    /// <summary>As <see cref="SkipCopiedRows"/>, with the stretch of text that the rows are; null where no line ends them.</summary>
    public (int Start, int End)? FindCopiedRows()
    {
        Cursor.SkipLine();
        var start = Cursor.Position;
        while (Cursor.SkipBehind("\n\\."))
        {
            if (Cursor.AtEnd || Cursor.Current is '\n' or '\r')
            {
                _atStatementStart = true;
                return (start, Cursor.Position - "\n\\.".Length);
            }
        }

        Cursor.Position = start;
        return null;
    }

    private bool IsAtTableStatement() =>
        Cursor.Current is 'C' or 'c' or 'A' or 'a' or 'D' or 'd'
        && (Cursor.Rest.StartsWith("CREATE TABLE ", StringComparison.OrdinalIgnoreCase)
            || Cursor.Rest.StartsWith("ALTER TABLE ", StringComparison.OrdinalIgnoreCase)
            || Cursor.Rest.StartsWith("DROP TABLE ", StringComparison.OrdinalIgnoreCase));

    private void SkipTrivia()
    {
        do
        {
            Cursor.SkipWhiteSpace();
        }
        while (!Cursor.AtEnd && SkipComment());
    }

    private bool SkipComment()
    {
        switch (Cursor.Current)
        {
            case '-' when Cursor.Peek(1) == '-':
                ReadLineComment(2);
                return true;
            case '/' when Cursor.Peek(1) == '*':
                ReadBlockComment(nested: true);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a command of psql sends what stands before it: \g, \gexec, \gset and the like.</summary>
    private bool SendsStatement() =>
        Cursor.Peek(1) == 'g' && !IsWordCharacter(Cursor.Peek(-1)) || Cursor.At("\\crosstabview") || Cursor.At("\\watch");

    /// <summary>Most commands are about the session; those that would read another file are worth a word.</summary>
    private void ReadCommand()
    {
        var start = Cursor.Position;
        Cursor.SkipLine();
        var line = Cursor.Text[(start + 1)..Cursor.Position];
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words[0] is "i" or "ir" or "include" or "include_relative")
        {
            Diagnostics.Report(
                PostgreSqlDiagnostics.IncludeNotRead, Source.Span(start, Cursor.Position - start), words[0],
                words.Length > 1 ? words[1].Trim('\'') : "");
        }
        else if (words[0] == "copy" && line.Contains("stdin", StringComparison.OrdinalIgnoreCase))
        {
            SkipCopiedRows();
        }
    }
}
