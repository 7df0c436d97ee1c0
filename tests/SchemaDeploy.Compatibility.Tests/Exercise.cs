using SchemaDeploy.Compatibility.Tests.App;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Publishing;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>Uses every table of an app that is built.</summary>
internal static class Exercise
{
    /// <summary>On databases that the scripts made, which are what the app makes itself, with the same answers on each.</summary>
    public static async Task<IReadOnlyList<CrudRound>> EverywhereAsync(AppProject project, ApiModel api, DatabaseModel database)
    {
        var scripts = await project.WriteScriptsAsync();
        using (var onSqlServer = SqlServerScript.Load(scripts["sqlserver"]))
        {
            Assert.True(onSqlServer.Errors.Count == 0, string.Join('\n', onSqlServer.Errors));
        }

        var rounds = new List<CrudRound>();
        foreach (var byApp in await TestedDatabases.CreateAllAsync())
        {
            using (var app = project.Start(byApp))
            {
                Assert.True(await app.WaitUntilReadyAsync(), $"{byApp.Provider}: {app.Log}");
            }

            // What is read back from a database without a difference is all that the schema says.
            var (exitCode, output) = await project.CheckAsync(byApp);
            Assert.True(exitCode == 0, $"{byApp.Provider}: {output}");

            var byScript = byApp with { Url = await byApp.Server.CreateDatabaseAsync() };
            await byScript.Server.RunSqlAsync(byScript.Url, scripts[byScript.Provider]);
            Assert.Equal(await byApp.Server.DumpSchemaAsync(byApp.Url), await byScript.Server.DumpSchemaAsync(byScript.Url));
            rounds.Add(await OnAsync(project, byScript, api, database, withFilters: true));
        }

        foreach (var round in rounds.Skip(1))
        {
            var differences = rounds[0].Transcript.Except(round.Transcript).Select(line => (Where: "only", Line: line))
                .Concat(round.Transcript.Except(rounds[0].Transcript).Select(line => (Where: "not", Line: line)))
                .Where(one => !round.OfItsOwn.Exists(beginning => one.Line.StartsWith(beginning, StringComparison.Ordinal)))
                .Select(one => $"{one.Where} on SQLite: {one.Line}").ToList();
            Assert.True(differences.Count == 0, string.Join('\n', differences));
            Assert.Equal(rounds[0].Exercised, round.Exercised);
        }

        return rounds;
    }

    /// <summary>On one database.</summary>
    public static async Task<CrudRound> OnAsync(AppProject project, AppDatabase tested, ApiModel api, DatabaseModel database, bool withFilters)
    {
        using var app = project.Start(tested);
        Assert.True(await app.WaitUntilReadyAsync(), $"{tested.Provider}: {app.Log}");
        Assert.Equal("200", (await app.GetAsync("/health")).ToString()[..3]);
        Assert.Empty(OpenApiCheck.Find((await app.GetAsync("/openapi/v1.json")).Body, api));
        var tables = TablesOf(api, database);
        var round = new CrudRound(app, tables, database, withFilters);
        await round.RunAsync();
        Assert.True(
            round.Failures.Count == 0,
            $"{tested.Provider}: {round.Failures.Count} of {tables.Resources.Length} resources:\n{string.Join('\n', round.Failures)}\n{app.Log[^Math.Min(app.Log.Length, 4000)..]}");
        return round;
    }

    /// <summary>The schema's tables; the library's own audit log is none of them.</summary>
    public static ApiModel TablesOf(ApiModel api, DatabaseModel database) =>
        api with { Resources = [.. api.Resources.Where(resource => database.Tables.Any(table => table.Name == resource.Table))] };
}
