using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SchemaDeploy.Tool.Outputs;

/// <summary>
/// The files of one run. Those that differ from what is there are written under other names as they come, which
/// keeps none of them in memory, and take their places only when all are there. Unchanged files keep their time stamps.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="manifest">The bare list of the files, for MSBuild; null where there is another.</param>
internal sealed partial class OutputSet(string directory, string? manifest = OutputSet.ManifestName) : IDisposable
{
    private const string ManifestName = "schema.outputs";

    // Longer than any run: what is older is of one that was killed, and not of one beside this.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromHours(1);

    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<(string From, string To)> _moves = [];

    /// <summary>The folder that the files belong to.</summary>
    public string Directory => directory;

    /// <summary>The paths of the files, relative to the folder with forward slashes.</summary>
    public IReadOnlyCollection<string> Paths => _paths;

    /// <summary>Adds a file.</summary>
    public void Add(string path, byte[] content)
    {
        _paths.Add(path);
        Write(path, content);
    }

    /// <summary>Adds a file that is too long to be held in memory; the caller closes it.</summary>
    public Stream Create(string path)
    {
        _paths.Add(path);
        return File.Create(Temporary(path));
    }

    /// <summary>The paths of the files that an earlier run put in place.</summary>
    public IReadOnlyList<string> ReadManifest() => manifest is not null && File.Exists(FullPath(manifest)) ? File.ReadAllLines(FullPath(manifest)) : [];

    /// <summary>Puts the files in place.</summary>
    public void Publish()
    {
        if (manifest is not null)
        {
            Write(manifest, Encoding.UTF8.GetBytes(string.Concat(_paths.Select(p => $"{p}\n"))));
        }

        foreach (var (from, to) in _moves)
        {
            if (!HasContentOf(to, from))
            {
                File.Move(from, to, overwrite: true);
            }
        }
    }

    /// <summary>Removes what has not taken its place.</summary>
    public void Dispose()
    {
        foreach (var (from, _) in _moves)
        {
            File.Delete(from);
        }
    }

    /// <summary>Deletes what a run that was killed has left under other names.</summary>
    public void DeleteAbandoned()
    {
        var since = DateTime.UtcNow - s_longestRun;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*.tmp", SearchOption.AllDirectories))
        {
            if (file.LastWriteTimeUtc < since && TemporaryName().IsMatch(file.Name))
            {
                file.Delete();
            }
        }
    }

    /// <summary>Deletes files that an earlier run made and this one does not.</summary>
    public void DeleteStale(IEnumerable<string> earlier)
    {
        foreach (var path in earlier.Where(p => !_paths.Contains(p)))
        {
            var target = FullPath(path);
            if (target.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                File.Delete(target);
            }
        }
    }

    private string FullPath(string path) => Path.GetFullPath(path, Path.GetFullPath(directory));

    private void Write(string path, byte[] content)
    {
        if (!HasContent(FullPath(path), content))
        {
            File.WriteAllBytes(Temporary(path), content);
        }
    }

    private string Temporary(string path)
    {
        var target = FullPath(path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}.tmp");
        _moves.Add((temporary, target));
        return temporary;
    }

    [GeneratedRegex(@"\.[0-9]+\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();

    private static bool HasContent(string path, byte[] content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);
    }

    private static bool HasContentOf(string path, string other)
    {
        var (file, otherFile) = (new FileInfo(path), new FileInfo(other));
        if (!file.Exists || file.Length != otherFile.Length)
        {
            return false;
        }

        using var a = file.OpenRead();
        using var b = otherFile.OpenRead();
        var (left, right) = (new byte[64 * 1024], new byte[64 * 1024]);
        for (int read; (read = a.ReadAtLeast(left, left.Length, throwOnEndOfStream: false)) > 0;)
        {
            b.ReadExactly(right, 0, read);
            if (!left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }
}
