using System.Security.Cryptography;
using System.Text;

namespace SchemaDeploy.Deployment.Bundles;

/// <summary>
/// What the files of a bundle were when they were generated, in the form of <c>sha256sum</c>. It lies in the bundle and
/// is committed with it, so that a change by hand is known on every machine.
/// </summary>
internal sealed class HashList
{
    /// <summary>The file's name.</summary>
    public const string FileName = ".generated.sha256";

    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>The files by path.</summary>
    public IEnumerable<(string Path, string Hash)> Entries => _hashes.Select(entry => (entry.Key, entry.Value));

    /// <summary>The list at <paramref name="path"/>; an empty one where there is none.</summary>
    public static HashList Read(string path)
    {
        var list = new HashList();
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (line.Split("  ", 2) is [{ Length: 64 } hash, var file])
            {
                list._hashes[file] = hash;
            }
        }

        return list;
    }

    /// <summary>The list of <paramref name="files"/>.</summary>
    public static HashList Of(IEnumerable<BundleFile> files)
    {
        var list = new HashList();
        foreach (var file in files)
        {
            list._hashes[file.Path] = HashOf(file.Text);
        }

        return list;
    }

    /// <summary>The hash of a text. Git may have given it the line ends of another system.</summary>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))));

    /// <summary>The hash of a file; null where the list does not have it.</summary>
    public string? Find(string path) => _hashes.GetValueOrDefault(path);

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_hashes.Select(entry => $"{entry.Value}  {entry.Key}\n"));
}
