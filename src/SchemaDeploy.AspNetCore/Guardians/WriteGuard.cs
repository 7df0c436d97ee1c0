using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>Judges the writes of one service by the rules of the schema and the guardians of the application.</summary>
/// <param name="database">The unit of work.</param>
/// <param name="caller">On whose behalf the writes are made.</param>
/// <param name="rules">The rules of the schema.</param>
/// <param name="guardians">Rules of the application's own.</param>
internal sealed class WriteGuard<TEntity>(
    DbContext database, Caller caller, Action<PendingWrite<TEntity>> rules, IReadOnlyList<IGuardian<TEntity>> guardians)
    where TEntity : class
{
    /// <summary>Refuses the writes that break a rule.</summary>
    /// <param name="kind">What is done with the rows.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="ownRows">How many rows are the caller's own already.</param>
    /// <param name="isBatch">Whether messages name the row's position.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ApiException">422.</exception>
    public async Task CheckAsync(WriteKind kind, IReadOnlyList<TEntity> rows, int ownRows, bool isBatch, CancellationToken cancellationToken)
    {
        var now = database.GetService<TimeProvider>().GetUtcNow().UtcDateTime;
        var refusals = new Refusals();
        for (var i = 0; i < rows.Count; i++)
        {
            var entry = database.Entry(rows[i]);
            if (kind != WriteKind.Delete)
            {
                // Rules see what will be stored, times of creation and change included.
                ServerValueInterceptor.SetValues(entry, now);
            }

            var write = new PendingWrite<TEntity>(refusals, isBatch ? i : null)
            {
                Kind = kind,
                Row = rows[i],
                Old = kind == WriteKind.Update ? (TEntity)entry.OriginalValues.ToObject() : null,
                Caller = caller,
                Now = now,
                OwnCount = ownRows + i,
            };
            Judge(write);
            foreach (var guardian in guardians)
            {
                await guardian.CheckAsync(write, cancellationToken);
            }
        }

        refusals.ThrowIfAny();
    }

    // What cannot be computed is not let pass: a number too large to multiply, a time beyond the calendar.
    private void Judge(PendingWrite<TEntity> write)
    {
        try
        {
            rules(write);
        }
        catch (Exception exception) when (exception is ArithmeticException or ArgumentOutOfRangeException or RegexMatchTimeoutException)
        {
            write.Refuse("A value of the row is too large for its rules to be judged.");
        }
    }
}
