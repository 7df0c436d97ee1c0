using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>Reads DacFx's messages, which name elements in brackets and tell no position.</summary>
internal static partial class DacFxMessage
{
    /// <summary>Where the first element is defined that the message names and the schema has.</summary>
    public static SourceSpan FindSpan(string message, TSqlScript script)
    {
        foreach (Match match in BracketedName().Matches(message))
        {
            // The name of what is missing may be that of a column; then its table is the place.
            for (var name = match.Value; name.Length > 0; name = WithoutLastPart(name))
            {
                if (script.Find(name) is { } span)
                {
                    return span;
                }
            }
        }

        return SourceSpan.None;
    }

    /// <summary>The message without DacFx's preamble, and with names as the user writes them.</summary>
    public static string InUserWords(string message)
    {
        var text = Preamble().Replace(message, "");
        text = BracketedName().Replace(text, static match =>
        {
            var parts = NamePart().Matches(match.Value).Select(p => p.Groups[1].Value.Replace("]]", "]", StringComparison.Ordinal)).ToList();
            if (parts.Count > 1 && parts[0] == "dbo")
            {
                parts.RemoveAt(0);
            }

            return $"'{string.Join('.', parts)}'";
        });
        return text.Replace("''", "'", StringComparison.Ordinal).Trim();
    }

    private static string WithoutLastPart(string name)
    {
        var parts = NamePart().Matches(name);
        return parts.Count < 2 ? "" : name[..(parts[^1].Index - 1)];
    }

    [GeneratedRegex(@"\[(?:[^\]]|\]\])*\](?:\.\[(?:[^\]]|\]\])*\])*")]
    private static partial Regex BracketedName();

    [GeneratedRegex(@"\[((?:[^\]]|\]\])*)\]")]
    private static partial Regex NamePart();

    [GeneratedRegex("^Error validating element .*?: ")]
    private static partial Regex Preamble();
}
