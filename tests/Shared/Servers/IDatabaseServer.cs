namespace SchemaDeploy.Tests.Servers;

/// <summary>A server that keeps databases.</summary>
public interface IDatabaseServer
{
    /// <summary>Makes an empty database and gives its DATABASE_URL.</summary>
    Task<string> CreateDatabaseAsync();

    /// <summary>Removes a database, even if connections to it are open.</summary>
    Task DropDatabaseAsync(string databaseUrl);

    /// <summary>Runs statements by the database's own client, which must all succeed, and gives what they print.</summary>
    Task<string> RunSqlAsync(string databaseUrl, string sql);

    /// <summary>What the database consists of, in the words of its own tools.</summary>
    Task<string> DumpSchemaAsync(string databaseUrl);
}
