using SchemaDeploy.Tests;
using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace SchemaDeploy.AspNetCore.Tests.Servers;

/// <summary>The servers that other tests stand on.</summary>
[Trait("Category", "Integration")]
public sealed class ServerTests
{
    [Fact]
    public async Task PostgreSql_keeps_what_was_committed_when_it_is_killed()
    {
        Assert.SkipWhen(PostgreSqlServer.WhyMissing is not null, PostgreSqlServer.WhyMissing ?? "");
        await KillAsync(new PostgreSqlServer());
    }

    [Fact]
    public async Task MariaDb_keeps_what_was_committed_when_it_is_killed()
    {
        Assert.SkipWhen(MariaDbServer.WhyMissing is not null, MariaDbServer.WhyMissing ?? "");
        await KillAsync(new MariaDbServer());
    }

    [Fact]
    public async Task Redis_comes_back_empty_when_it_was_killed()
    {
        Assert.SkipWhen(RedisServer.WhyMissing is not null, RedisServer.WhyMissing ?? "");
        await using var server = new RedisServer();
        await server.StartAsync();
        Assert.Equal("OK\n", await RedisAsync(server, "SET", "key", "value"));
        server.Kill();
        await server.StartAsync();
        Assert.Equal("\n", await RedisAsync(server, "GET", "key"));
    }

    private static async Task<string> RedisAsync(RedisServer server, params string[] command) =>
        (await Command.RunAsync("redis-cli", ["-u", server.Url, .. command])).Output;

    private static async Task KillAsync<TServer>(TServer server)
        where TServer : TestServer, IDatabaseServer
    {
        await using var _ = server;
        await server.StartAsync();
        var url = await server.CreateDatabaseAsync();
        await server.RunSqlAsync(url, "CREATE TABLE kept (number int PRIMARY KEY); INSERT INTO kept VALUES (42);");
        server.Kill();
        await server.StartAsync();
        Assert.Equal("42\n", await server.RunSqlAsync(url, "SELECT number FROM kept;"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.RunSqlAsync(url, "SELECT nothing FROM kept; SELECT 1;"));
    }
}
