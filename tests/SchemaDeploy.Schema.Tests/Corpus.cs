using System.Globalization;
using System.Text;

namespace SchemaDeploy.Schema.Tests;

/// <summary>A published schema file of the corpus, and how many tables it creates.</summary>
public sealed record CorpusFile(string Path, int CreateTables)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Text => File.ReadAllText(Path, Encoding.UTF8);
}

/// <summary>The folder of published schema files beside the repository, or where SCHEMADEPLOY_CORPUS says.</summary>
public static class Corpus
{
    private static readonly string[] s_depths = ["..", "../.."];

    /// <summary>The files of a dialect; without the folder the test that asks is skipped.</summary>
    public static IReadOnlyList<CorpusFile> FilesOf(string dialect)
    {
        var files = Find(dialect);
        if (files.Count == 0)
        {
            Assert.Skip("The folder shared/corpus is not there; set SCHEMADEPLOY_CORPUS to it.");
        }

        return files;
    }

    /// <summary>The files of a dialect, none where the folder is absent.</summary>
    public static IReadOnlyList<CorpusFile> Find(string dialect)
    {
        var root = Environment.GetEnvironmentVariable("SCHEMADEPLOY_CORPUS") ?? BesideRepository();
        var index = root is null ? null : Path.Combine(root, "INDEX.tsv");
        if (index is null || !File.Exists(index))
        {
            return [];
        }

        return
        [
            .. File.ReadLines(index)
                .Skip(1)
                .Select(line => line.Split('\t'))
                .Where(fields => fields[0] == dialect)
                .Select(fields => new CorpusFile(
                    Path.Combine(root!, dialect, fields[1]), int.Parse(fields[8], CultureInfo.InvariantCulture))),
        ];
    }

    private static string? BesideRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SchemaSdk.sln")))
            {
                // A working tree of the repository may lie one folder deeper than the repository itself.
                return s_depths
                    .Select(up => Path.GetFullPath(Path.Combine(folder.FullName, up, "shared", "corpus")))
                    .FirstOrDefault(Directory.Exists);
            }
        }

        return null;
    }
}
