using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace SchemaDeploy.Sdk.Tests;

/// <summary>Rows in the schema file are what a new database begins with, once, on every database.</summary>
[Trait("Category", "Integration")]
public sealed class SeedTests(PackedSdk sdk)
{
    private const string Schema = """
        CREATE TABLE teams (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL, head_id INT NULL);
        CREATE TABLE members (
            id INT AUTO_INCREMENT PRIMARY KEY,
            team_id INT NOT NULL,
            name VARCHAR(50) NOT NULL,
            notes TEXT,
            pay DECIMAL(10,2),
            created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
            FOREIGN KEY (team_id) REFERENCES teams (id));
        ALTER TABLE teams ADD FOREIGN KEY (head_id) REFERENCES members (id);
        INSERT INTO members (team_id, name, notes, pay) VALUES (1, 'Ann', 'it''s \\ two\nlines', 1.5), (2, 'Zoé', NULL, NULL);
        INSERT INTO teams VALUES (1, 'a', 2), (2, 'b', NULL);

        """;

    // Whether nulls vanish in a CONCAT depends on the database.
    private const string Rows = """
        SELECT CONCAT(m.id, ' ', m.name, ' ', CASE WHEN m.pay IS NULL THEN '-' ELSE CONCAT(m.pay, '') END, ' ', t.name, ' ',
            CASE WHEN t.head_id IS NULL THEN '-' ELSE CONCAT(t.head_id, '') END, ' ', CASE WHEN m.notes IS NULL THEN '-' ELSE CONCAT(LENGTH(m.notes), '') END)
        FROM members m JOIN teams t ON t.id = m.team_id WHERE m.created_at IS NOT NULL ORDER BY m.id;

        """;

    [Fact]
    public async Task Rows_are_loaded_once_by_whichever_process_comes_first_and_numbering_goes_on()
    {
        var (postgreSql, mariaDb) = (await SharedServers.PostgreSqlAsync(), await SharedServers.MariaDbAsync());
        using var project = new TestProject(sdk, "<SchemaSeed>true</SchemaSeed><SchemaDatabase>PostgreSql;MySql</SchemaDatabase>");
        project.Write("schema.sql", Schema);
        await project.BuildCleanlyAsync();

        foreach (var server in new IDatabaseServer[] { postgreSql, mariaDb })
        {
            var url = await server.CreateDatabaseAsync();
            var plan = await MigrateAsync(project, url, "--plan");
            Assert.Matches(@"\d\. seed +2 rows of members\n", plan);

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => MigrateAsync(project, url)));
            Assert.Contains("up to date", await MigrateAsync(project, url), StringComparison.Ordinal);

            var rows = await server.RunSqlAsync(url, Rows + "INSERT INTO teams (name) VALUES ('c'); SELECT MAX(id) FROM teams;");
            Assert.Equal(["1 Ann 1.50 a 2 16", "2 Zoé - b - -", "3"], rows.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task Without_being_asked_for_rows_are_no_part_of_the_application_and_the_script_has_them_with_it()
    {
        using var project = new TestProject(sdk);
        project.Write("schema.sql", Schema);
        var build = await project.BuildAsync();
        Assert.Contains("SchemaSeed=true loads literal rows", build.Output, StringComparison.Ordinal);
        Assert.False(project.Exists("obj/schema/schema.seed.jsonl"));

        // The property alone makes the schema be compiled again.
        await project.BuildCleanlyAsync("--no-restore", "-p:SchemaSeed=true");
        var script = (await project.DotNetAsync("exec", "bin/Debug/net10.0/App.dll", "script")).Output;
        Assert.Contains("INSERT INTO \"members\" (\"id\", \"team_id\", \"name\", \"notes\", \"pay\", \"created_at\") VALUES\n(1,1,'Ann','it''s \\ two\nlines',1.5,CURRENT_TIMESTAMP)", script, StringComparison.Ordinal);
        Assert.Contains("UPDATE \"teams\" SET \"head_id\" = 2 WHERE \"id\" = 1;", script, StringComparison.Ordinal);
    }

    private static async Task<string> MigrateAsync(TestProject project, string url, params string[] arguments)
    {
        var result = await project.DotNetAsync(["exec", "bin/Debug/net10.0/App.dll", "migrate", .. arguments, $"--DATABASE_URL={url}"]);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }
}
