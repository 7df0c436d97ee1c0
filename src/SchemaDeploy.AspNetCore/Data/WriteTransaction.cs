using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// The transaction of one write, or a part of the one that the caller has open, so that services can be called from
/// hooks and from each other. A part can be undone alone.
/// </summary>
internal sealed class WriteTransaction : IAsyncDisposable
{
    // SQLite has one writer at a time. Those of this process wait here in line instead of each blocking a thread and
    // asking again and again.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_sqliteWriters = new(StringComparer.Ordinal);

    private static long s_parts;

    // Null where the database makes a transaction of the save by itself.
    private readonly IDbContextTransaction? _transaction;

    private readonly DbContext _database;
    private readonly AutoTransactionBehavior _usual;
    private readonly bool _detects;

    // Where this part of the caller's transaction begins; null where the transaction is its own.
    private readonly string? _savepoint;
    private SemaphoreSlim? _turn;

    // How often a write is tried that the database gives up in favour of others.
    private const int Attempts = 6;

    private WriteTransaction(DbContext database, IDbContextTransaction? transaction, string? savepoint, SemaphoreSlim? turn) =>
        (_database, _usual, _detects, _transaction, _savepoint, _turn) =
            (database, database.Database.AutoTransactionBehavior, database.ChangeTracker.AutoDetectChangesEnabled, transaction, savepoint, turn);

    /// <summary>Whether it is one save, and no code of the application's own runs after it.</summary>
    public bool IsOneSave => _transaction is null;

    /// <summary>Whether it is a part of the caller's.</summary>
    public bool IsPart => _savepoint is not null;

    /// <summary>
    /// Runs <paramref name="write"/>, which begins and commits a transaction, and runs it anew where the database gave it
    /// up in favour of another one. Where it is a part of the caller's work, that is lost as a whole, and it runs once.
    /// </summary>
    public static async Task<T> RetryAsync<T>(DbContext database, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        var isPart = database.Database.CurrentTransaction is not null || database.ChangeTracker.Entries().Any();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (Exception exception) when (!isPart
                && attempt < Attempts
                && DatabaseError.Find(exception)?.Kind == DatabaseErrorKind.Conflict)
            {
                // What the attempt read and changed is as lost as its transaction.
                database.ChangeTracker.Clear();
                await Task.Delay(Random.Shared.Next(10 << attempt), cancellationToken);
            }
        }
    }

    /// <summary>Begins a transaction, serializable where what was read must still hold when it is written.</summary>
    public static async Task<WriteTransaction> BeginAsync(DbContext database, bool serializable, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is { } callers)
        {
            var savepoint = string.Create(CultureInfo.InvariantCulture, $"part{Interlocked.Increment(ref s_parts)}");
            await callers.CreateSavepointAsync(savepoint, cancellationToken);
            return new WriteTransaction(database, callers, savepoint, null);
        }

        // Nothing is tried a second time within a transaction, so nothing has to be undone in part.
        database.Database.AutoSavepointsEnabled = false;
        var turn = database.IsSqlite()
            ? s_sqliteWriters.GetOrAdd(database.Database.GetConnectionString() ?? "", static _ => new SemaphoreSlim(1, 1))
            : null;
        if (turn is not null)
        {
            await turn.WaitAsync(cancellationToken);
        }

        try
        {
            // Named also where it is the default of most: MySQL's own default locks gaps between rows, and writers deadlock.
            var own = await database.Database.BeginTransactionAsync(
                serializable ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted, cancellationToken);
            return new WriteTransaction(database, own, null, turn);
        }
        catch
        {
            turn?.Release();
            throw;
        }
    }

    /// <summary>Lets the one save that follows be the transaction; see <see cref="OneSave"/>.</summary>
    public static WriteTransaction OfOneSave(DbContext database)
    {
        var save = new WriteTransaction(database, null, null, null);
        database.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        // The new row is all that there is to save, and known as new.
        database.ChangeTracker.AutoDetectChangesEnabled = false;
        return save;
    }

    /// <summary>Keeps what was written; a part is kept when the caller's transaction is.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) =>
        _savepoint is null && _transaction is { } own ? own.CommitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Undoes what was written; the rest of the caller's transaction is left for the caller to end.</summary>
    public async Task RollbackAsync()
    {
        if (_transaction is null)
        {
            return;
        }

        if (_savepoint is not { } savepoint)
        {
            await _transaction.RollbackAsync(CancellationToken.None);
            return;
        }

        try
        {
            await _transaction.RollbackToSavepointAsync(savepoint, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // The database has given up the whole transaction, as MySQL does where two wait for each other: it says so
            // itself, or the provider has noticed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_transaction is null)
            {
                _database.Database.AutoTransactionBehavior = _usual;
                _database.ChangeTracker.AutoDetectChangesEnabled = _detects;
            }
            else if (_savepoint is null)
            {
                await _transaction.DisposeAsync();
            }
        }
        finally
        {
            Interlocked.Exchange(ref _turn, null)?.Release();
        }
    }
}
