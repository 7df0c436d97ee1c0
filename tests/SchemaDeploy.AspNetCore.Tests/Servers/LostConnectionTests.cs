using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Servers;

/// <summary>Connections that end while nobody uses them. An application of another test that ends closes all connections.</summary>
[Collection("alone")]
[Trait("Category", "Integration")]
public sealed class LostConnectionTests
{
    private const int Requests = 20;

    [Fact]
    public Task PostgreSql_may_end_idle_connections() => EndAsync(
        PostgreSqlServer.WhyMissing,
        () => new PostgreSqlServer(),
        (server, url) => server.RunSqlAsync(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();"));

    [Fact]
    public Task MariaDb_may_end_idle_connections() => EndAsync(
        MariaDbServer.WhyMissing,
        () => new MariaDbServer(),
        async (server, url) =>
        {
            var kills = await server.RunSqlAsync(url, "SELECT concat('KILL ', id, ';') FROM information_schema.processlist WHERE db = database() AND id <> connection_id();");
            await server.RunSqlAsync(url, kills);
            return kills;
        });

    [Fact]
    public async Task A_connection_without_a_session_of_its_own_is_used_unasked()
    {
        Assert.SkipWhen(PostgreSqlServer.WhyMissing is not null, PostgreSqlServer.WhyMissing ?? "");
        await using var server = new PostgreSqlServer();
        await server.StartAsync();
        await using var app = new AppAt(await server.CreateDatabaseAsync() + "?Multiplexing=true");
        await app.InitializeAsync();
        await ExpectAllAsync(app);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        await ExpectAllAsync(app);
    }

    // End: ends all sessions, and tells of each.
    private static async Task EndAsync<TServer>(string? whyMissing, Func<TServer> make, Func<TServer, string, Task<string>> end)
        where TServer : TestServer, IDatabaseServer
    {
        Assert.SkipWhen(whyMissing is not null, whyMissing ?? "");
        await using var server = make();
        await server.StartAsync();
        await using var app = new AppAt(await server.CreateDatabaseAsync());
        await app.InitializeAsync();
        await ExpectAllAsync(app);

        // For as long as an idle connection is not asked, and a little more.
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        Assert.NotEmpty((await end(server, app.DatabaseUrl)).Trim());
        await ExpectAllAsync(app);

        // At once, the first that fails has all others asked.
        Assert.NotEmpty((await end(server, app.DatabaseUrl)).Trim());
        for (var i = 0; i < 2; i++)
        {
            await app.GetAsync("/api/people");
        }

        await ExpectAllAsync(app);
    }

    private static async Task ExpectAllAsync(RunningApp app) => Assert.All(
        await Task.WhenAll(Enumerable.Repeat("/api/people", Requests).Select(app.GetAsync)),
        answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
}
