using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary><c>dotnet App.dll migrate</c>.</summary>
[Collection(CommandLine.Turns)]
public abstract class MigrateTests(string provider)
{
    /// <summary>Where databases are made.</summary>
    protected abstract Task<IDatabaseServer> ServerAsync();

    [Fact]
    public async Task An_empty_database_gets_all_tables_once()
    {
        var server = await ServerAsync();
        var url = await server.CreateDatabaseAsync();

        var (_, plan, _) = await MigrateAsync(url, "--plan");
        Assert.Contains("safe        create table gadgets", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("locks", plan, StringComparison.Ordinal);
        Assert.Equal(plan + "Done.\n", (await MigrateAsync(url)).Output);
        Assert.Equal("The database is up to date.\n", (await MigrateAsync(url)).Output);
        Assert.Equal("The database is up to date.\n", (await MigrateAsync(url, "--plan")).Output);
        var (exitCode, output, error) = await MigrateAsync(url, "--check");
        Assert.Equal("The database is what the schema says.\n", output + error);
        Assert.Equal(0, exitCode);
        Assert.Equal("", (await MigrateAsync(url, "--script")).Output);
        Assert.Equal(await DumpOfScriptAsync(server), await server.DumpSchemaAsync(url));
    }

    [Fact]
    public async Task A_database_made_by_the_script_is_up_to_date()
    {
        var server = await ServerAsync();
        var url = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(url, await ScriptAsync());
        Assert.Equal("The database is up to date.\n", (await MigrateAsync(url)).Output);
    }

    [Fact]
    public async Task A_database_made_elsewhere_is_taken_over_and_gets_what_it_lacks()
    {
        var server = await ServerAsync();
        var url = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(url, await ScriptAsync());
        await server.RunSqlAsync(url, "DROP TABLE schemadeploy_schema; DROP TABLE schemadeploy_idempotency; INSERT INTO log_lines (level) VALUES ('kept');");

        Assert.Equal("Recorded what is there. The database lacks schemadeploy_idempotency: run migrate to make them.\n", (await MigrateAsync(url, "--baseline")).Output);
        Assert.Equal(0, (await MigrateAsync(url)).ExitCode);

        Assert.Equal(await DumpOfScriptAsync(server), await server.DumpSchemaAsync(url));
        Assert.Equal("kept", (await server.RunSqlAsync(url, "SELECT level FROM log_lines;")).Trim());
        Assert.Equal("The database is up to date.\n", (await MigrateAsync(url)).Output);
    }

    [Fact]
    public async Task A_database_of_others_is_left_alone()
    {
        var server = await ServerAsync();
        var url = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(url, "CREATE TABLE other (id INTEGER);");
        var before = await server.DumpSchemaAsync(url);

        foreach (var mode in (string[][])[[], ["--plan"], ["--script"]])
        {
            var (exitCode, _, error) = await MigrateAsync(url, mode);
            Assert.Equal(1, exitCode);
            Assert.StartsWith("SD4101: The database has tables, but none that records a schema", error, StringComparison.Ordinal);
        }

        Assert.Equal(before, await server.DumpSchemaAsync(url));
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_found()
    {
        var server = await ServerAsync();
        var url = await server.CreateDatabaseAsync();
        await MigrateAsync(url);
        await server.RunSqlAsync(url, "CREATE TABLE others (id INTEGER); ALTER TABLE log_lines ADD COLUMN extra INTEGER; CREATE INDEX by_extra ON log_lines (extra); DROP TABLE schemadeploy_idempotency;");

        var (exitCode, output, error) = await MigrateAsync(url, "--check");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Equal(
            """
            SD4107: The database is not what the schema says:
              column log_lines.extra is not in the schema
              index of log_lines (extra) is not in the schema
              table schemadeploy_idempotency is missing
            It records this schema, so it was changed by other means: undo that, or bring it into the schema.

            """,
            error);
    }

    [Fact]
    public async Task In_production_the_application_is_ready_once_the_database_fits()
    {
        var server = await ServerAsync();
        var url = await server.CreateDatabaseAsync();
        if (provider == "sqlite")
        {
            // SQLite's server is the file system, and an application in production makes no file.
            await server.RunSqlAsync(url, "VACUUM;");
        }

        await using var app = new InProduction(url);
        await app.InitializeAsync();
        await ExpectAsync(app, HttpStatusCode.ServiceUnavailable, "The database is empty. Run the application's command 'migrate'.");

        await MigrateAsync(url);
        await ExpectAsync(app, HttpStatusCode.OK, null);

        await server.RunSqlAsync(url, "INSERT INTO schemadeploy_schema (id, version, snapshot, plan, done, is_finished) SELECT 2, 'later', snapshot, '', 0, is_finished FROM schemadeploy_schema;");
        await ExpectAsync(app, HttpStatusCode.OK, "The database has a later schema than the application.");

        await server.RunSqlAsync(url, "UPDATE schemadeploy_schema SET version = 'old';");
        await ExpectAsync(app, HttpStatusCode.ServiceUnavailable, "The database has another schema than the application. Run the application's command 'migrate'.");
    }

    private static async Task ExpectAsync(RunningApp app, HttpStatusCode status, string? detail)
    {
        foreach (var path in (string[])["/health", "/ready"])
        {
            var answer = await app.GetAsync(path);
            Assert.Equal(status, answer.Status);
            Assert.Equal(detail, answer.Json.TryGetProperty("detail", out var text) ? text.GetString() : null);
        }
    }

    // Connections of databases that no test uses any more are not kept.
    private Task<(int ExitCode, string Output, string Error)> MigrateAsync(string url, params string[] mode) =>
        CommandLine.RunAsync(["migrate", .. mode, $"--DATABASE_URL={url}{(provider == "sqlite" ? "" : "?Pooling=false")}", "--environment=Production"]);

    private async Task<string> ScriptAsync() => (await CommandLine.RunAsync("script", "--database", provider)).Output;

    private async Task<string> DumpOfScriptAsync(IDatabaseServer server)
    {
        var url = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(url, await ScriptAsync());
        return await server.DumpSchemaAsync(url);
    }

    private sealed class InProduction : RunningApp
    {
        private readonly string _url;

        public InProduction(string url)
        {
            _url = url;
            Arguments = ["--environment=Production"];
        }

        protected override Task<string> CreateDatabaseAsync() => Task.FromResult(_url);
    }
}

[Trait("Category", "Integration")]
public sealed class MigrateSqliteTests() : MigrateTests("sqlite")
{
    protected override Task<IDatabaseServer> ServerAsync() => Task.FromResult<IDatabaseServer>(SharedServers.Sqlite());
}

[Trait("Category", "Integration")]
public sealed class MigratePostgreSqlTests() : MigrateTests("postgres")
{
    protected override async Task<IDatabaseServer> ServerAsync() => await SharedServers.PostgreSqlAsync();
}

[Trait("Category", "Integration")]
public sealed class MigrateMariaDbTests() : MigrateTests("mysql")
{
    protected override async Task<IDatabaseServer> ServerAsync() => await SharedServers.MariaDbAsync();
}
