namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>
/// Judges the writes of one table by rules that need more than the row: registered as a service, it is asked behind
/// the rules of the schema, in the transaction of the write and before anything is written.
/// </summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public interface IGuardian<TEntity>
    where TEntity : class
{
    /// <summary>Tells <paramref name="write"/> what is wrong with it, if anything is.</summary>
    ValueTask CheckAsync(PendingWrite<TEntity> write, CancellationToken cancellationToken);
}
