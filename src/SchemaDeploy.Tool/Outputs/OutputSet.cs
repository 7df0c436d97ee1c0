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
    private readonly List<(string Path, string? Former)> _provisional = [];

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

    /// <summary>Names a file that is added when the others have taken their places provisionally.</summary>
    public void Promise(string path) => _paths.Add(path);

    /// <summary>The paths of the files that an earlier run put in place.</summary>
    public IReadOnlyList<string> ReadManifest() => manifest is not null && File.Exists(FullPath(manifest)) ? File.ReadAllLines(FullPath(manifest)) : [];

    /// <summary>Puts the files in place.</summary>
    public void Publish()
    {
        Move((from, to) => File.Move(from, to, overwrite: true));
        foreach (var (_, former) in _provisional.Where(p => p.Former is not null))
        {
            File.Delete(former!);
        }

        _provisional.Clear();
    }

    /// <summary>Puts the files in place until the set is disposed of, unless <see cref="Publish"/> has been called by then.</summary>
    public void PublishProvisionally() => Move((from, to) =>
    {
        if (File.Exists(to))
        {
            var former = Beside(to, "former.");
            File.Replace(from, to, former);
            _provisional.Add((to, former));
        }
        else
        {
            File.Move(from, to);
            _provisional.Add((to, null));
        }
    });

    /// <summary>Removes what has not taken its place, or has done so provisionally.</summary>
    public void Dispose()
    {
        foreach (var (path, former) in _provisional)
        {
            if (former is null)
            {
                File.Delete(path);
            }
            else
            {
                File.Move(former, path, overwrite: true);
            }
        }

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

    private void Move(Action<string, string> move)
    {
        if (manifest is not null)
        {
            Write(manifest, Encoding.UTF8.GetBytes(string.Concat(_paths.Select(p => $"{p}\n"))));
        }

        foreach (var (from, to) in _moves)
        {
            if (HasContentOf(to, from))
            {
                File.Delete(from);
            }
            else
            {
                move(from, to);
            }
        }

        _moves.Clear();
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
        var temporary = Beside(target, "");
        _moves.Add((temporary, target));
        return temporary;
    }

    private static string Beside(string target, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{target}.{what}{Environment.ProcessId}.tmp");

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
