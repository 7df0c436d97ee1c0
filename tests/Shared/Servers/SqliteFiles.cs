namespace SchemaDeploy.Tests.Servers;

/// <summary>SQLite's files in a folder of the tests' own.</summary>
public sealed class SqliteFiles : IDatabaseServer, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
    private int _databases;

    public static string? WhyMissing => Command.Exists("sqlite3") ? null : "SQLite's command line is not installed (Debian package sqlite3).";

    public Task<string> CreateDatabaseAsync() =>
        Task.FromResult($"sqlite:{Path.Combine(_folder, $"test{Interlocked.Increment(ref _databases)}.db")}");

    public Task DropDatabaseAsync(string databaseUrl)
    {
        File.Delete(databaseUrl["sqlite:".Length..]);
        return Task.CompletedTask;
    }

    public Task<string> RunSqlAsync(string databaseUrl, string sql) => RunAsync(databaseUrl, sql);

    public Task<string> DumpSchemaAsync(string databaseUrl) => RunAsync(databaseUrl, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name;");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<string> RunAsync(string databaseUrl, string input)
    {
        var result = await Command.RunAsync("sqlite3", ["-bail", databaseUrl["sqlite:".Length..]], input);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException(result.Error);
    }
}
