using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

[assembly: AssemblyFixture(typeof(SchemaDeploy.Compatibility.Tests.Results))]

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>What became of one schema file.</summary>
public sealed record Result(string Dialect, CorpusFile File, int Tables, int Resources, int Exercised)
{
    /// <summary>Resources whose rows did not go the whole way, and why.</summary>
    public ImmutableArray<(string Table, string Reason)> NotExercised { get; init; } = [];

    /// <summary>How many rows of the file were loaded and read; null where they were not tried.</summary>
    public int? SeedRows { get; init; }

    /// <summary>The tool's warnings by code.</summary>
    public ImmutableArray<KeyValuePair<string, int>> Warnings { get; init; } = [];

    /// <summary>The result as a row of the table.</summary>
    public string Row => string.Create(
        CultureInfo.InvariantCulture,
        $"{Beginning(Dialect, File)}{new FileInfo(File.Path).Length} | {File.CreateTables} | {Tables} | {Resources} | {Exercised} | {NotExercised.Length} | {string.Join(", ", Warnings.Select(pair => $"{pair.Key} ×{pair.Value}"))} |");

    /// <summary>What is said of its rows; null where there is nothing to say.</summary>
    public string? SeedLine => SeedRows is > 0 ? string.Create(CultureInfo.InvariantCulture, $"- {Dialect}/{File.Name}: {SeedRows:N0} rows.") : null;

    /// <summary>What the row of a file begins with.</summary>
    public static string Beginning(string dialect, CorpusFile file) => $"| {dialect} | {file.Name} | ";
}

/// <summary>Collects the results and, where SCHEMADEPLOY_COMPATIBILITY names a file, writes the table of them there.</summary>
public sealed class Results : IDisposable
{
    private readonly ConcurrentBag<Result> _results = [];

    private static string? PageToWrite => Environment.GetEnvironmentVariable("SCHEMADEPLOY_COMPATIBILITY") is { Length: > 0 } path ? path : null;

    /// <summary>Keeps the result; where no page is written, it has to be what the committed page says.</summary>
    internal void Add(Result result)
    {
        _results.Add(result);
        var beginning = Result.Beginning(result.Dialect, result.File);
        if (PageToWrite is not null)
        {
            return;
        }

        var page = CommittedPage();
        if (page.FirstOrDefault(row => row.StartsWith(beginning, StringComparison.Ordinal)) is { } committed)
        {
            Assert.Equal(committed, result.Row);
            if (result.SeedLine is { } line)
            {
                Assert.Contains(line, page);
            }
        }
    }

    public void Dispose()
    {
        if (PageToWrite is { } path && !_results.IsEmpty)
        {
            File.WriteAllText(path, Write([.. _results.OrderBy(result => result.Dialect, StringComparer.Ordinal).ThenBy(result => result.File.Name, StringComparer.Ordinal)]));
        }
    }

    private static string[] CommittedPage([CallerFilePath] string source = "") =>
        File.ReadAllLines(Path.GetFullPath("../../docs/compatibility.md", Path.GetDirectoryName(source)!));

    private static string Write(ImmutableArray<Result> results)
    {
        var text = new StringBuilder("""
            # Compatibility

            Published schemas of well-known projects, taken as they are. Each is compiled, the generated app is built with
            `AnalysisLevel` latest-recommended and warnings as errors. On SQLite, PostgreSQL 15 and MariaDB 10.11 the database is
            made by the app's script, which gives the same as the app makes itself; the app is started on it, and one row of every
            table is created, read, found by every operator of its filters, sorted, patched and deleted over HTTP, with the same
            answers on all three. The script for SQL Server is loaded into DacFx. Written by `eng/compatibility.sh`; `eng/test.sh`
            does the same for one file of each dialect; the others it uses on SQLite alone, without filters, and of those with more
            than 100 tables, which come in several dialects, it builds one and compiles the rest.

            | Dialect | File | Bytes | CREATE TABLE | Tables | Resources | Rows exercised | Not exercised | Warnings |
            |---|---|---:|---:|---:|---:|---:|---:|---|

            """);
        foreach (var result in results)
        {
            text.Append(result.Row).Append('\n');
        }

        text.Append("\n## Fewer tables than CREATE TABLE statements\n\n");
        foreach (var (name, (_, reason)) in CorpusTests.Differences.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {reason}.\n");
        }

        text.Append("""

            ## Rows that the files bring along

            With `SchemaSeed`, loaded by the app and by its script into each of the three databases, and read through the API: as
            many as the file has, and the same everywhere. What a file computes (`UNIX_TIMESTAMP()`, a query) is no seed data.


            """);
        foreach (var line in results.Select(result => result.SeedLine).OfType<string>())
        {
            text.Append(line).Append('\n');
        }

        text.Append("\n## Tables whose rows are not exercised\n\n");
        foreach (var result in results)
        {
            foreach (var group in result.NotExercised.GroupBy(entry => entry.Reason))
            {
                text.Append(CultureInfo.InvariantCulture, $"- {result.Dialect}/{result.File.Name}: {string.Join(", ", group.Select(entry => $"`{entry.Table}`"))}: {group.Key}.\n");
            }
        }

        return text.ToString();
    }
}
