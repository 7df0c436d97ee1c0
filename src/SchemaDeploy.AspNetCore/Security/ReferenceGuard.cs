using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>A reference that is looked at before a row is written, because the foreign key would let too much pass.</summary>
/// <typeparam name="TEntity">The entity that refers.</typeparam>
/// <param name="fields">The JSON names of the fields that hold the reference.</param>
/// <param name="key">What an entity refers to; null where it refers to nothing.</param>
/// <param name="target">The entity referred to.</param>
public abstract class ReferenceGuard<TEntity>(IReadOnlyList<string> fields, Func<TEntity, object?> key, Type target)
{
    /// <summary>Whether also ADMIN and the application itself may not make it.</summary>
    internal virtual bool BindsEverybody => false;

    /// <summary>What <paramref name="entity"/> refers to; null for nothing.</summary>
    internal object? KeyOf(TEntity entity) => key(entity);

    /// <summary>Refuses references that the caller may not make.</summary>
    /// <param name="database">The unit of work.</param>
    /// <param name="caller">Who writes.</param>
    /// <param name="references">What the rows refer to, in their order.</param>
    /// <param name="isBatch">Whether messages name the row's position.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ApiException">422.</exception>
    internal async Task CheckAsync(
        DbContext database, Caller caller, IReadOnlyList<object?> references, bool isBatch, CancellationToken cancellationToken)
    {
        var keys = references.OfType<object>().Distinct().ToList();
        if (keys.Count == 0 || await AdmitsAsync(database, caller, keys, cancellationToken))
        {
            return;
        }

        while (keys.Count > 1)
        {
            // By halves to the one that is refused.
            var half = keys[..(keys.Count / 2)];
            keys = await AdmitsAsync(database, caller, half, cancellationToken) ? keys[half.Count..] : half;
        }

        var prefix = isBatch ? Validator.PrefixOf(Enumerable.Range(0, references.Count).First(i => keys[0].Equals(references[i]))) : "";
        throw BrokenReference.Refusal(fields.Select(field => prefix + field), database.Model.FindEntityType(target)?.GetTableName());
    }

    /// <summary>Whether the caller may refer to all of <paramref name="keys"/>, of which none is there twice.</summary>
    private protected abstract Task<bool> AdmitsAsync(
        DbContext database, Caller caller, IReadOnlyList<object> keys, CancellationToken cancellationToken);
}

/// <summary>
/// A reference to rows that are not everybody's: a row may refer only to what its writer may see. Other people's rows
/// are refused in the words for rows that do not exist, so that nothing is found out about them.
/// </summary>
/// <typeparam name="TEntity">The entity that refers.</typeparam>
/// <typeparam name="TTarget">The entity referred to.</typeparam>
/// <typeparam name="TKey">The foreign key's value; a tuple for several columns.</typeparam>
/// <param name="fields">The JSON names of the fields that hold the reference.</param>
/// <param name="key">The foreign key of an entity, a TKey; null where it refers to nothing.</param>
/// <param name="match">The rows that have one of the keys.</param>
/// <param name="grant">Who may refer to which rows; asked when it is needed, as two services may name each other here.</param>
/// <param name="isOwnedBy">The rows that are a caller's own.</param>
public sealed class ReferenceGuard<TEntity, TTarget, TKey>(
    IReadOnlyList<string> fields,
    Func<TEntity, object?> key,
    Func<IReadOnlyList<TKey>, Expression<Func<TTarget, bool>>> match,
    Func<Grant> grant,
    Func<Caller, Expression<Func<TTarget, bool>>> isOwnedBy)
    : ReferenceGuard<TEntity>(fields, key, typeof(TTarget))
    where TTarget : class
{
    private protected override async Task<bool> AdmitsAsync(
        DbContext database, Caller caller, IReadOnlyList<object> keys, CancellationToken cancellationToken) => grant().Admit(caller) switch
        {
            Admission.AllRows => true,
            Admission.OwnRows => await database.Set<TTarget>()
                .Where(match(keys.Cast<TKey>().ToList()))
                .Where(isOwnedBy(caller))
                .CountAsync(cancellationToken) == keys.Count,
            _ => false,
        };
}

/// <summary>A reference to rows that are marked when they are deleted: nobody may refer to one that is.</summary>
/// <typeparam name="TEntity">The entity that refers.</typeparam>
/// <typeparam name="TTarget">The entity referred to.</typeparam>
/// <typeparam name="TKey">The foreign key's value; a tuple for several columns.</typeparam>
/// <param name="fields">The JSON names of the fields that hold the reference.</param>
/// <param name="key">The foreign key of an entity, a TKey; null where it refers to nothing.</param>
/// <param name="match">The rows that have one of the keys.</param>
public sealed class MarkedReferenceGuard<TEntity, TTarget, TKey>(
    IReadOnlyList<string> fields, Func<TEntity, object?> key, Func<IReadOnlyList<TKey>, Expression<Func<TTarget, bool>>> match)
    : ReferenceGuard<TEntity>(fields, key, typeof(TTarget))
    where TTarget : class
{
    internal override bool BindsEverybody => true;

    private protected override async Task<bool> AdmitsAsync(
        DbContext database, Caller caller, IReadOnlyList<object> keys, CancellationToken cancellationToken) =>
        await database.Set<TTarget>().CountAsync(match(keys.Cast<TKey>().ToList()), cancellationToken) == keys.Count;
}
