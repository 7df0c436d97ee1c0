using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Guardians;

/// <summary>What a write does.</summary>
public enum WriteKind
{
    /// <summary>A new row.</summary>
    Create,

    /// <summary>A change of a row.</summary>
    Update,

    /// <summary>The deletion of a row.</summary>
    Delete,
}

/// <summary>A write that is about to be made, for rules to judge.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public sealed class PendingWrite<TEntity>
    where TEntity : class
{
    private readonly Refusals _refusals;
    private readonly int? _position;

    internal PendingWrite(Refusals refusals, int? position)
    {
        _refusals = refusals;
        _position = position;
    }

    /// <summary>What is done.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>The row as it is to be; where it is deleted, as it is.</summary>
    public required TEntity Row { get; init; }

    /// <summary>The row as it is in the database; null unless it is changed.</summary>
    public TEntity? Old { get; init; }

    /// <summary>On whose behalf the write is made.</summary>
    public required Caller Caller { get; init; }

    /// <summary>The present moment, UTC: the same for all rules of a request.</summary>
    public required DateTime Now { get; init; }

    /// <summary>How many rows of the table are the caller's own, those of the same batch before this one included.</summary>
    /// <remarks>Counted where the schema's rules ask for it; else 0.</remarks>
    public int OwnCount { get; init; }

    /// <summary>Refuses the write unless <paramref name="holds"/>.</summary>
    public void Check(bool holds, string message)
    {
        if (!holds)
        {
            Refuse(message);
        }
    }

    /// <summary>Refuses the write because of <paramref name="field"/>, by its JSON name, unless <paramref name="holds"/>.</summary>
    public void Check(string field, bool holds, string message)
    {
        if (!holds)
        {
            Refuse(field, message);
        }
    }

    /// <summary>Refuses the write.</summary>
    public void Refuse(string message) => _refusals.Add(_position, null, message);

    /// <summary>Refuses the write because of <paramref name="field"/>, by its JSON name.</summary>
    public void Refuse(string field, string message) => _refusals.Add(_position, field, message);
}
