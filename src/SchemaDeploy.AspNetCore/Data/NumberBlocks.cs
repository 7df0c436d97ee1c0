using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Numbers of new rows on PostgreSQL, taken from the column's own sequence before the rows are written, as many at once as a busy
/// application needs in a moment. Who knows a row's number beforehand can write what names the row together with it.
/// </summary>
internal sealed class NumberBlocks(TimeProvider clock)
{
    private const int LargestBlock = 512;

    // Several processes number the rows of one table. Numbers that one of them keeps for later would come after the higher ones of
    // another, and those who ask for what is new by the number would miss the rows.
    private static readonly TimeSpan s_keptFor = TimeSpan.FromMilliseconds(500);

    // An application may have several databases of one model.
    private readonly ConcurrentDictionary<(IProperty Key, string? Database), Block> _blocks = [];

    /// <summary>Takes the number of a new row.</summary>
    /// <param name="database">The unit of work, on whose connection the sequence is asked.</param>
    /// <param name="property">The key that the database numbers.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The number; null where the column takes none from outside, or has no sequence that this user may ask.</returns>
    public async ValueTask<long?> TakeAsync(DbContext database, IProperty property, CancellationToken cancellationToken)
    {
        var place = (property, database.Database.GetConnectionString());
        if (!_blocks.TryGetValue(place, out var block))
        {
            block = _blocks.GetOrAdd(place, new Block(clock, await FindSequenceAsync(database, property, cancellationToken)));
        }

        if (block.Sequence is not { } sequence)
        {
            return null;
        }

        if (block.TryTake(out var kept))
        {
            return kept;
        }

        // Who holds a connection does not wait for somebody who may need one.
        var patience = database.Database.GetDbConnection().State == ConnectionState.Closed ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        if (!await block.Turn.WaitAsync(patience, cancellationToken))
        {
            return (await DrawAsync(database, sequence, 1, cancellationToken))[0];
        }

        try
        {
            if (block.TryTake(out kept))
            {
                return kept;
            }

            var drawn = await DrawAsync(database, sequence, block.NextSize(), cancellationToken);
            block.Keep(drawn.AsSpan(1));
            return drawn[0];
        }
        finally
        {
            block.Turn.Release();
        }
    }

    private static Task<long[]> DrawAsync(DbContext database, string sequence, int size, CancellationToken cancellationToken) => ReadAsync(
        database, "SELECT nextval(@p0::regclass) FROM generate_series(1, @p1)", [sequence, size], row => row.GetInt64(0), cancellationToken);

    // A column that is GENERATED ALWAYS takes no number, and one whose default was written by hand has perhaps no sequence of its own.
    private static async Task<string?> FindSequenceAsync(DbContext database, IProperty property, CancellationToken cancellationToken)
    {
        var (table, schema) = (property.DeclaringType.GetTableName()!, property.DeclaringType.GetSchema());
        var found = await ReadAsync(
            database,
            """
            SELECT found.name FROM pg_attribute, LATERAL (SELECT pg_get_serial_sequence(@p0, @p1) AS name) AS found
            WHERE attrelid = @p0::regclass AND attname = @p1 AND attidentity <> 'a' AND has_sequence_privilege(found.name, 'USAGE')
            """,
            [database.GetService<ISqlGenerationHelper>().DelimitIdentifier(table, schema), property.GetColumnName()],
            row => row.GetString(0),
            cancellationToken);
        return found.FirstOrDefault();
    }

    private static async Task<T[]> ReadAsync<T>(
        DbContext database, string sql, object[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = database.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            command.Transaction = database.Database.CurrentTransaction?.GetDbTransaction();
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"p{i}", values[i]);
                command.Parameters.Add(parameter);
            }

            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            var result = new List<T>();
            while (await rows.ReadAsync(cancellationToken))
            {
                result.Add(read(rows));
            }

            return [.. result];
        }
        finally
        {
            await database.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The numbers of one column that are at hand.</summary>
    private sealed class Block(TimeProvider clock, string? sequence)
    {
        private readonly Lock _lock = new();
        private readonly Queue<long> _numbers = new();
        private long _drawn;
        private int _size = 1;

        public string? Sequence => sequence;

        /// <summary>Takes a number that is at hand and not too old.</summary>
        public bool TryTake(out long number)
        {
            lock (_lock)
            {
                if (clock.GetElapsedTime(_drawn) > s_keptFor)
                {
                    _numbers.Clear();
                }

                return _numbers.TryDequeue(out number);
            }
        }

        /// <summary>The turn to draw numbers for everybody who needs one.</summary>
        public SemaphoreSlim Turn { get; } = new(1, 1);

        /// <summary>How many numbers to draw: as many as are used up before they are too old.</summary>
        public int NextSize()
        {
            var elapsed = clock.GetElapsedTime(_drawn);
            _size = elapsed > s_keptFor ? 1 : elapsed < s_keptFor / 4 ? Math.Min(_size * 2, LargestBlock) : _size;
            return _size;
        }

        public void Keep(ReadOnlySpan<long> numbers)
        {
            lock (_lock)
            {
                _drawn = clock.GetTimestamp();
                foreach (var number in numbers)
                {
                    _numbers.Enqueue(number);
                }
            }
        }
    }
}
