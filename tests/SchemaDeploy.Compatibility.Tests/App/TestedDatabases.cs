using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace SchemaDeploy.Compatibility.Tests.App;

/// <summary>New empty databases for apps to be tried on; a test is skipped where one of the servers is not installed.</summary>
internal static class TestedDatabases
{
    public static async Task<IReadOnlyList<AppDatabase>> CreateAllAsync() =>
    [
        await CreateSqliteAsync(),
        await CreateAsync("postgres", await SharedServers.PostgreSqlAsync()),
        await CreateAsync("mysql", await SharedServers.MariaDbAsync()),
    ];

    public static Task<AppDatabase> CreateSqliteAsync() => CreateAsync("sqlite", SharedServers.Sqlite());

    private static async Task<AppDatabase> CreateAsync(string provider, IDatabaseServer server) =>
        new(provider, server, await server.CreateDatabaseAsync());
}
