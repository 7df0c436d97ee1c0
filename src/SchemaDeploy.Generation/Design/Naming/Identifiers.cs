using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace SchemaDeploy.Generation.Design.Naming;

/// <summary>Names of the generated code, JSON and routes, made from the schema's.</summary>
internal static class Identifiers
{
    // A generated file is named after its type, and file systems take 255 bytes.
    private const int MaximumBytes = 150;

    /// <summary>A C# name in PascalCase; <paramref name="fallback"/> where the name has no letter or digit.</summary>
    public static string Pascal(string name, string fallback) => Pascal(Words.Of(name), fallback);

    /// <summary>A C# name in PascalCase from words.</summary>
    public static string Pascal(ImmutableArray<string> words, string fallback) =>
        words.IsEmpty ? fallback : Valid(Words.Pascal(words));

    /// <summary>The words with the last one in the singular.</summary>
    public static ImmutableArray<string> Singular(ImmutableArray<string> words) =>
        words.IsEmpty ? words : words.SetItem(words.Length - 1, English.Singular(words[^1]));

    /// <summary>The words with the last one in the plural.</summary>
    public static ImmutableArray<string> Plural(ImmutableArray<string> words) =>
        words.IsEmpty ? words : words.SetItem(words.Length - 1, English.Plural(words[^1]));

    /// <summary>
    /// The JSON name of a column: snake_case stays, capitals with underscores become small, and any other spelling
    /// with capitals becomes camelCase.
    /// </summary>
    public static string Json(string name, string fallback)
    {
        var words = Words.Of(name);
        if (words.IsEmpty)
        {
            return fallback;
        }

        var isPlain = name.All(c => char.IsLetterOrDigit(c) || c == '_');
        if (isPlain && !name.Any(char.IsUpper))
        {
            return name;
        }

        return isPlain && (name.Contains('_', StringComparison.Ordinal) || !name.Any(char.IsLower))
            ? name.ToLowerInvariant()
            : name.Any(char.IsUpper) ? Words.Camel(Words.Pascal(words)) : string.Join('_', words);
    }

    /// <summary>The segment of a resource's routes: the table's name in small letters, as URLs need no escapes for.</summary>
    public static string Route(string name, string fallback)
    {
        var segment = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                segment.Append(char.ToLowerInvariant(c));
            }
            else if (c is '_' or '-')
            {
                segment.Append(c);
            }
            else if (segment.Length > 0 && segment[^1] is not ('-' or '_'))
            {
                segment.Append('-');
            }
        }

        var text = segment.ToString().TrimEnd('-');
        return text.Any(char.IsLetterOrDigit) ? text : fallback;
    }

    /// <summary>The name of a route value: ASCII letters, digits and underscores.</summary>
    public static string RouteValue(string jsonName)
    {
        var text = new StringBuilder(jsonName.Length);
        foreach (var c in jsonName)
        {
            text.Append(char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_');
        }

        return text.ToString() is var name && name.All(c => c == '_') ? "key" : name;
    }

    /// <summary>The variable that stands for a row of the type <paramref name="entity"/>.</summary>
    public static string Variable(string entity)
    {
        var name = Words.Camel(entity);
        return ReservedNames.Variables.Contains(name) || ReservedNames.Keywords.Contains(name) || entity[0] == '_' ? "row" : name;
    }

    /// <summary>A C# member for a literal of an enum.</summary>
    public static string EnumMember(string literal)
    {
        if (literal.Length == 0)
        {
            return "Empty";
        }

        var words = Words.Of(literal);
        return words.IsEmpty ? Symbols(literal) : Pascal(words, "Value");
    }

    // Literals such as + and <= have no letters; the names of the characters speak for them.
    private static string Symbols(string literal)
    {
        var name = new StringBuilder();
        foreach (var c in literal)
        {
            name.Append(c switch
            {
                '+' => "Plus",
                '-' => "Minus",
                '*' => "Star",
                '/' => "Slash",
                '%' => "Percent",
                '=' => "Equal",
                '<' => "Less",
                '>' => "Greater",
                '!' => "Not",
                '?' => "Question",
                '&' => "And",
                '|' => "Or",
                '#' => "Hash",
                '.' => "Dot",
                ' ' => "Blank",
                _ => "",
            });
        }

        return name.Length == 0 ? "Value" : name.ToString();
    }

    private static string Valid(string pascal)
    {
        var name = char.IsLetter(pascal[0]) ? pascal : "_" + pascal;
        while (Encoding.UTF8.GetByteCount(name) > MaximumBytes)
        {
            name = name[..^1];
        }

        return name;
    }
}
