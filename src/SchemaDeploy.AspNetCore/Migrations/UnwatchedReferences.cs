using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>
/// Keeps SQLite from acting on references while tables are made anew: it would delete the rows that refer to those of a
/// dropped table. To be begun outside of a transaction; the rows that references are added to are checked before.
/// </summary>
internal sealed class UnwatchedReferences : IAsyncDisposable
{
    private readonly DbContext? _database;

    private UnwatchedReferences(DbContext? database) => _database = database;

    public static async Task<UnwatchedReferences> BeginAsync(DbContext database, CancellationToken cancellationToken)
    {
        if (!database.IsSqlite())
        {
            return new UnwatchedReferences(null);
        }

        await database.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF", cancellationToken);
        return new UnwatchedReferences(database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = ON");
        }
    }
}
