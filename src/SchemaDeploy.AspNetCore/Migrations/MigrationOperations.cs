using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Carries a difference out on a database server: everything that depends on what changes goes first and comes back last.</summary>
internal sealed class MigrationOperations(SchemaDifference difference, ISqlGenerationHelper sql, string provider)
{
    private bool IsMySql => provider == ProviderSql.MySqlName;

    /// <summary>Whether the database numbers the column.</summary>
    public static bool IsNumbered(AddColumnOperation column) => column.GetAnnotations().Any(annotation => annotation.Name switch
    {
        "Sqlite:Autoincrement" => annotation.Value is true,
        "SqlServer:Identity" => annotation.Value is not null,
        "Npgsql:ValueGenerationStrategy" or "MySql:ValueGenerationStrategy" => annotation.Value?.ToString()?.StartsWith("Identity", StringComparison.Ordinal) == true,
        _ => false,
    });

    /// <summary>Whether rows without a value count as the same.</summary>
    public static bool HasEqualNulls(CreateIndexOperation index) => index["Npgsql:NullsDistinct"] is false;

    public IEnumerable<MigrationOperation> All()
    {
        var keys = AffectedForeignKeys();
        var tables = difference.Changed.Select(table => new TableOperations(table, sql, provider)).ToList();
        return
        [
            .. Settings(),
            .. difference.Renames.Operations,
            .. keys.Select(key => new DropForeignKeyOperation { Name = key.Name, Table = key.Table, Schema = key.Schema }),
            .. difference.Dropped.Select(table => new DropTableOperation { Name = table.Name, Schema = table.Schema }),
            .. tables.SelectMany(table => table.Drops()),
            .. difference.Added.Select(WithoutForeignKeys),
            .. tables.SelectMany(table => table.Changes()),
            .. tables.SelectMany(table => table.Additions()),
            .. difference.Added.SelectMany(table => table.Indexes),
            .. NewForeignKeys(keys),
            .. difference.Before.Sequences.Where(one => !difference.After.Sequences.Any(other => other.Name == one.Name && other.Schema == one.Schema))
                .Select(one => new DropSequenceOperation { Name = one.Name, Schema = one.Schema }),
        ];
    }

    private IEnumerable<MigrationOperation> Settings()
    {
        if (!SchemaJson.AreSame(difference.Before.Settings, difference.After.Settings, withComments: true))
        {
            var settings = new AlterDatabaseOperation();
            settings.AddAnnotations(difference.After.Settings.GetAnnotations());
            settings.OldDatabase.AddAnnotations(difference.Before.Settings.GetAnnotations());
            yield return settings;
        }

        foreach (var schema in difference.After.Schemas.Where(one => !difference.Before.Schemas.Any(other => other.Name == one.Name)))
        {
            yield return schema;
        }

        foreach (var sequence in difference.After.Sequences.Where(one => !difference.Before.Sequences.Any(other => other.Name == one.Name && other.Schema == one.Schema)))
        {
            yield return sequence;
        }
    }

    // Those that differ, and those that stand on keys, indexes or columns that do; of dropped tables all, for they may form a circle.
    private List<AddForeignKeyOperation> AffectedForeignKeys() =>
    [
        .. difference.Before.Tables.SelectMany(table => table.Create.ForeignKeys.Where(key =>
            difference.Dropped.Contains(table)
            || difference.Dropped.Any(other => other.Is(key.PrincipalTable, key.PrincipalSchema))
            || difference.Of(table.Name, table.Schema)?.ForeignKeys.Any(change => change.Before == key) == true
            || IsAffected(key.Table, key.Schema, key.Columns)
            || IsAffected(key.PrincipalTable, key.PrincipalSchema, key.PrincipalColumns!)
            || IsUnfounded(key))),
    ];

    // A foreign key may stand on a unique index in the place of a key.
    private bool IsUnfounded(AddForeignKeyOperation key) =>
        difference.Of(key.PrincipalTable, key.PrincipalSchema) is { } principal
        && principal.Indexes.Any(index => index.Before is { IsUnique: true } before && before.Columns.ToHashSet().SetEquals(key.PrincipalColumns!));

    private bool IsAffected(string table, string? schema, string[] columns) =>
        difference.Of(table, schema) is { } changed
        && (changed.Columns.Any(column => column.Before is { } before && columns.Contains(before.Name))
            || (changed.PrimaryKey && changed.Before.Create.PrimaryKey?.Columns.Any(columns.Contains) == true)
            || changed.Uniques.Any(key => key.Before?.Columns.Any(columns.Contains) == true)
            || (IsMySql && changed.Indexes.Any(index => index.Before?.Columns.Any(columns.Contains) == true)));

    private IEnumerable<AddForeignKeyOperation> NewForeignKeys(List<AddForeignKeyOperation> dropped)
    {
        var gone = dropped.Select(key => (key.Table, key.Schema, key.Name)).ToHashSet();
        return difference.After.Tables.SelectMany(table => table.Create.ForeignKeys.Where(key =>
            difference.Added.Contains(table)
            || difference.Of(table.Name, table.Schema)?.ForeignKeys.Any(change => change.After == key) == true
            || gone.Contains((key.Table, key.Schema, key.Name))));
    }

    private static CreateTableOperation WithoutForeignKeys(TableSchema table)
    {
        var create = SqliteRebuild.Copy(table.Create);
        create.ForeignKeys.Clear();
        return create;
    }
}
