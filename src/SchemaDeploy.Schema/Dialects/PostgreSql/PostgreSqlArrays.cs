using System.Collections.Immutable;
using System.Text;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>The text form of lists: <c>{a,"b c",NULL}</c>.</summary>
public static class PostgreSqlArrays
{
    /// <summary>The elements of a list of one dimension, null for NULL; null where the text is no such list.</summary>
    public static ImmutableArray<string?>? Read(string text)
    {
        text = text.Trim();
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
        {
            return null;
        }

        var elements = ImmutableArray.CreateBuilder<string?>();
        var element = new StringBuilder();
        var (isQuoted, inQuotes, isEmpty) = (false, false, true);
        for (var i = 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length - 1)
            {
                element.Append(text[++i]);
                isEmpty = false;
            }
            else if (c == '"')
            {
                inQuotes = !inQuotes;
                isQuoted = true;
            }
            else if (inQuotes)
            {
                element.Append(c);
            }
            else if (c == '{' || (c == '}' && i < text.Length - 1))
            {
                return null;
            }
            else if (c is ',' or '}')
            {
                var value = isQuoted ? element.ToString() : element.ToString().Trim();
                if (value.Length == 0 && !isQuoted && isEmpty)
                {
                    // Nothing at all is the empty list, and nothing between commas is a mistake.
                    return c == '}' && elements.Count == 0 ? [] : null;
                }

                elements.Add(!isQuoted && value.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null : value);
                element.Clear();
                (isQuoted, isEmpty) = (false, true);
            }
            else if (!isQuoted || !char.IsWhiteSpace(c))
            {
                element.Append(c);
                isEmpty &= char.IsWhiteSpace(c);
            }
        }

        return inQuotes ? null : elements.ToImmutable();
    }

    /// <summary>The list of <paramref name="elements"/> as text, each element in quotes.</summary>
    public static string Write(IEnumerable<string?> elements) => "{" + string.Join(',', elements.Select(Quote)) + "}";

    private static string Quote(string? element) => element is null
        ? "NULL"
        : $"\"{element.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
