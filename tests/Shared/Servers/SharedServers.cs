using System.Collections.Concurrent;

namespace SchemaDeploy.Tests.Servers;

/// <summary>
/// The servers of a test run, each started when a test first asks for it and stopped after the last one. A test whose
/// server is not installed is skipped. Name it in the test project: <c>[assembly: AssemblyFixture(typeof(SharedServers))]</c>.
/// </summary>
public sealed class SharedServers : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<TestServer>>> s_servers = new();

    private static readonly Lazy<SqliteFiles> s_sqlite = new();

    public static SqliteFiles Sqlite()
    {
        Assert.SkipWhen(SqliteFiles.WhyMissing is not null, SqliteFiles.WhyMissing ?? "");
        return s_sqlite.Value;
    }

    public static Task<PostgreSqlServer> PostgreSqlAsync() => GetAsync<PostgreSqlServer>(PostgreSqlServer.WhyMissing);

    public static Task<MariaDbServer> MariaDbAsync() => GetAsync<MariaDbServer>(MariaDbServer.WhyMissing);

    public static Task<RedisServer> RedisAsync() => GetAsync<RedisServer>(RedisServer.WhyMissing);

    public async ValueTask DisposeAsync()
    {
        if (s_sqlite.IsValueCreated)
        {
            s_sqlite.Value.Dispose();
        }

        foreach (var server in s_servers.Values.Where(server => server.IsValueCreated && server.Value.IsCompletedSuccessfully))
        {
            await (await server.Value).DisposeAsync();
        }
    }

    private static async Task<TServer> GetAsync<TServer>(string? whyMissing)
        where TServer : TestServer, new()
    {
        Assert.SkipWhen(whyMissing is not null, whyMissing ?? "");
        return (TServer)await s_servers.GetOrAdd(typeof(TServer), _ => new Lazy<Task<TestServer>>(StartAsync<TServer>)).Value;
    }

    private static async Task<TestServer> StartAsync<TServer>()
        where TServer : TestServer, new()
    {
        var server = new TServer();
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }
}
