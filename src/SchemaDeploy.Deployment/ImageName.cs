using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Deployment;

/// <summary>The name of an image.</summary>
/// <param name="Repository">With the registry before it, where one is named.</param>
/// <param name="Tag">The version.</param>
public sealed partial record ImageName(string Repository, string Tag)
{
    private const int LongestTag = 128;

    /// <summary>The last part of the repository, by which the application is known.</summary>
    public string ShortName => Repository[(Repository.LastIndexOf('/') + 1)..];

    /// <summary>The registry, which is a host; null where none is named.</summary>
    public string? Registry => Repository.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && Repository[..slash] is var first && (first == "localhost" || first.AsSpan().ContainsAny('.', ':')) ? first : null;

    /// <summary>Reads a name; one without a tag gets that of <paramref name="version"/>.</summary>
    /// <param name="text">What the project says.</param>
    /// <param name="version">The project's version.</param>
    /// <param name="image">The name.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static bool TryParse(string text, string version, [NotNullWhen(true)] out ImageName? image, [NotNullWhen(false)] out string? fault)
    {
        image = null;
        // A colon before a slash belongs to a registry's port.
        var colon = text.LastIndexOf(':');
        var hasTag = colon > text.LastIndexOf('/');
        var repository = hasTag ? text[..colon] : text;
        // Of the letters of versions a tag cannot hold the plus sign.
        var tag = hasTag ? text[(colon + 1)..] : version.Replace('+', '-');
        fault = text.Contains('@', StringComparison.Ordinal) ? "it has a digest, which is known only when the image is built"
            : !RepositoryForm().IsMatch(repository) ? "a repository is of small letters and digits, parted by single dots, dashes, underscores and slashes"
            : tag.Length > LongestTag || !TagForm().IsMatch(tag) ? "a tag is of at most 128 letters, digits, dots, dashes and underscores"
            : tag == "latest" ? "'latest' is another image every time, so that there is no going back to the one before"
            : null;
        if (fault is null)
        {
            image = new ImageName(repository, tag);
            return true;
        }

        return false;
    }

    /// <summary>The name in full.</summary>
    public override string ToString() => $"{Repository}:{Tag}";

    [GeneratedRegex(@"^(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z")]
    private static partial Regex RepositoryForm();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex TagForm();
}
