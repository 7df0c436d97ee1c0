using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>A new row on its way into the database together with its record.</summary>
/// <param name="change">The row.</param>
/// <param name="describe">Makes the record, of all that is known of the row by then.</param>
internal sealed class NewRow(RecordedChange change, Func<(object Record, string Action)> describe)
{
    // Who is on whose behalf at work, as the record says, is told by what flows along with them.
    private readonly ExecutionContext? _flow = ExecutionContext.Capture();

    private long? _number;
    private bool _isWritten;

    public EntityEntry Entry => change.Entry;

    /// <summary>Whether the row is already what it will be in the database.</summary>
    public bool IsKnown => change.IsKnown;

    /// <summary>The key where the database is to number it, and nothing else is unknown.</summary>
    public IProperty? Unnumbered { get; } = change.Unnumbered;

    /// <summary>The record; null until it is made.</summary>
    public object? Record { get; private set; }

    /// <summary>What the record says was done.</summary>
    public string? Action { get; private set; }

    /// <summary>Makes the record, whoever's thread it is made in.</summary>
    public object Describe()
    {
        if (_flow is null)
        {
            SetRecord();
        }
        else
        {
            ExecutionContext.Run(_flow, static row => ((NewRow)row!).SetRecord(), this);
        }

        return Record!;
    }

    /// <summary>The row is in the database, where it was given <paramref name="number"/> if it had none, and its record is not.</summary>
    public void Number(long? number)
    {
        _isWritten = true;
        if (number is { } given && Unnumbered is not null)
        {
            _number = given;
            Show(given);
        }
    }

    /// <summary>The record is in the database too.</summary>
    public void Complete() => _isWritten = false;

    /// <summary>Nothing is in the database any more, nor is anything yet.</summary>
    public void Reset()
    {
        if (_number is not null)
        {
            Show(0);
        }

        (_isWritten, _number, Record) = (false, null, null);
    }

    /// <summary>Everything is in the database, and stays there.</summary>
    public void Accept()
    {
        if (_number is { } number)
        {
            change.Number(Unnumbered!, number);
        }

        Entry.State = EntityState.Unchanged;
    }

    /// <summary>What the database has refused: the row, its record, or one of them.</summary>
    public IReadOnlyList<EntityEntry> Refused(DbContext context) =>
        Record is null ? [Entry] : _isWritten ? [context.Entry(Record)] : [Entry, context.Entry(Record)];

    // To those who describe the row. The context learns of a number when it is the row's for good: it keeps none that are not.
    private void Show(long number) => Unnumbered!.PropertyInfo!.SetValue(Entry.Entity, RecordedChange.ToNumber(Unnumbered, number));

    private void SetRecord() => (Record, Action) = describe();
}
