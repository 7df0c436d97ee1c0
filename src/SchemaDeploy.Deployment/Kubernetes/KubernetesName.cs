using System.Text.RegularExpressions;

namespace SchemaDeploy.Deployment.Kubernetes;

/// <summary>Names as Kubernetes takes them for everything: small letters, digits and dashes, a letter first (RFC 1035).</summary>
internal static partial class KubernetesName
{
    // 63 is the most; environments, kinds and hashes come behind it.
    private const int Longest = 40;

    /// <summary>The name nearest to that of an image, which is in small letters already.</summary>
    public static string Of(string imageName)
    {
        var name = Other().Replace(imageName, "-").Trim('-');
        if (!char.IsAsciiLetterLower(name[0]))
        {
            name = $"app-{name}";
        }

        return name[..Math.Min(name.Length, Longest)].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Other();
}
