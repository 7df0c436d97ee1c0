using System.Text;

namespace SchemaDeploy.Schema.Script;

/// <summary>The two text forms of PostgreSQL's bytea: \x with digits, and text with \ooo.</summary>
internal static class ByteaText
{
    /// <summary>The bytes; null where the text is neither form.</summary>
    public static byte[]? Read(string text)
    {
        if (text.StartsWith("\\x", StringComparison.Ordinal))
        {
            var digits = text[2..].Replace(" ", "", StringComparison.Ordinal);
            return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
            else if (i + 1 < text.Length && text[i + 1] == '\\')
            {
                bytes.Add((byte)'\\');
                i++;
            }
            else if (i + 3 < text.Length && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0 && text[i + 1] < '4')
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 1, 3), 8));
                i += 3;
            }
            else
            {
                return null;
            }
        }

        return [.. bytes];
    }
}
