using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>Each row and then its record, which may name a number that the database has just given the row: on SQLite and MySQL.</summary>
internal sealed class TransactionInsert : RecordedInsert
{
    // More rows would keep other writers waiting, and gain little.
    private const int MostRows = 32;

    private readonly TableInsert _row, _record;

    private TransactionInsert(TableInsert row, TableInsert record, bool isSqlite) => (_row, _record, IsInTurn) = (row, record, isSqlite);

    public override int MostTogether => MostRows;

    public override bool IsInTurn { get; }

    /// <summary>The statements for a row and a record; null where one of them is more than a row of one table, or EF Core keeps a part of a record.</summary>
    public static TransactionInsert? Of(DbContext context, IEntityType row, IEntityType record) =>
        TableInsert.OfTracked(context, row) is { } rows && TableInsert.OfObjects(context, record) is { IsAllButNumber: true } records
            ? new(rows, records, context.IsSqlite())
            : null;

    public override bool Accepts(NewRow row) => row.IsKnown || (row.Unnumbered is { PropertyInfo: not null } key && key == _row.Number);

    public override async Task ExecuteAsync(DbContext context, IReadOnlyList<NewRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            row.Reset();
        }

        await using var transaction = await WriteTransaction.BeginAsync(context, serializable: false, cancellationToken);
        await using var patience = rows.Count > 1 && !IsInTurn ? await Patience.BeginAsync(context, cancellationToken) : null;
        foreach (var row in rows)
        {
            row.Number(await _row.WriteNumberedAsync(context, _row.Read(row.Entry), cancellationToken));
            await _record.WriteAsync(context, _record.Read(row.Describe()), cancellationToken);
            row.Complete();
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The time in which MySQL waits for locks of others: short where several requests would wait for those of one.</summary>
    private sealed class Patience(DbContext context) : IAsyncDisposable
    {
        public static async Task<Patience> BeginAsync(DbContext context, CancellationToken cancellationToken)
        {
            // It knows whole seconds.
            await context.Database.ExecuteSqlRawAsync("SET @patience = @@innodb_lock_wait_timeout, SESSION innodb_lock_wait_timeout = 1", cancellationToken);
            return new(context);
        }

        // The next one to use the connection waits as usual.
        public async ValueTask DisposeAsync()
        {
            try
            {
                await context.Database.ExecuteSqlRawAsync("SET SESSION innodb_lock_wait_timeout = @patience");
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException)
            {
                // A connection that is broken has no next one.
            }
        }
    }
}
