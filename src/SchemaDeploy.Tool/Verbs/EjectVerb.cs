using System.Text;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Tool.Ejection;
using SchemaDeploy.Tool.Outputs;

namespace SchemaDeploy.Tool.Verbs;

/// <summary>eject: writes the project without the SDK into a folder of its own.</summary>
internal static class EjectVerb
{
    public static int Run(IEnumerable<string> arguments, TextWriter output)
    {
        var diagnostics = new DiagnosticBag();
        var options = EjectionOptions.Parse(arguments, diagnostics);
        try
        {
            if (!diagnostics.HasErrors)
            {
                Write(options, diagnostics);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Report(ProjectDiagnostics.OutputUnwritable, SourceSpan.None, exception.Message);
        }

        return new DiagnosticPrinter(options.Folder, showsInfo: true).Print(diagnostics, output);
    }

    private static void Write(EjectionOptions options, DiagnosticBag diagnostics)
    {
        var files = Ejector.Files(options, diagnostics);
        var list = HashList.Read(Path.Combine(options.Output, HashList.FileName));
        if (diagnostics.HasErrors || !IsOurs(options.Output, files, list, diagnostics))
        {
            return;
        }

        var written = new HashList();
        using var outputs = new OutputSet(options.Output, manifest: null);
        foreach (var file in files)
        {
            var content = file.Read();
            written.Add(file.Path, content);
            outputs.Add(file.Path, content);
        }

        outputs.Add(HashList.FileName, Encoding.UTF8.GetBytes(written.ToString()));
        if (!diagnostics.HasErrors)
        {
            outputs.Publish();
            outputs.DeleteStale(list.Entries.Select(entry => entry.Path));
        }
    }

    // Whoever works on an ejected project has no other copy of it.
    private static bool IsOurs(string folder, IReadOnlyList<EjectedFile> files, HashList list, DiagnosticBag diagnostics)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return true;
        }

        if (!list.Entries.Any())
        {
            diagnostics.Report(ProjectDiagnostics.EjectionFolderTaken, SourceSpan.None, folder);
            return false;
        }

        foreach (var path in files.Select(file => file.Path).Union(list.Entries.Select(entry => entry.Path), StringComparer.Ordinal))
        {
            var full = Path.Combine(folder, path);
            if (File.Exists(full) && HashList.HashOf(File.ReadAllBytes(full)) != list.Find(path))
            {
                diagnostics.Report(ProjectDiagnostics.EjectedFileEdited, SourceSpan.StartOf(full));
            }
        }

        return !diagnostics.HasErrors;
    }
}
