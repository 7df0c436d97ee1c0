using System.Globalization;
using System.Text;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Graph;

/// <summary>Names in the letters that GraphQL takes: those of ASCII, digits and the underscore.</summary>
internal static class GraphNames
{
    // What the letters from U+00C0 to U+017F are without their marks.
    private const string Unmarked =
        "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooooouuuuyty"
        + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    /// <summary>The name of a type, from that in C#.</summary>
    public static string Type(string name) => Valid(Ascii(name));

    /// <summary>The name of a field in camelCase, from that in JSON or C#.</summary>
    public static string Field(string name) => Valid(Ascii(Words.Camel(Words.Pascal(Words.Of(name)))));

    /// <summary>The name of an enum's member: the literal where GraphQL can say it, else its words in capitals.</summary>
    public static string EnumValue(EnumMember member) => IsEnumValue(member.Text)
        ? member.Text
        : Valid(Ascii(string.Join('_', Words.Of(member.Name).Select(word => word.ToUpperInvariant()))));

    private static bool IsEnumValue(string text) =>
        text is not ("" or "true" or "false" or "null")
        && !char.IsAsciiDigit(text[0])
        && !text.StartsWith("__", StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Ascii(string name)
    {
        if (name.All(char.IsAscii))
        {
            return name;
        }

        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            _ = c switch
            {
                _ when char.IsAscii(c) => text.Append(c),
                >= '\u00C0' and <= '\u017F' => text.Append(Unmarked[c - '\u00C0']),
                _ => text.Append(CultureInfo.InvariantCulture, $"u{(int)c:X4}"),
            };
        }

        return text.ToString();
    }

    // Two underscores at the beginning are GraphQL's own.
    private static string Valid(string name)
    {
        var trimmed = name.TrimStart('_');
        return trimmed.Length == 0 || char.IsAsciiDigit(trimmed[0]) ? "_" + trimmed : trimmed;
    }
}
