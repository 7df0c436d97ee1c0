using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>Finds the databases that keep a foreign key of which EF Core can make no relationship.</summary>
internal sealed class DatabaseForeignKeyReader(SchemaDialect dialect, DesignOptions options, DiagnosticBag diagnostics)
{
    private static readonly ImmutableArray<DatabaseKind> s_all = [.. Enum.GetValues<DatabaseKind>()];

    /// <summary>The foreign key, or null where no database keeps it. Those of the project's that do not are reported.</summary>
    /// <param name="definition">The foreign key.</param>
    /// <param name="columns">The referencing columns.</param>
    /// <param name="target">The referenced table.</param>
    /// <param name="key">What it refers to.</param>
    public DatabaseForeignKey? Read(ForeignKey definition, ImmutableArray<Column> columns, TableFacts target, ReferencedKey key)
    {
        var reasons = s_all.ToDictionary(kind => kind, kind => WhyNot(kind, definition, columns, key));
        var lacking = options.SupportedDatabases.Where(kind => reasons[kind] is not null).ToList();
        if (lacking.Count == options.SupportedDatabases.Length && lacking.Select(kind => reasons[kind]).Distinct().Count() == 1)
        {
            Report(definition, "", reasons[lacking[0]]!);
        }
        else
        {
            lacking.ForEach(kind => Report(definition, $" on {kind}", reasons[kind]!));
        }

        var keeping = s_all.Where(kind => reasons[kind] is null).ToImmutableArray();
        return keeping.IsEmpty ? null : new DatabaseForeignKey(definition, columns, target, key.Columns, keeping);
    }

    /// <summary>Says that a foreign key is not kept, everywhere or on one database.</summary>
    public void Report(ForeignKey definition, string where, string reason) =>
        diagnostics.Report(DesignDiagnostics.ReferenceNotEnforced, definition.Source.ToSpan(), definition.Name, where, reason);

    private string? WhyNot(DatabaseKind kind, ForeignKey definition, ImmutableArray<Column> columns, ReferencedKey key)
    {
        foreach (var (column, target) in columns.Zip(key.Columns))
        {
            if (new[] { column, target }.FirstOrDefault(one => one.Type == SqlTypeKind.Enum) is { } named)
            {
                return $"the values of '{named.Name}' are those of an enum";
            }

            if (!AreComparable(column, target, kind))
            {
                return $"'{column.Name}' and '{target.Name}' differ in type";
            }

            if (new[] { column, target }.FirstOrDefault(one => one.Generated is not null) is { } computed)
            {
                return $"'{computed.Name}' is computed";
            }
        }

        return kind == DatabaseKind.SqlServer ? WhyNotOnSqlServer(definition, key) : null;
    }

    // Whole numbers of different sizes are compared by PostgreSQL, and SQLite has no sizes; other databases want the same type.
    private static bool AreComparable(Column one, Column other, DatabaseKind kind)
    {
        var (type, otherType) = (PropertyTypes.Of(one)!, PropertyTypes.Of(other)!);
        return type.Form == otherType.Form && type.Form switch
        {
            ValueForm.Integer => type.ClrType == otherType.ClrType || kind is DatabaseKind.Sqlite or DatabaseKind.PostgreSql,
            // By how many digits it has, SQLite stores a decimal, and one that numbers rows is none on other databases.
            ValueForm.Decimal => (one.Precision, one.Scale) == (other.Precision, other.Scale) && other.Identity is null,
            // SQL Server wants the same length, which both are given where both have one.
            ValueForm.Text => ColumnRoles.IgnoresCase(one) == ColumnRoles.IgnoresCase(other)
                && (kind != DatabaseKind.SqlServer || (one.Type == other.Type && one.Length is null == other.Length is null)),
            _ => type.ClrType == otherType.ClrType && one.Type == other.Type && one.Precision == other.Precision,
        };
    }

    private string? WhyNotOnSqlServer(ForeignKey definition, ReferencedKey key)
    {
        if (key.Columns.Any(column => column.Nullable) && !key.NullsNotDistinct)
        {
            return $"the key '{key.Name}' that it refers to allows null, so it is an index that leaves rows out there";
        }

        // What is written for it was held against its rules for cascades already.
        var isCascading = definition.OnDelete is ReferentialAction.Cascade or ReferentialAction.SetNull
            || definition.OnUpdate is ReferentialAction.Cascade or ReferentialAction.SetNull;
        return isCascading && dialect != SchemaDialect.TSql ? "an action of it might reach a table in two ways, which is refused there" : null;
    }
}

/// <summary>What of a table a foreign key refers to.</summary>
/// <param name="Name">The name of the key or index.</param>
/// <param name="Columns">Its columns in order.</param>
/// <param name="NullsNotDistinct">Whether two nulls count as equal.</param>
/// <param name="Key">The primary or unique key; null for a unique index.</param>
internal sealed record ReferencedKey(string Name, ImmutableArray<Column> Columns, bool NullsNotDistinct, Key? Key);
