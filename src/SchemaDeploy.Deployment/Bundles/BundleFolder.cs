using System.Text;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Bundles;

/// <summary>
/// A folder of generated files that people look at, commit and are tempted to change. Only what differs is written;
/// what somebody has changed is kept beside what takes its place.
/// </summary>
/// <param name="directory">The folder.</param>
/// <param name="listFile">The file with the hashes, within it.</param>
public sealed class BundleFolder(string directory, string listFile = HashList.FileName)
{
    private const UnixFileMode Program =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes the folder hold these files.</summary>
    /// <returns>The full paths of the bundle's files, the list of hashes among them.</returns>
    public IReadOnlyList<string> Write(IReadOnlyCollection<BundleFile> files, DiagnosticBag diagnostics)
    {
        var list = HashList.Read(FullPath(listFile));
        var generated = files.Where(file => !file.IsUsers).ToList();
        foreach (var file in generated)
        {
            Replace(file, list, diagnostics);
        }

        foreach (var file in files.Where(file => file.IsUsers && !File.Exists(FullPath(file.Path))))
        {
            Save(file);
        }

        DeleteStale(files, list, diagnostics);
        Save(new BundleFile(listFile, HashList.Of(generated).ToString()));
        return [.. files.Select(file => FullPath(file.Path)), FullPath(listFile)];
    }

    private void Replace(BundleFile file, HashList list, DiagnosticBag diagnostics)
    {
        var path = FullPath(file.Path);
        if (File.Exists(path))
        {
            var hash = HashList.HashOf(File.ReadAllText(path));
            if (hash != HashList.HashOf(file.Text) && hash != list.Find(file.Path))
            {
                var kept = FreeNameBeside(path);
                File.Copy(path, kept);
                diagnostics.Report(DeploymentDiagnostics.FileEdited, SourceSpan.StartOf(path), Path.GetFileName(kept));
            }
        }

        Save(file);
    }

    private void DeleteStale(IReadOnlyCollection<BundleFile> files, HashList list, DiagnosticBag diagnostics)
    {
        var current = files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, hash) in list.Entries.Where(entry => !current.Contains(entry.Path)))
        {
            var path = FullPath(name);
            if (!IsWithin(path) || !File.Exists(path))
            {
                continue;
            }

            if (HashList.HashOf(File.ReadAllText(path)) == hash)
            {
                File.Delete(path);
            }
            else
            {
                diagnostics.Report(DeploymentDiagnostics.FileAbandoned, SourceSpan.StartOf(path));
            }
        }
    }

    private void Save(BundleFile file)
    {
        var path = FullPath(file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = s_encoding.GetBytes(file.Text);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            // In one step: nobody finds half a file.
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }

        if (file.IsProgram && !OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Program)
        {
            File.SetUnixFileMode(path, Program);
        }
    }

    private static string FreeNameBeside(string path)
    {
        var name = $"{path}.edited";
        for (var number = 2; File.Exists(name); number++)
        {
            name = $"{path}.edited{number}";
        }

        return name;
    }

    private string FullPath(string path) => Path.GetFullPath(path, directory);

    // The list may have come from anywhere.
    private bool IsWithin(string path) => path.StartsWith(Path.TrimEndingDirectorySeparator(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
