using System.Collections.Concurrent;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// The transaction of one write, or a part in the one that the caller has open, so that services can be called from
/// hooks and from each other.
/// </summary>
internal sealed class WriteTransaction : IAsyncDisposable
{
    // SQLite has one writer at a time. Those of this process wait here in line instead of each blocking a thread and
    // asking again and again.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_sqliteWriters = new(StringComparer.Ordinal);

    private readonly IDbContextTransaction? _own;
    private SemaphoreSlim? _turn;

    private WriteTransaction(IDbContextTransaction? own, SemaphoreSlim? turn)
    {
        _own = own;
        _turn = turn;
    }

    /// <summary>Begins a transaction, serializable where what was read must still hold when it is written.</summary>
    public static async Task<WriteTransaction> BeginAsync(DbContext database, bool serializable, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is not null)
        {
            return new WriteTransaction(null, null);
        }

        // Nothing is tried a second time within a transaction, so nothing has to be undone in part.
        database.Database.AutoSavepointsEnabled = false;
        var turn = database.Database.ProviderName == ProviderSql.SqliteName
            ? s_sqliteWriters.GetOrAdd(database.Database.GetConnectionString() ?? "", static _ => new SemaphoreSlim(1, 1))
            : null;
        if (turn is not null)
        {
            await turn.WaitAsync(cancellationToken);
        }

        try
        {
            var own = serializable
                ? await database.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken)
                : await database.Database.BeginTransactionAsync(cancellationToken);
            return new WriteTransaction(own, turn);
        }
        catch
        {
            turn?.Release();
            throw;
        }
    }

    /// <summary>Keeps what was written.</summary>
    public Task CommitAsync(CancellationToken cancellationToken) => _own?.CommitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Undoes what was written; the caller's transaction is left for the caller to end.</summary>
    public Task RollbackAsync() => _own?.RollbackAsync(CancellationToken.None) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_own is not null)
            {
                await _own.DisposeAsync();
            }
        }
        finally
        {
            Interlocked.Exchange(ref _turn, null)?.Release();
        }
    }
}
