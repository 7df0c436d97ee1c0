using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>
/// The right to change the schema of a database server, which one process has at a time: replicas that start together
/// make the tables once. It ends with the connection, so nobody waits for a process that died.
/// </summary>
internal sealed class SchemaLock : IAsyncDisposable
{
    // Any number will do, as long as every version of the library uses it.
    // SQLite's transactions lock the whole file as it is.
    private static readonly ProviderSql s_take = new(
        Sqlite: null,
        PostgreSql: "SELECT pg_advisory_lock(7203467)",
        MySql: "DO GET_LOCK('schemadeploy', 600)",
        SqlServer: "EXEC sp_getapplock @Resource = 'schemadeploy', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 600000");

    private static readonly ProviderSql s_release = new(
        Sqlite: null,
        PostgreSql: "SELECT pg_advisory_unlock(7203467)",
        MySql: "DO RELEASE_LOCK('schemadeploy')",
        SqlServer: "EXEC sp_releaseapplock @Resource = 'schemadeploy', @LockOwner = 'Session'");

    private readonly DbContext _database;

    private SchemaLock(DbContext database) => _database = database;

    /// <summary>Waits for the turn; the connection stays open until the lock is disposed.</summary>
    public static async Task<SchemaLock> TakeAsync(DbContext database, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        if (s_take.For(database.Database) is { } sql)
        {
            await database.Database.ExecuteSqlRawAsync(sql, cancellationToken);
        }

        return new SchemaLock(database);
    }

    public async ValueTask DisposeAsync()
    {
        if (s_release.For(_database.Database) is { } sql)
        {
            await _database.Database.ExecuteSqlRawAsync(sql);
        }

        await _database.Database.CloseConnectionAsync();
    }
}
