using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Reads, creates, changes and deletes the rows of one table. Every write is one transaction: the row, what hooks add
/// to the context, and what they do after it is saved are kept or lost together.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The key; a tuple for several columns.</typeparam>
/// <typeparam name="TCreate">The request that creates a row.</typeparam>
/// <typeparam name="TUpdate">The request that replaces a row's fields.</typeparam>
/// <typeparam name="TResponse">What clients see of a row.</typeparam>
/// <param name="database">The unit of work.</param>
/// <param name="caller">On whose behalf the work is done.</param>
/// <param name="access">Who may do what.</param>
/// <param name="guardians">What judges writes beside the rules of the schema.</param>
public abstract class ResourceService<TEntity, TKey, TCreate, TUpdate, TResponse>(
    DbContext database, Caller caller, ResourceAccess access, IEnumerable<IGuardian<TEntity>> guardians)
    : KeyedReader<TEntity, TKey, TResponse>(database, caller, access)
    where TEntity : class
    where TKey : notnull
    where TCreate : IValidatable
    where TUpdate : IValidatable
{
    /// <summary>The most rows that one batch may create.</summary>
    public const int MaximumBatch = 1000;

    private readonly IReadOnlyList<IGuardian<TEntity>> _guardians = [.. guardians];

    /// <summary>Whether the schema has rules about rows of the table.</summary>
    protected virtual bool HasRules => false;

    /// <summary>The caller's row among the users, where rules count the caller's own rows; null where none does.</summary>
    protected virtual IQueryable<object>? CallerRow => null;

    private bool IsGuarded => HasRules || _guardians.Count > 0;

    /// <summary>References that are looked at before a row is written.</summary>
    protected virtual IReadOnlyList<ReferenceGuard<TEntity>> GuardedReferences => [];

    /// <summary>Creates one row.</summary>
    /// <exception cref="ApiException">400, 401, 403, 409, 422 or 429: the row cannot be created as it stands, or not by the caller.</exception>
    public async Task<TResponse> CreateAsync(TCreate request, CancellationToken cancellationToken = default)
    {
        RequireCreate();
        GuardFields(request, "");
        var validator = new Validator();
        Validate(request, validator);
        validator.ThrowIfInvalid();
        var created = await InsertAsync([request], isBatch: false, cancellationToken);
        return ToResponse(created[0]);
    }

    /// <summary>Creates all rows or none.</summary>
    /// <exception cref="ApiException">400, 401, 403, 409, 422 or 429: a row cannot be created as it stands, or not by the caller.</exception>
    public async Task<List<TResponse>> CreateAsync(IReadOnlyList<TCreate> requests, CancellationToken cancellationToken = default)
    {
        RequireCreate();
        var validator = new Validator();
        validator.Check("items", requests.Count is > 0 and <= MaximumBatch, $"must have 1 to {MaximumBatch} entries");
        for (var i = 0; i < requests.Count && requests.Count <= MaximumBatch; i++)
        {
            GuardFields(requests[i], Validator.PrefixOf(i));
            Validate(requests[i], validator.Item(i));
        }

        validator.ThrowIfInvalid();
        return (await InsertAsync(requests, isBatch: true, cancellationToken)).ConvertAll(ToResponse);
    }

    /// <summary>Changes a row.</summary>
    /// <param name="key">The row.</param>
    /// <param name="change">From the row's present fields to its new ones.</param>
    /// <param name="precondition">Whether the row is still what the caller last saw; null where the caller does not care.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ApiException">400, 401, 403, 404, 409, 412 or 422: the row cannot be changed so, or not by the caller.</exception>
    public Task<TResponse> UpdateAsync(
        TKey key, Func<TUpdate, TUpdate> change, Func<TResponse, bool>? precondition = null, CancellationToken cancellationToken = default) =>
        WriteTransaction.RetryAsync(Database, () => TryUpdateAsync(key, change, precondition, cancellationToken), cancellationToken);

    /// <summary>Deletes a row.</summary>
    /// <param name="key">The row.</param>
    /// <param name="precondition">Whether the row is still what the caller last saw; null where the caller does not care.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="ApiException">401, 403, 404, 409 or 412: the row cannot be deleted, or not by the caller.</exception>
    public Task DeleteAsync(TKey key, Func<TResponse, bool>? precondition = null, CancellationToken cancellationToken = default) =>
        WriteTransaction.RetryAsync(Database, () => TryDeleteAsync(key, precondition, cancellationToken), cancellationToken);

    /// <summary>A new entity with the fields of <paramref name="request"/>.</summary>
    protected abstract TEntity ToEntity(TCreate request);

    /// <summary>The fields of <paramref name="entity"/> that an update may change.</summary>
    protected abstract TUpdate ToUpdate(TEntity entity);

    /// <summary>Puts the fields of <paramref name="request"/> into <paramref name="entity"/>.</summary>
    protected abstract void Apply(TEntity entity, TUpdate request);

    /// <summary>Names to <paramref name="guard"/> the fields of a new row that only ADMIN may set.</summary>
    protected virtual void GuardFields(TCreate request, FieldGuard guard)
    {
    }

    /// <summary>Names to <paramref name="guard"/> the fields that only ADMIN may change.</summary>
    protected virtual void GuardFields(TEntity entity, TUpdate request, FieldGuard guard)
    {
    }

    /// <summary>Judges a write by the rules of the schema.</summary>
    protected virtual void CheckRules(PendingWrite<TEntity> write)
    {
    }

    /// <summary>Called before a new row is saved.</summary>
    protected virtual void Creating(TEntity entity, TCreate request)
    {
    }

    /// <summary>Called when a new row is saved and its transaction is still open.</summary>
    protected virtual void Created(TEntity entity)
    {
    }

    /// <summary>Called before a changed row is saved.</summary>
    protected virtual void Updating(TEntity entity, TUpdate request)
    {
    }

    /// <summary>Called when a changed row is saved and its transaction is still open.</summary>
    protected virtual void Updated(TEntity entity)
    {
    }

    /// <summary>Called before a row is deleted.</summary>
    protected virtual void Deleting(TEntity entity)
    {
    }

    /// <summary>Called when a row is deleted and its transaction is still open.</summary>
    protected virtual void Deleted(TEntity entity)
    {
    }

    private protected virtual void Validate(TCreate request, Validator validator) => request.Validate(validator);

    private protected virtual void Validate(TUpdate request, Validator validator) => request.Validate(validator);

    /// <summary>Does what takes its time for a new row, before the transaction begins.</summary>
    private protected virtual Task PrepareAsync(TCreate request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts into a new row what its request does not say in the row's own terms.</summary>
    private protected virtual void Complete(TEntity entity, TCreate request)
    {
    }

    /// <summary>Puts into a changed row what its request does not say in the row's own terms.</summary>
    private protected virtual Task CompleteAsync(TEntity entity, TUpdate request, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A new row is saved and has its key; its transaction is still open.</summary>
    private protected virtual void Inserted(TEntity entity, TCreate request)
    {
    }

    /// <summary>A row is deleted, and its transaction is still open.</summary>
    private protected virtual Task RemovedAsync(TEntity entity, CancellationToken cancellationToken) => Task.CompletedTask;

    private protected async Task<List<TEntity>> InsertAsync(IReadOnlyList<TCreate> requests, bool isBatch, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            await PrepareAsync(request, cancellationToken);
        }

        return await WriteTransaction.RetryAsync(Database, () => TryInsertAsync(requests, isBatch, cancellationToken), cancellationToken);
    }

    private async Task<List<TEntity>> TryInsertAsync(IReadOnlyList<TCreate> requests, bool isBatch, CancellationToken cancellationToken)
    {
        await using var transaction = !isBatch && IsOneSave
            ? WriteTransaction.OfOneSave(Database)
            : await WriteTransaction.BeginAsync(Database, serializable: false, cancellationToken);
        var created = requests.Select(ToEntity).ToList();
        foreach (var reference in BindingReferences)
        {
            await reference.CheckAsync(Database, Caller, created.ConvertAll(reference.KeyOf), isBatch, cancellationToken);
        }

        var entities = new List<TEntity>(requests.Count);
        foreach (var (entity, request) in created.Zip(requests))
        {
            Complete(entity, request);
            Creating(entity, request);
            try
            {
                Database.Add(entity);
            }
            catch (InvalidOperationException) when (isBatch)
            {
                KeyValues.ThrowIfRepeated(Database, entity, entities);
                throw;
            }

            entities.Add(entity);
        }

        await GuardAsync(WriteKind.Create, entities, isBatch, cancellationToken);
        await DuplicateCheck.ThrowIfRepeatedAsync(Database, entities, isBatch, cancellationToken);
        await SaveAsync(transaction, isBatch ? entities : null, cancellationToken);
        foreach (var (entity, request) in entities.Zip(requests))
        {
            Inserted(entity, request);
            Created(entity);
        }

        await CommitAsync(transaction, cancellationToken);
        return entities;
    }

    private async Task<TResponse> TryUpdateAsync(
        TKey key, Func<TUpdate, TUpdate> change, Func<TResponse, bool>? precondition, CancellationToken cancellationToken)
    {
        // A precondition holds only if nobody changes the row between the check and the write.
        await using var transaction = await WriteTransaction.BeginAsync(Database, serializable: precondition is not null, cancellationToken);
        var entity = await FindAsync(transaction, key, Rights.Update, precondition, cancellationToken);
        var request = change(ToUpdate(entity));
        GuardFields(entity, request);
        var validator = new Validator();
        Validate(request, validator);
        validator.ThrowIfInvalid();
        var keys = KeyValues.Of(Database, entity);
        var references = BindingReferences.Select(reference => (reference, reference.KeyOf(entity))).ToList();
        Apply(entity, request);
        await CompleteAsync(entity, request, cancellationToken);
        await CheckReferencesAsync(entity, references, cancellationToken);
        Updating(entity, request);
        KeyValues.ThrowIfChanged(Database, entity, keys);
        await GuardAsync(WriteKind.Update, [entity], isBatch: false, cancellationToken);
        await SaveAsync(transaction, null, cancellationToken);
        Updated(entity);
        await CommitAsync(transaction, cancellationToken);
        return ToResponse(entity);
    }

    private async Task<TEntity> TryDeleteAsync(TKey key, Func<TResponse, bool>? precondition, CancellationToken cancellationToken)
    {
        // A precondition holds only if nobody changes the row between the check and the write.
        await using var transaction = await WriteTransaction.BeginAsync(Database, serializable: precondition is not null, cancellationToken);
        var entity = await FindAsync(transaction, key, Rights.Delete, precondition, cancellationToken);
        Deleting(entity);
        await GuardAsync(WriteKind.Delete, [entity], isBatch: false, cancellationToken);
        SoftDeletion.Remove(Database, entity, Now);
        await SaveAsync(transaction, null, cancellationToken);
        await RemovedAsync(entity, cancellationToken);
        Deleted(entity);
        await CommitAsync(transaction, cancellationToken);
        return entity;
    }

    // ADMIN and the application itself are bound by no guard of other people's rows.
    private bool HasAllRights => Caller.IsSystem || Caller.IsAdmin;

    private IEnumerable<ReferenceGuard<TEntity>> BindingReferences =>
        HasAllRights ? GuardedReferences.Where(reference => reference.BindsEverybody) : GuardedReferences;

    // Guards look at other rows, which have to stay as they are until the row is written.
    private bool IsOneSave => !IsGuarded
        && !BindingReferences.Any()
        && OneSave.Creates(Database, Database.Model.FindEntityType(typeof(TEntity))!, this, nameof(Complete), nameof(Creating), nameof(Inserted), nameof(Created));

    private DateTime Now => Database.GetService<TimeProvider>().GetUtcNow().UtcDateTime;

    private void RequireCreate()
    {
        if (Rights.Create.Admit(Caller) == Admission.NoRows)
        {
            throw Refusal();
        }
    }

    private void GuardFields(TCreate request, string prefix)
    {
        if (!HasAllRights)
        {
            var guard = new FieldGuard(prefix);
            GuardFields(request, guard);
            guard.ThrowIfRefused();
        }
    }

    private void GuardFields(TEntity entity, TUpdate request)
    {
        if (!HasAllRights)
        {
            var guard = new FieldGuard("");
            GuardFields(entity, request, guard);
            guard.ThrowIfRefused();
        }
    }

    // What a row refers to already is not the business of a change of something else.
    private async Task CheckReferencesAsync(
        TEntity entity, List<(ReferenceGuard<TEntity> Reference, object? Key)> before, CancellationToken cancellationToken)
    {
        foreach (var (reference, old) in before)
        {
            var key = reference.KeyOf(entity);
            if (!Equals(key, old))
            {
                await reference.CheckAsync(Database, Caller, [key], isBatch: false, cancellationToken);
            }
        }
    }

    private async Task GuardAsync(WriteKind kind, IReadOnlyList<TEntity> rows, bool isBatch, CancellationToken cancellationToken)
    {
        if (IsGuarded)
        {
            var guard = new WriteGuard<TEntity>(Database, Caller, CheckRules, _guardians);
            await guard.CheckAsync(kind, rows, await CountOwnAsync(cancellationToken), isBatch, cancellationToken);
        }
    }

    // Whoever writes for the same caller at the same time waits here, so that the number still holds when the row is written.
    private async Task<int> CountOwnAsync(CancellationToken cancellationToken)
    {
        if (!Caller.IsAuthenticated || CallerRow is not { } callerRow)
        {
            return 0;
        }

        await callerRow.TakeAsync(Database, cancellationToken);
        return await Rows.CountAsync(IsOwn(), cancellationToken);
    }

    private async Task<TEntity> FindAsync(
        WriteTransaction transaction, TKey key, Grant grant, Func<TResponse, bool>? precondition, CancellationToken cancellationToken)
    {
        // Whoever began the transaction perhaps knew of no precondition.
        if (IsGuarded || (transaction.IsPart && precondition is not null))
        {
            await Database.Set<TEntity>().Where(HasKey(key)).TakeAsync(Database, cancellationToken);
        }

        var entity = await Permitted(grant).FirstOrDefaultAsync(HasKey(key), cancellationToken);
        if (entity is null)
        {
            // A row that the caller sees and may not write is not denied to exist.
            throw await ExistsAsync(HasKey(key), cancellationToken) ? Refusal() : NotFound();
        }

        if (precondition is not null && !precondition(ToResponse(entity)))
        {
            throw new ApiException(412, "The row has changed since its ETag was read. Read it again.");
        }

        return entity;
    }

    private async Task SaveAsync(WriteTransaction transaction, IReadOnlyList<TEntity>? batch, CancellationToken cancellationToken)
    {
        try
        {
            await Database.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            // The reason is looked up in the database, which answers nothing more within a broken transaction.
            await transaction.RollbackAsync();
            throw await DatabaseRefusal.ExplainAsync(Database, exception, batch, Now, cancellationToken);
        }
    }

    // Hooks that run after the save may have changed something more.
    private async Task CommitAsync(WriteTransaction transaction, CancellationToken cancellationToken)
    {
        if (!transaction.IsOneSave && Database.ChangeTracker.HasChanges())
        {
            await SaveAsync(transaction, null, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
