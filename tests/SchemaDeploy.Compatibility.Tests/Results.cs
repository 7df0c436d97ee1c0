using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

[assembly: AssemblyFixture(typeof(SchemaDeploy.Compatibility.Tests.Results))]

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>What became of one schema file.</summary>
public sealed record Result(string Dialect, CorpusFile File, int Tables, int Resources, int Exercised)
{
    /// <summary>Resources whose rows did not go the whole way, and why.</summary>
    public ImmutableArray<(string Table, string Reason)> NotExercised { get; init; } = [];

    /// <summary>The tool's warnings by code.</summary>
    public ImmutableArray<KeyValuePair<string, int>> Warnings { get; init; } = [];
}

/// <summary>Collects the results and, where SCHEMADEPLOY_COMPATIBILITY names a file, writes the table of them there.</summary>
public sealed class Results : IDisposable
{
    private readonly ConcurrentBag<Result> _results = [];

    internal void Add(Result result) => _results.Add(result);

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("SCHEMADEPLOY_COMPATIBILITY") is { Length: > 0 } path && !_results.IsEmpty)
        {
            File.WriteAllText(path, Write([.. _results.OrderBy(result => result.Dialect, StringComparer.Ordinal).ThenBy(result => result.File.Name, StringComparer.Ordinal)]));
        }
    }

    private static string Write(ImmutableArray<Result> results)
    {
        var text = new StringBuilder("""
            # Compatibility

            Published schemas of well-known projects, taken as they are. Each is compiled, the generated app is built with
            `AnalysisLevel` latest-recommended and warnings as errors, started on SQLite, and one row of every table is created,
            read, listed, patched and deleted over HTTP. Written by `eng/compatibility.sh`; the same tests are part of `eng/test.sh`.

            | Dialect | File | Bytes | CREATE TABLE | Tables | Resources | Rows exercised | Not exercised | Warnings |
            |---|---|---:|---:|---:|---:|---:|---:|---|

            """);
        foreach (var result in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {result.Dialect} | {result.File.Name} | {new FileInfo(result.File.Path).Length} | {result.File.CreateTables} | {result.Tables} | {result.Resources} | {result.Exercised} | {result.NotExercised.Length} | {string.Join(", ", result.Warnings.Select(pair => $"{pair.Key} ×{pair.Value}"))} |");
        }

        text.Append("\n## Fewer tables than CREATE TABLE statements\n\n");
        foreach (var (name, (_, reason)) in CorpusTests.Differences.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {reason}.");
        }

        text.Append("\n## Tables whose rows are not exercised\n\n");
        foreach (var result in results)
        {
            foreach (var group in result.NotExercised.GroupBy(entry => entry.Reason))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {result.Dialect}/{result.File.Name}: {string.Join(", ", group.Select(entry => $"`{entry.Table}`"))}: {group.Key}.");
            }
        }

        return text.ToString();
    }
}
