using System.Text.RegularExpressions;

namespace SchemaDeploy.Tests;

/// <summary>Where an application listens, as it says itself.</summary>
internal static partial class ListeningAddress
{
    /// <summary>The first address in what an application has printed; null where there is none yet.</summary>
    public static Uri? Find(string output) => Pattern().Match(output) is { Success: true } match ? new Uri(match.Groups[1].Value) : null;

    // In Production the line is a value in a JSON document.
    [GeneratedRegex(@"Now listening on: (http://[^\s""]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
