using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>A part of a schema that one side lacks, or that differs.</summary>
internal sealed record Change<T>(T? Before, T? After)
    where T : MigrationOperation;

/// <summary>How the schema that a database records differs from the application's.</summary>
internal sealed class SchemaDifference
{
    private SchemaDifference(DatabaseSchema before, DatabaseSchema after, Renames renames) => (Before, After, Renames) = (before, after, renames);

    /// <summary>The recorded schema, by the new names.</summary>
    public DatabaseSchema Before { get; }

    public DatabaseSchema After { get; }

    public Renames Renames { get; }

    public required IReadOnlyList<TableSchema> Added { get; init; }

    public required IReadOnlyList<TableSchema> Dropped { get; init; }

    /// <summary>Tables that are on both sides and differ.</summary>
    public required IReadOnlyList<TableDifference> Changed { get; init; }

    /// <summary>Compares two schemas of the same provider.</summary>
    /// <param name="read">Reads the recorded schema, into objects of its own each time.</param>
    /// <param name="after">The application's schema.</param>
    /// <param name="provider">EF Core's name of the provider.</param>
    public static SchemaDifference Between(Func<DatabaseSchema> read, DatabaseSchema after, string provider)
    {
        var before = read();
        var renames = Renames.Between(read(), after, provider);
        renames.Apply(before);
        var (old, current) = (before.ByName(), after.ByName());
        return new SchemaDifference(before, after, renames)
        {
            Added = [.. after.Tables.Where(table => !old.ContainsKey((table.Name, table.Schema)))],
            Dropped = [.. before.Tables.Where(table => !current.ContainsKey((table.Name, table.Schema)))],
            Changed =
            [
                .. after.Tables
                    .Select(table => old.TryGetValue((table.Name, table.Schema), out var same) ? new TableDifference(same, table, provider) : null)
                    .OfType<TableDifference>()
                    .Where(table => !table.IsEmpty),
            ],
        };
    }

    /// <summary>The difference of a table; null where there is none.</summary>
    public TableDifference? Of(string name, string? schema) => Changed.FirstOrDefault(table => table.After.Is(name, schema));
}

/// <summary>How a table differs.</summary>
internal sealed class TableDifference
{
    private readonly bool _withComments;

    public TableDifference(TableSchema before, TableSchema after, string provider)
    {
        (Before, After) = (before, after);
        // Where SQLite's text of a table has comments, nobody reads them from there.
        _withComments = provider != ProviderSql.SqliteName;
        IsDescriptionChanged = _withComments && before.Create.Comment != after.Create.Comment;
        Columns = Compare(before.Columns, after.Columns, column => column.Name);
        Uniques = Compare(before.Create.UniqueConstraints, after.Create.UniqueConstraints, key => key.Name);
        ForeignKeys = Compare(before.Create.ForeignKeys, after.Create.ForeignKeys, key => key.Name);
        Checks = Compare(before.Create.CheckConstraints, after.Create.CheckConstraints, check => check.Name);
        Indexes = Compare(before.Indexes, after.Indexes, index => index.Name);
        Remade = [.. Columns.Where(column => column is { Before: not null, After: not null } && !ColumnConversion.IsPossible(column.Before, column.After)).Select(column => column.After!.Name)];
        var (old, key) = (before.Create.PrimaryKey, after.Create.PrimaryKey);
        // MySQL's primary keys have no names.
        PrimaryKey = provider == ProviderSql.MySqlName ? !(old?.Columns ?? []).SequenceEqual(key?.Columns ?? []) : !SchemaJson.AreSame(old, key, _withComments);
    }

    public TableSchema Before { get; }

    public TableSchema After { get; }

    /// <summary>Whether the primary keys differ.</summary>
    public bool PrimaryKey { get; }

    /// <summary>Whether the comments on the table differ.</summary>
    public bool IsDescriptionChanged { get; }

    public IReadOnlyList<Change<AddColumnOperation>> Columns { get; }

    public IReadOnlyList<Change<AddUniqueConstraintOperation>> Uniques { get; }

    public IReadOnlyList<Change<AddForeignKeyOperation>> ForeignKeys { get; }

    public IReadOnlyList<Change<AddCheckConstraintOperation>> Checks { get; }

    public IReadOnlyList<Change<CreateIndexOperation>> Indexes { get; }

    /// <summary>Columns whose values have no form in the new type: they are dropped and made again.</summary>
    public HashSet<string> Remade { get; }

    public bool IsEmpty => IsOfIndexesAlone && Indexes.Count == 0;

    /// <summary>Whether the table itself stays as it is.</summary>
    public bool IsOfIndexesAlone =>
        !PrimaryKey && !IsDescriptionChanged && Columns.Count == 0 && Uniques.Count == 0 && ForeignKeys.Count == 0 && Checks.Count == 0;

    private List<Change<T>> Compare<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, string> name)
        where T : MigrationOperation
    {
        var old = before.ToDictionary(name, StringComparer.Ordinal);
        var names = after.Select(name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. before.Where(one => !names.Contains(name(one))).Select(one => new Change<T>(one, null)),
            .. after.Select(one => new Change<T>(old.GetValueOrDefault(name(one)), one)).Where(pair => !SchemaJson.AreSame(pair.Before, pair.After, _withComments)),
        ];
    }
}
