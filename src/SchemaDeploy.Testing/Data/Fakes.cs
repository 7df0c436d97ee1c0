using Bogus;

namespace SchemaDeploy.Testing.Data;

/// <summary>Makes up the values of rows. The same seed makes up the same rows in the same order.</summary>
/// <param name="seed">What tells this run's values from another's.</param>
public sealed class Fakes(int seed)
{
    private int _rows;

    /// <summary>What makes up the values of the next row.</summary>
    public Fake NextRow()
    {
        var row = Interlocked.Increment(ref _rows);
        return new Fake(row) { Random = new Randomizer(seed + row) };
    }
}

/// <summary>Makes up the values of one row.</summary>
/// <param name="row">The number of the row, of which there is no second.</param>
public sealed class Fake(int row) : Faker
{
    /// <summary>The number of the row.</summary>
    public int Row => row;
}
