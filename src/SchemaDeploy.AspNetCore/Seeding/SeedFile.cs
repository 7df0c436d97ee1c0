using System.Reflection;
using System.Text.Json;

namespace SchemaDeploy.AspNetCore.Seeding;

/// <summary>Rows of one table that give the same columns, as the build wrote them.</summary>
/// <param name="Schema">The table's schema, or null.</param>
/// <param name="Table">The table.</param>
/// <param name="Key">The columns that tell which row is meant, where the rows are there already; else empty.</param>
/// <param name="Columns">The columns that are given.</param>
/// <param name="Count">How many rows there are.</param>
internal sealed record SeedBlock(string? Schema, string Table, string[] Key, string[] Columns, int Count)
{
    /// <summary>Whether the rows are new.</summary>
    public bool IsInsert => Key.Length == 0;
}

/// <summary>The seed data that the build put into the application: a line of JSON for each block, and behind it one for each of its rows.</summary>
internal sealed class SeedFile
{
    private const string Resource = "SchemaDeploy.schema.seed.jsonl";

    private readonly Assembly _assembly;

    private SeedFile(Assembly assembly) => _assembly = assembly;

    /// <summary>The seed data of an application; null where it has none.</summary>
    public static SeedFile? Of(Assembly assembly) => assembly.GetManifestResourceInfo(Resource) is null ? null : new SeedFile(assembly);

    /// <summary>The blocks in order, without their rows.</summary>
    public IEnumerable<SeedBlock> Blocks()
    {
        using var reader = Open();
        while (ReadBlock(reader) is { } block)
        {
            for (var i = 0; i < block.Count; i++)
            {
                reader.ReadLine();
            }

            yield return block;
        }
    }

    /// <summary>The rows of the blocks that are wanted, in order; each holds until the next is asked for.</summary>
    public IEnumerable<(SeedBlock Block, JsonElement Row)> Rows(Func<SeedBlock, bool> isWanted)
    {
        using var reader = Open();
        while (ReadBlock(reader) is { } block)
        {
            var wanted = isWanted(block);
            for (var i = 0; i < block.Count; i++)
            {
                var line = reader.ReadLine()!;
                if (wanted)
                {
                    using var row = JsonDocument.Parse(line);
                    yield return (block, row.RootElement);
                }
            }
        }
    }

    private StreamReader Open() => new(_assembly.GetManifestResourceStream(Resource)!);

    private static SeedBlock? ReadBlock(StreamReader reader)
    {
        if (reader.ReadLine() is not { } line)
        {
            return null;
        }

        using var head = JsonDocument.Parse(line);
        var block = head.RootElement;
        return new SeedBlock(
            block.TryGetProperty("schema", out var schema) ? schema.GetString() : null,
            block.GetProperty("table").GetString()!,
            block.TryGetProperty("key", out var key) ? Names(key) : [],
            Names(block.GetProperty("columns")),
            block.GetProperty("rows").GetInt32());
    }

    private static string[] Names(JsonElement names) => [.. names.EnumerateArray().Select(name => name.GetString()!)];
}
