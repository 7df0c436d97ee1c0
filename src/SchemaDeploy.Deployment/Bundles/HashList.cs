using System.Security.Cryptography;
using System.Text;

namespace SchemaDeploy.Deployment.Bundles;

/// <summary>
/// What the files of a folder were when they were generated, in the form of <c>sha256sum</c>. It lies among them and
/// is committed with it, so that a change by hand is known on every machine.
/// </summary>
public sealed class HashList
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
            list.Add(file.Path, Encoding.UTF8.GetBytes(file.Text));
        }

        return list;
    }

    /// <summary>The hash of a text.</summary>
    public static string HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of a file's content. Git may have given it the line ends of another system.</summary>
    public static string HashOf(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int end; (end = content.IndexOf("\r\n"u8)) >= 0; content = content[(end + 1)..])
        {
            hash.AppendData(content[..end]);
        }

        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Adds a file.</summary>
    public void Add(string path, ReadOnlySpan<byte> content) => _hashes[path] = HashOf(content);

    /// <summary>The hash of a file; null where the list does not have it.</summary>
    public string? Find(string path) => _hashes.GetValueOrDefault(path);

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_hashes.Select(entry => $"{entry.Value}  {entry.Key}\n"));
}
