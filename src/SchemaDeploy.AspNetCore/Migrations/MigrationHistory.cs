using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>What a database records of its migrations.</summary>
internal sealed class MigrationHistory(DbContext database)
{
    /// <summary>What it was brought to last, or is being brought to; null where it records nothing.</summary>
    public async Task<SchemaRecord?> FindLastAsync(CancellationToken cancellationToken) => await HasTableAsync()
        ? await SchemaRecord.Schemas(database).AsNoTracking().FirstOrDefaultAsync(cancellationToken)
        : null;

    /// <summary>The same; null where the database is empty.</summary>
    /// <exception cref="UnrecordedSchemaException">It has tables that others made.</exception>
    public async Task<SchemaRecord?> ReadLastAsync(CancellationToken cancellationToken)
    {
        if (!await database.GetService<IRelationalDatabaseCreator>().HasTablesAsync(cancellationToken))
        {
            return null;
        }

        // Without a row, a migration was broken off before it could write one.
        return await FindLastAsync(cancellationToken) ?? (await HasTableAsync() ? null : throw new UnrecordedSchemaException());
    }

    /// <summary>Writes a record, in the place of the one of its number. A finished one ends an earlier failure.</summary>
    public async Task SaveAsync(SchemaRecord record, CancellationToken cancellationToken)
    {
        record.RecordedAt = DateTime.UtcNow;
        var isThere = await database.Set<SchemaRecord>().AnyAsync(other => other.Id == record.Id, cancellationToken);
        database.Entry(record).State = isThere ? EntityState.Modified : EntityState.Added;
        await database.SaveChangesAsync(cancellationToken);
        database.Entry(record).State = EntityState.Detached;
        if (record.IsFinished)
        {
            await DropFailureAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Writes down that a migration failed, for the replicas that go on serving to tell of. A database that cannot be written
    /// to, or has no table for it yet, does without.
    /// </summary>
    /// <param name="version">What the database was to be brought to.</param>
    /// <param name="reason">What the operator was told.</param>
    public async Task SaveFailureAsync(string version, string reason)
    {
        // What was not saved is not to be saved now.
        database.ChangeTracker.Clear();
        try
        {
            if (await HasTableAsync())
            {
                await SaveAsync(new SchemaRecord { Id = SchemaRecord.FailureId, Version = version, Plan = reason }, CancellationToken.None);
            }
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            // The failure itself is what counts, and most likely the reason for this one.
        }
    }

    /// <summary>Has an earlier failure forgotten: the database has the schema that was wanted last.</summary>
    public Task DropFailureAsync(CancellationToken cancellationToken) =>
        database.Set<SchemaRecord>().Where(record => record.Id == SchemaRecord.FailureId).ExecuteDeleteAsync(cancellationToken);

    private Task<bool> HasTableAsync() => database.HasTableAsync(database.GetService<ISqlGenerationHelper>().DelimitIdentifier(SchemaRecord.Table));
}
