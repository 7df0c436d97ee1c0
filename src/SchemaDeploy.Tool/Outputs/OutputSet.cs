using System.Globalization;
using System.Text;

namespace SchemaDeploy.Tool.Outputs;

/// <summary>
/// The files of one run. Nothing is touched until all are there: then the changed ones are written under other
/// names, and only when that went well do they take their places. Unchanged files keep their time stamps.
/// </summary>
internal sealed class OutputSet(string directory)
{
    // The bare list of the files, for MSBuild.
    private const string ManifestName = "schema.outputs";

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>The folder that the files belong to.</summary>
    public string Directory => directory;

    /// <summary>The paths of the files, relative to the folder with forward slashes.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>Adds a file.</summary>
    public void Add(string path, byte[] content) => _files.Add(path, content);

    /// <summary>Puts the files in place.</summary>
    public void Publish()
    {
        var moves = new List<(string From, string To)>();
        try
        {
            var manifest = Encoding.UTF8.GetBytes(string.Concat(_files.Keys.Select(p => $"{p}\n")));
            foreach (var (path, content) in _files.Append(KeyValuePair.Create(ManifestName, manifest)))
            {
                var target = FullPath(path);
                if (HasContent(target, content))
                {
                    continue;
                }

                System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                var temporary = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.tmp");
                moves.Add((temporary, target));
                File.WriteAllBytes(temporary, content);
            }

            foreach (var (from, to) in moves)
            {
                File.Move(from, to, overwrite: true);
            }
        }
        finally
        {
            foreach (var (from, _) in moves)
            {
                File.Delete(from);
            }
        }
    }

    /// <summary>Deletes files that an earlier run made and this one does not.</summary>
    public void DeleteStale(IEnumerable<string> earlier)
    {
        foreach (var path in earlier.Where(p => !_files.ContainsKey(p)))
        {
            var target = FullPath(path);
            if (target.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                File.Delete(target);
            }
        }
    }

    private string FullPath(string path) => Path.GetFullPath(path, Path.GetFullPath(directory));

    private static bool HasContent(string path, byte[] content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }
}
