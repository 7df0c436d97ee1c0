using System.Text.RegularExpressions;

namespace SchemaDeploy.Deployment.Bundles;

/// <summary>Names as clusters and clouds take them for everything: small letters, digits and single dashes, a letter first (RFC 1035).</summary>
internal static partial class ResourceName
{
    /// <summary>The name nearest to that of an image, which is in small letters already.</summary>
    /// <param name="imageName">The image, without registry and tag.</param>
    /// <param name="longest">The most letters; environments, kinds and hashes come behind them.</param>
    public static string Of(string imageName, int longest)
    {
        var name = Other().Replace(imageName, "-").Trim('-');
        if (!char.IsAsciiLetterLower(name[0]))
        {
            name = $"app-{name}";
        }

        return name[..Math.Min(name.Length, longest)].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
