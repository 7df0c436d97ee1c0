using System.Collections.Concurrent;
using Bogus;

namespace SchemaDeploy.Testing.Data;

/// <summary>Makes up the values of rows. The same seed makes up the same rows in the same order.</summary>
/// <param name="seed">What tells this run's values from another's.</param>
public sealed class Fakes(int seed)
{
    private readonly ConcurrentDictionary<(string Set, string Value), bool> _claimed = new();
    private int _rows;

    /// <summary>What makes up the values of the next row.</summary>
    public Fake NextRow()
    {
        var row = Interlocked.Increment(ref _rows);
        return new Fake(row, this) { Random = new Randomizer(seed + row) };
    }

    internal bool Claim(string set, string value) => _claimed.TryAdd((set, value), true);
}

/// <summary>Makes up the values of one row.</summary>
public sealed class Fake : Faker
{
    private readonly Fakes _all;

    internal Fake(int row, Fakes all)
    {
        Row = row;
        _all = all;
    }

    /// <summary>The number of the row, of which there is no second.</summary>
    public int Row { get; }

    /// <summary>Takes a value of a set for this row alone; false where another row has it.</summary>
    internal bool Claim(string set, string value) => _all.Claim(set, value);
}
