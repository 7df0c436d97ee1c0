using System.Runtime.CompilerServices;
using System.Text;
using SchemaDeploy.Compatibility.Tests.App;

namespace SchemaDeploy.Compatibility.Tests.Databases;

/// <summary>
/// docs/databases.md says what types and values become on each database. Its tables are what these tests have seen;
/// where SCHEMADEPLOY_DATABASES names a file, they are written there.
/// </summary>
[Trait("Category", "Integration")]
public sealed class DatabasesPageTests
{
    [Fact]
    public async Task The_table_of_types_is_what_the_databases_say()
    {
        var text = new StringBuilder("| Schema | JSON | SQLite | PostgreSQL | MySQL, MariaDB | SQL Server |\n|---|---|---|---|---|---|\n");
        foreach (var dialect in (string[])["postgresql", "mysql", "tsql"])
        {
            text.Append(await TypeTable.RowsAsync(FileOf($"types.{dialect}.sql")));
        }

        Compare("types", text.ToString());
    }

    [Fact]
    public async Task The_table_of_behaviour_is_what_the_databases_do()
    {
        using var project = await AppProject.BuildAsync(FileOf("behaviour.sql"));
        var answers = new List<IReadOnlyList<string>>();
        foreach (var database in await TestedDatabases.CreateAllAsync())
        {
            using var app = project.Start(database);
            Assert.True(await app.WaitUntilReadyAsync(), app.Log);
            answers.Add(await Behaviour.ObserveAsync(app));
        }

        var text = new StringBuilder("| | SQLite | PostgreSQL | MariaDB |\n|---|---|---|---|\n");
        foreach (var (question, i) in Behaviour.Questions.Select((question, i) => (question, i)))
        {
            text.Append("| ").Append(question).Append(" | ").AppendJoin(" | ", answers.Select(answer => answer[i])).Append(" |\n");
        }

        Compare("behaviour", text.ToString());
    }

    private static string FileOf(string name, [CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, name);

    // Each table stands in the page between two comments that name it.
    private static void Compare(string section, string table, [CallerFilePath] string source = "")
    {
        var committed = Path.GetFullPath("../../../docs/databases.md", Path.GetDirectoryName(source)!);
        var (begin, end) = ($"<!-- {section} -->\n", $"<!-- end of {section} -->");
        var page = File.ReadAllText(committed);
        var start = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var stop = page.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("SCHEMADEPLOY_DATABASES") is { Length: > 0 } path)
        {
            File.WriteAllText(path, page[..start] + table + page[stop..]);
        }
        else
        {
            Assert.Equal(page[start..stop], table);
        }
    }
}
