using System.Collections.Frozen;
using Humanizer;

namespace SchemaDeploy.Generation.Design.Naming;

/// <summary>English plurals of single words. A word whose singular is in doubt stays: a wrong name is worse than a plural one.</summary>
internal static class English
{
    // Words that tables are called by and that only look like plurals, or whose singular nobody uses.
    private static readonly FrozenSet<string> s_unchanged = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "agenda", "analytics", "atlas", "bacteria", "bias", "canvas", "chaos", "christmas", "corps", "cosmos", "criteria",
        "data", "dice", "economics", "electronics", "ethics", "goods", "graphics", "headquarters", "https", "kudos",
        "lens", "logistics", "maas", "mathematics", "means", "media", "metadata", "mysql", "news", "paas", "pais",
        "physics", "politics", "saas", "series", "species", "staff", "sys", "whereas");

    private static readonly FrozenDictionary<string, string> s_singulars = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["atlases"] = "atlas",
        ["biases"] = "bias",
        ["canvases"] = "canvas",
        ["ids"] = "id",
        ["lenses"] = "lens",
        ["schemas"] = "schema",
        ["schemata"] = "schema",
        ["taxes"] = "tax",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> s_plurals = s_singulars
        .Where(pair => pair.Key != "schemata")
        .ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    // Of the many words in -ves, only these come from -f or -fe.
    private static readonly FrozenSet<string> s_fromF = FrozenSet.Create(
        StringComparer.Ordinal,
        "calves", "elves", "halves", "hooves", "knives", "leaves", "lives", "loaves", "scarves", "selves", "sheaves",
        "shelves", "thieves", "wives", "wolves");

    /// <summary>The singular of a word that may be a plural, in its own case.</summary>
    public static string Singular(string word)
    {
        if (s_unchanged.Contains(word) || !IsAsciiWord(word))
        {
            return word;
        }

        if (s_singulars.TryGetValue(word, out var singular))
        {
            return InCaseOf(word, singular);
        }

        var lower = word.ToLowerInvariant();
        if (lower.Length <= 3 || EndsWith(lower, "ss") || EndsWith(lower, "us") || EndsWith(lower, "is"))
        {
            return word;
        }

        if (EndsWith(lower, "ves") && !s_fromF.Contains(lower))
        {
            return word[..^1];
        }

        // Only what turns back into the same plural was one.
        var candidate = lower.Singularize(inputIsKnownToBePlural: false);
        var isPluralOf = candidate + "s" == lower || candidate + "es" == lower || Plural(candidate) == lower;
        return candidate.Length > 1 && candidate != lower && isPluralOf ? InCaseOf(word, candidate) : word;
    }

    /// <summary>The plural of a word that may be one already, in its own case.</summary>
    public static string Plural(string word)
    {
        if (!IsAsciiWord(word) || s_singulars.ContainsKey(word))
        {
            return word;
        }

        if (s_plurals.TryGetValue(word, out var plural))
        {
            return InCaseOf(word, plural);
        }

        return s_unchanged.Contains(word)
            ? word
            : InCaseOf(word, word.ToLowerInvariant().Pluralize(inputIsKnownToBeSingular: false));
    }

    private static bool EndsWith(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    private static bool IsAsciiWord(string word) => word.Length > 0 && word.All(char.IsAsciiLetter);

    private static string InCaseOf(string model, string word)
    {
        if (model.Length > 1 && model.All(char.IsUpper))
        {
            return word.ToUpperInvariant();
        }

        return char.IsUpper(model[0]) ? char.ToUpperInvariant(word[0]) + word[1..] : word;
    }
}
