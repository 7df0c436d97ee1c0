using System.Collections.Immutable;
using System.Text;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>The text format of COPY: a row a line, tabs between values, \N for null, and escapes with a backslash.</summary>
internal static class CopiedRows
{
    /// <summary>The rows in the stretch of <paramref name="text"/>, which begins with a line break.</summary>
    public static ImmutableArray<DataRow> Read(string text, int start, int end)
    {
        var rows = ImmutableArray.CreateBuilder<DataRow>();
        var values = ImmutableArray.CreateBuilder<DataValue>();
        for (var line = BehindLineBreak(text, start, end); line <= end && start < end;)
        {
            var length = text.AsSpan(line, end - line).IndexOf('\n');
            var lineEnd = length < 0 ? end : line + length;
            var contentEnd = lineEnd > line && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            ReadLine(text, line, contentEnd, values);
            rows.Add(new DataRow(line, values.ToImmutable()));
            values.Clear();
            if (length < 0)
            {
                break;
            }

            line = lineEnd + 1;
        }

        return rows.ToImmutable();
    }

    private static int BehindLineBreak(string text, int start, int end)
    {
        while (start < end && text[start] == '\r')
        {
            start++;
        }

        return start < end && text[start] == '\n' ? start + 1 : start;
    }

    private static void ReadLine(string text, int start, int end, ImmutableArray<DataValue>.Builder values)
    {
        while (true)
        {
            var length = text.AsSpan(start, end - start).IndexOf('\t');
            var stop = length < 0 ? end : start + length;
            var written = text.AsSpan(start, stop - start);
            values.Add(written is "\\N"
                ? new DataValue(DataValueKind.Null, null, start)
                : new DataValue(DataValueKind.Text, written.Contains('\\') ? Unescape(written) : written.ToString(), start));
            if (length < 0)
            {
                return;
            }

            start = stop + 1;
        }
    }

    private static string Unescape(ReadOnlySpan<char> written)
    {
        var text = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != '\\' || i + 1 == written.Length)
            {
                text.Append(written[i]);
                continue;
            }

            var c = written[++i];
            var (digits, skipped, radix) = c switch { 'x' => (2, 1, 16), >= '0' and <= '7' => (3, 0, 8), _ => (0, 0, 0) };
            var length = 0;
            while (length < digits && i + skipped + length < written.Length && IsDigit(written[i + skipped + length], radix))
            {
                length++;
            }

            if (length > 0)
            {
                text.Append((char)(Convert.ToInt32(written.Slice(i + skipped, length).ToString(), radix) & 0xFF));
                i += skipped + length - 1;
                continue;
            }

            text.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => c });
        }

        return text.ToString();
    }

    private static bool IsDigit(char c, int radix) => radix == 8 ? c is >= '0' and <= '7' : char.IsAsciiHexDigit(c);
}
