using System.Net;
using System.Text.Json.Nodes;
using SchemaDeploy.Compatibility.Tests.App;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>Loads the rows that a schema file brings along, and reads every one of them through the API.</summary>
internal static class SeedRound
{
    private const int PageSize = 100;

    /// <summary>
    /// On each database, made by the app and made by its script: as many rows as the file has, the same ones everywhere.
    /// </summary>
    /// <returns>How many rows; 0 where the file has none.</returns>
    public static async Task<int> EverywhereAsync(AppProject project, ApiModel api, DatabaseModel database)
    {
        var (exitCode, output) = await project.CompileSchemaAsync(withSeed: true);
        Assert.True(exitCode == 0, output);
        var expected = CountRows(project.SeedFile);
        if (expected.Count == 0)
        {
            return 0;
        }

        (exitCode, var messages) = await project.BuildAsync();
        Assert.True(exitCode == 0 && messages.Length == 0, string.Join('\n', messages.Take(50)));
        var scripts = await project.WriteScriptsAsync();
        var tables = Exercise.TablesOf(api, database);
        IReadOnlyList<string>? first = null;
        foreach (var byApp in await TestedDatabases.CreateAllAsync())
        {
            var byScript = byApp with { Url = await byApp.Server.CreateDatabaseAsync() };
            await byScript.Server.RunSqlAsync(byScript.Url, scripts[byScript.Provider]);
            foreach (var (tested, how) in new[] { (byApp, "app"), (byScript, "script") })
            {
                using var app = project.Start(tested);
                Assert.True(await app.WaitUntilReadyAsync(), $"{tested.Provider} by {how}: {app.Log}");
                app.NotTranscribed.UnionWith(tables.Resources.SelectMany(resource => resource.Properties).Where(CrudRound.IsNotEverywhere).Select(property => property.JsonName));
                Assert.Equal(expected, await ReadAllAsync(app, tables, expected.Keys));
                first ??= app.Transcript;
                Assert.True(first.SequenceEqual(app.Transcript), $"{tested.Provider} by {how}:\n{string.Join('\n', first.Except(app.Transcript).Take(3))}\n{string.Join('\n', app.Transcript.Except(first).Take(3))}");
            }
        }

        return expected.Values.Sum();
    }

    private static async Task<SortedDictionary<string, int>> ReadAllAsync(RunningApp app, ApiModel api, IEnumerable<string> tables)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var resource in api.Resources.IntersectBy(tables, resource => resource.Table))
        {
            var path = $"{resource.Find(OperationKind.List)!.Path}?limit={PageSize}";
            var rows = 0;
            for (string? next = ""; next is not null;)
            {
                var answer = await app.GetAsync(next.Length == 0 ? path : $"{path}&cursor={Uri.EscapeDataString(next)}");
                Assert.True(answer.Status == HttpStatusCode.OK, $"GET {path}: {answer}");
                rows += answer.Json!["items"]!.AsArray().Count;
                next = (string?)answer.Json["next"];
            }

            counts[resource.Table] = rows;
        }

        return counts;
    }

    // A block's first line says how many lines follow; those with a key change rows of earlier blocks.
    private static SortedDictionary<string, int> CountRows(string seedFile)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        if (File.Exists(seedFile))
        {
            using var reader = new StreamReader(seedFile);
            while (reader.ReadLine() is { } line)
            {
                var block = JsonNode.Parse(line)!;
                var rows = (int)block["rows"]!;
                if (block["key"] is null)
                {
                    var table = (string)block["table"]!;
                    counts[table] = counts.GetValueOrDefault(table) + rows;
                }

                for (var row = 0; row < rows; row++)
                {
                    reader.ReadLine();
                }
            }
        }

        return counts;
    }
}
