using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>The smart tags.</summary>
internal static class Tags
{
    public const string Hidden = "hidden";
    public const string ReadOnly = "readonly";
    public const string Name = "name";
    public const string Owner = "owner";
    public const string Filterable = "filterable";
    public const string Sortable = "sortable";

    private static readonly ImmutableArray<string> s_known =
    [
        Hidden, ReadOnly, Name, Owner, Filterable, Sortable,
        "public", "allow", "rule", "unique-within", "audit", "soft-delete", "renamed-from",
    ];

    /// <summary>Whether the tag is there.</summary>
    public static bool Has(this ImmutableArray<SmartTag> tags, string name) => tags.Any(tag => tag.Name == name);

    /// <summary>The name that @name gives, or null.</summary>
    public static string? GivenName(this ImmutableArray<SmartTag> tags, DiagnosticBag diagnostics)
    {
        if (tags.FirstOrDefault(tag => tag.Name == Name) is not { } tag)
        {
            return null;
        }

        if (tag.Argument.Any(char.IsLetter) && tag.Argument.All(c => char.IsLetterOrDigit(c) || c is '_' or '-'))
        {
            return tag.Argument;
        }

        diagnostics.Report(
            DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name,
            tag.Argument.Length == 0 ? "a name must follow" : $"'{tag.Argument}' is no name of letters, digits, - and _");
        return null;
    }

    /// <summary>Warns of tags that nothing knows.</summary>
    public static void ReportUnknown(ImmutableArray<SmartTag> tags, DiagnosticBag diagnostics)
    {
        foreach (var tag in tags)
        {
            if (!s_known.Contains(tag.Name))
            {
                var nearest = s_known.MinBy(known => Distance(known, tag.Name))!;
                var suggestion = Distance(nearest, tag.Name) <= 2 ? $" Did you mean '@{nearest}'?" : "";
                diagnostics.Report(DesignDiagnostics.UnknownTag, tag.Source.ToSpan(), tag.Name, suggestion);
            }
        }
    }

    // Levenshtein's distance; tags are short, and a long word is none.
    private static int Distance(string a, string b)
    {
        if (b.Length > 32)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
