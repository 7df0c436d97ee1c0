using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Dialects.TSql;

/// <summary>
/// Does what sqlcmd and SSMS do before the server sees a script: cuts it at GO, obeys lines like :setvar, and replaces
/// $(variables). Positions survive.
/// </summary>
internal sealed partial class SqlCmdReader
{
    /// <summary>A file with so many open ends is no script, and each costs a look at the whole rest.</summary>
    private const int UnterminatedLimit = 20;

    private static readonly string[] s_ignoredDirectives =
        ["connect", "ed", "error", "exit", "help", "list", "listvar", "on", "out", "perftrace", "quit", "reset", "serverlist", "xml"];

    private readonly SourceText _source;
    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<MappedText>.Builder _batches = ImmutableArray.CreateBuilder<MappedText>();
    private readonly Dictionary<string, string> _variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);
    private MappedText.Builder _batch;
    private int _position;
    private int _unterminated;

    /// <summary>From where on nothing is copied to the batch yet.</summary>
    private int _copied;

    private SqlCmdReader(SourceText source, DiagnosticBag diagnostics)
    {
        _source = source;
        _text = source.Text;
        _diagnostics = diagnostics;
        _batch = new MappedText.Builder(source);
    }

    /// <summary>The batches of the file.</summary>
    public static ImmutableArray<MappedText> ReadBatches(SourceText source, DiagnosticBag diagnostics)
    {
        var reader = new SqlCmdReader(source, diagnostics);
        reader.Read();
        return reader._batches.ToImmutable();
    }

    private void Read()
    {
        var lineStart = true;
        while (_position < _text.Length)
        {
            if (lineStart)
            {
                lineStart = false;
                if (TryLine())
                {
                    lineStart = true;
                    continue;
                }
            }

            lineStart = _text[_position] is '\n' or '\r';
            Step();
        }

        EndBatch(_text.Length, _text.Length);
    }

    /// <summary>Takes a whole line that is not for the server: GO or a directive.</summary>
    private bool TryLine()
    {
        var start = _position;
        while (start < _text.Length && _text[start] is ' ' or '\t' or '\uFEFF')
        {
            start++;
        }

        var lineEnd = EndOfLine(start);
        var line = _text.AsSpan(start, lineEnd - start);
        if (IsGo(line))
        {
            EndBatch(start, lineEnd);
            _position = lineEnd;
            return true;
        }

        if (line.Length > 1 && line[0] == ':' && char.IsAsciiLetter(line[1]))
        {
            Directive(line[1..].TrimEnd().ToString(), start, lineEnd);
            CopyTo(start);
            _copied = _position = lineEnd;
            return true;
        }

        if (line is ['!', '!', ..])
        {
            CopyTo(start);
            _copied = _position = lineEnd;
            return true;
        }

        return false;
    }

    /// <summary>Whether the line is GO, a count and a comment allowed behind it.</summary>
    private static bool IsGo(ReadOnlySpan<char> line)
    {
        if (line.Length < 2 || !line[..2].Equals("GO", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = line[2..];
        if (rest.Length > 0 && TSqlScanner.IsNamePart(rest[0]))
        {
            return false;
        }

        rest = rest.TrimStart().TrimStart("0123456789").TrimStart(" \t;");
        if (rest.StartsWith("/*", StringComparison.Ordinal))
        {
            var end = rest.IndexOf("*/", StringComparison.Ordinal);
            rest = end < 0 ? rest : rest[(end + 2)..];
        }

        return rest.IsWhiteSpace() || rest.StartsWith("--", StringComparison.Ordinal);
    }

    private void Directive(string directive, int start, int end)
    {
        var words = directive.Split((char[])[' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        var span = _source.Span(start, end - start);
        switch (words[0].ToLowerInvariant())
        {
            case "setvar" when words.Length > 1:
                _variables[words[1]] = words.Length > 2 ? words[2].Trim().Trim('"') : "";
                break;
            case "r":
                _diagnostics.Report(TSqlDiagnostics.IncludeNotRead, span, words.Length > 1 ? directive[words[0].Length..].Trim() : "");
                break;
            case var name when Array.IndexOf(s_ignoredDirectives, name) >= 0:
                break;
            default:
                _diagnostics.Report(ReadingDiagnostics.UnknownStatement, span, ":" + words[0], "");
                break;
        }
    }

    private void Step()
    {
        var c = _text[_position];
        var next = _position + 1 < _text.Length ? _text[_position + 1] : '\0';
        switch (c)
        {
            case '\'':
                Quoted('\'', "string");
                break;
            case '"':
                Quoted('"', "quoted name");
                break;
            case '[':
                Quoted(']', "name in brackets");
                break;
            case '-' when next == '-':
                _position = EndOfLine(_position);
                break;
            case '/' when next == '*':
                var end = TSqlScanner.EndOfComment(_text, _position);
                Enclosed(end, "comment", "*/");
                break;
            case '$' when next == '(':
                Variable(_text.Length, keepUnknown: false);
                break;
            case '$' when next == '{':
            case '{':
                Template();
                break;
            case '@':
                TemplateSchema();
                break;
            default:
                _position++;
                break;
        }
    }

    private void Quoted(char close, string what)
    {
        var start = _position;
        var end = close == ']' ? EndOfBracket(start) : TSqlScanner.EndOfQuoted(_text, start, close);
        if (end < 0 && close == ']')
        {
            // No name goes over lines, so only what is left of this line is given up.
            Report(start, what, "]");
            CopyTo(start);
            _batch.Damage();
            _copied = _position = EndOfLine(start);
            return;
        }

        if (end < 0)
        {
            Enclosed(end, what, close.ToString());
            return;
        }

        while (_text.IndexOf("$(", _position, end - _position, StringComparison.Ordinal) is >= 0 and var variable)
        {
            _position = variable;
            Variable(end, keepUnknown: close != ']');
        }

        _position = end;
    }

    /// <summary>Goes on behind something closed at <paramref name="end"/>, or, where it never is, at the next GO.</summary>
    private void Enclosed(int end, string what, string close)
    {
        if (end >= 0)
        {
            _position = end;
            return;
        }

        Report(_position, what, close);
        CopyTo(_position);
        _batch.Damage();
        if (++_unterminated > UnterminatedLimit)
        {
            _copied = _position = _text.Length;
            return;
        }

        do
        {
            _copied = _position = Math.Min(EndOfLine(_position) + 1, _text.Length);
        }
        while (_position < _text.Length && !TryLine());
    }

    private int EndOfBracket(int start)
    {
        var lineEnd = EndOfLine(start);
        for (var i = start + 1; i < lineEnd; i++)
        {
            if (_text[i] == ']')
            {
                if (i + 1 >= lineEnd || _text[i + 1] != ']')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return -1;
    }

    private int EndOfLine(int start)
    {
        var length = _text.AsSpan(start).IndexOfAny('\n', '\r');
        return length < 0 ? _text.Length : start + length;
    }

    private void Report(int start, string what, string close) =>
        _diagnostics.Report(ReadingDiagnostics.Unterminated, _source.Span(start, 1), what, close);

    private void CopyTo(int end)
    {
        _batch.Copy(_copied, end - _copied);
        _copied = end;
    }

    private void EndBatch(int end, int next)
    {
        CopyTo(end);
        if (_batch.Length > 0)
        {
            _batches.Add(_batch.Build());
        }


        _batch = new MappedText.Builder(_source);
        _copied = next;
    }
}
