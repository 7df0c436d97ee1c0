using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects;

/// <summary>A dialect and what in the text speaks for it, in words that follow "because".</summary>
public sealed record DetectedDialect(SchemaDialect Dialect, string Reason);

/// <summary>Tells the dialect of a schema by what only one dialect writes, outside strings and comments.</summary>
public static class DialectDetector
{
    /// <summary>A sign seen often says more than one seen once, but only so much more.</summary>
    private const int CountedSightings = 4;

    /// <summary>The dialect of <paramref name="files"/>, which form one schema. Text that any dialect reads is taken as MySQL.</summary>
    public static DetectedDialect Detect(ImmutableArray<SourceText> files)
    {
        var sightings = new Dictionary<DialectSign, Sighting>();
        foreach (var file in files)
        {
            new DialectSignScanner(file.Text).Scan((sign, offset) => Add(sightings, sign, file, offset));
        }

        if (sightings.Count == 0)
        {
            return new DetectedDialect(SchemaDialect.MySql, "nothing in it is peculiar to one dialect, and MySQL is the default");
        }

        var winner = sightings
            .GroupBy(s => s.Key.Dialect)
            .OrderByDescending(g => g.Sum(s => s.Key.Weight * s.Value.Count))
            .ThenBy(g => g.Key)
            .First();
        var best = winner
            .OrderByDescending(s => s.Key.Weight * s.Value.Count)
            .ThenBy(s => s.Key.Label, StringComparer.Ordinal)
            .Take(2)
            .Select(s => Describe(s.Key, s.Value, files.Length > 1));
        return new DetectedDialect(winner.Key, $"it uses {string.Join(" and ", best)}");
    }

    /// <summary>The dialect's name as people write it.</summary>
    public static string NameOf(SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.MySql => "MySQL",
        SchemaDialect.TSql => "T-SQL",
        _ => "PostgreSQL",
    };

    private static void Add(Dictionary<DialectSign, Sighting> sightings, DialectSign sign, SourceText file, int offset)
    {
        if (!sightings.TryGetValue(sign, out var sighting))
        {
            sightings.Add(sign, new Sighting(file, offset, 1));
        }
        else if (sighting.Count < CountedSightings)
        {
            sightings[sign] = sighting with { Count = sighting.Count + 1 };
        }
    }

    private static string Describe(DialectSign sign, Sighting sighting, bool nameFile)
    {
        var line = sighting.File.Position(sighting.Offset).Line;
        return nameFile
            ? $"{sign.Label} ({Path.GetFileName(sighting.File.Path)}, line {line})"
            : $"{sign.Label} (line {line})";
    }

    private sealed record Sighting(SourceText File, int Offset, int Count);
}
