using System.Text;
using System.Text.RegularExpressions;
using SchemaDeploy.Compatibility.Tests.App;
using SchemaDeploy.Generation.Design.Samples;

namespace SchemaDeploy.Compatibility.Tests.Databases;

/// <summary>What the columns of a table become: asked of the databases that can be run, and read in SQL Server's script.</summary>
internal static partial class TypeTable
{
    private const string AskSqlite = "SELECT name || '|' || type FROM pragma_table_info('sample');";

    private const string AskPostgreSql =
        "SELECT attname || '|' || format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'sample'::regclass AND attnum > 0 ORDER BY attnum;";

    private const string AskMariaDb =
        "SELECT CONCAT(column_name, '|', column_type) FROM information_schema.columns WHERE table_schema = database() AND table_name = 'sample' ORDER BY ordinal_position;";

    /// <summary>A row for each column of the table "sample" that <paramref name="schemaFile"/> creates; its rows are used over HTTP too.</summary>
    public static async Task<string> RowsAsync(string schemaFile)
    {
        using var project = await AppProject.BuildAsync(schemaFile);
        var database = project.Database;
        var whole = AppProject.Design(database);
        // The library's own audit log is none of the schema's tables.
        var api = whole with { Resources = [.. whole.Resources.Where(resource => resource.Table == "sample")] };
        var columns = new List<Dictionary<string, string>>();
        foreach (var tested in await TestedDatabases.CreateAllAsync())
        {
            using var app = project.Start(tested);
            Assert.True(await app.WaitUntilReadyAsync(), app.Log);
            var round = new CrudRound(app, api, database, withFilters: false);
            await round.RunAsync();
            Assert.True(round.Failures.Count == 0, $"{tested.Provider}: {string.Join('\n', round.Failures)}\n{app.Log}");
            columns.Add(Read(await tested.Server.RunSqlAsync(tested.Url, tested.Provider switch
            {
                "sqlite" => AskSqlite,
                "postgres" => AskPostgreSql,
                _ => AskMariaDb,
            })));
        }

        columns.Add(ReadScript((await project.WriteScriptsAsync())["sqlserver"]));
        var (sample, reason) = new SampleRows(database).Make(api.Resources[0], startsCircle: false);
        Assert.True(sample is not null, reason);
        var text = new StringBuilder();
        foreach (var column in database.Tables.Single(table => table.Name == "sample").Columns.Where(column => column.Name != "id"))
        {
            var value = sample.Values.FirstOrDefault(pair => pair.Key.ColumnName == column.Name);
            text.Append("| `").Append(column.NativeType).Append("` | `").Append(value.Key is null ? "set by the server" : value.Value.Json?.ToJsonString()).Append('`');
            foreach (var types in columns)
            {
                text.Append(" | `").Append(types[column.Name]).Append('`');
            }

            text.Append(" |\n");
        }

        return text.ToString();
    }

    private static Dictionary<string, string> Read(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    private static Dictionary<string, string> ReadScript(string script)
    {
        var table = script[script.IndexOf("CREATE TABLE [sample]", StringComparison.Ordinal)..];
        return ScriptColumn().Matches(table[..table.IndexOf("\n)", StringComparison.Ordinal)])
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["type"].Value);
    }

    [GeneratedRegex(@"^\s*\[(?<name>[^\]]+)\] (?<type>\w+(\([^)]*\))?)", RegexOptions.Multiline)]
    private static partial Regex ScriptColumn();
}
