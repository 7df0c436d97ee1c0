using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>
/// Makes the names of indexes and constraints unique in the whole schema and short enough for every database: MySQL
/// has them per table, SQLite and PostgreSQL per schema, and PostgreSQL cuts them to 63 bytes.
/// </summary>
internal sealed class ConstraintNaming
{
    private const int MaximumBytes = 63;

    private readonly NameScope _names = new(StringComparer.OrdinalIgnoreCase, ImmutableHashSet<string>.Empty);
    private readonly DiagnosticBag _diagnostics;

    public ConstraintNaming(DatabaseModel database, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        foreach (var table in database.Tables)
        {
            _names.Take(table.Name);
        }
    }

    /// <summary>The name that <paramref name="name"/> gets in the generated database.</summary>
    public string Name(string name, Table table, SourcePosition source)
    {
        var shortName = Shorten(name);
        var unique = _names.Unique("_", shortName, Shorten($"{table.Name}_{name}"));
        if (unique != name)
        {
            _diagnostics.Report(
                DesignDiagnostics.ConstraintRenamed, source.ToSpan(), name, unique,
                shortName == name ? "another table has the name too" : "it is too long");
        }

        return unique;
    }

    // Long names often differ at their ends only, so what is cut off lives on as a checksum. Room is left for a number.
    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaximumBytes)
        {
            return name;
        }

        var checksum = 2166136261u;
        foreach (var c in name)
        {
            checksum = unchecked((checksum ^ c) * 16777619u);
        }

        var end = Math.Min(name.Length, 48);
        while (Encoding.UTF8.GetByteCount(name.AsSpan(0, end)) > 48 || char.IsHighSurrogate(name[end - 1]))
        {
            end--;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{name.AsSpan(0, end)}_{checksum:x8}");
    }
}
