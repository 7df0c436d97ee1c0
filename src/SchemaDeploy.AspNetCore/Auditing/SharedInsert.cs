using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// Writes new rows and their records, as one transaction for all who do while the processors are busy with others: under load a
/// message and a commit of its own cost more than a row. What the database refuses of several is written by each for itself, so that nobody
/// answers for another's row, and nobody waits longer for another's lock than a moment.
/// </summary>
internal sealed class SharedInsert
{
    // Parts of a row that one more success adds.
    private const int Part = 8;

    private readonly SharedContexts _contexts;
    private readonly RecordedInsert _insert;
    private readonly Gathering<Waiting> _rows;

    // How many are written together, in parts: half as many after a refusal, and slowly more with each success, so that those who are
    // refused often cost the others little.
    private volatile int _size;

    private SharedInsert(SharedContexts contexts, RecordedInsert insert) =>
        (_contexts, _insert, _rows, _size) = (contexts, insert, new(WriteAsync, insert.IsInTurn), insert.MostTogether * Part);

    /// <summary>What writes rows by <paramref name="insert"/> for whoever works with <paramref name="database"/>; null where it writes by itself.</summary>
    public static SharedInsert? Find(DbContext database, RecordedInsert insert) =>
        SharedContexts.Find(database) is { Writes: true } contexts
            ? contexts.Use(insert, static (contexts, insert) => new SharedInsert(contexts, insert))
            : null;

    /// <summary>Writes a row and its record; false where that is left to the caller, and nothing is written.</summary>
    /// <remarks>Cannot be cancelled: whoever goes away does not make a row unwritten that others have been written with.</remarks>
    public Task<bool> TryWriteAsync(NewRow row)
    {
        var waiting = new Waiting(row);
        _rows.Add(waiting);
        return waiting.Task;
    }

    private Task WriteAsync(List<Waiting> rows) => Task.WhenAll(rows.Chunk(_size / Part).Select(WriteAsync));

    private async Task WriteAsync(Waiting[] rows)
    {
        if (rows is [var alone])
        {
            Grow();
            alone.SetResult(false);
            return;
        }

        try
        {
            await _contexts.RunAsync(database => _insert.ExecuteAsync(database, Array.ConvertAll(rows, row => row.Row), CancellationToken.None));
            Grow();
            Array.ForEach(rows, row => row.SetResult(true));
        }
        catch (DbException exception) when (!DatabaseError.IsRefusal(exception))
        {
            // Nobody knows whether they are written.
            Array.ForEach(rows, row => row.SetException(exception));
        }
        catch (Exception)
        {
            // Whoever it is of will be told so.
            _size = Math.Max(1, rows.Length / 2) * Part;
            Array.ForEach(rows, row => row.SetResult(false));
        }
    }

    private void Grow() => _size = Math.Min(_size + 1, _insert.MostTogether * Part);

    /// <summary>One who writes, and goes on in a thread of its own.</summary>
    private sealed class Waiting(NewRow row) : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public NewRow Row => row;
    }
}
