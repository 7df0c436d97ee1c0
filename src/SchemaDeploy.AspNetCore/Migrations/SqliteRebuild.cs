using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>
/// Carries a difference out on SQLite, which changes few things of a table: the others by making the table anew, in the
/// words that make it in an empty database, and moving the rows. References are not watched meanwhile.
/// </summary>
internal sealed class SqliteRebuild(SchemaDifference difference, ISqlGenerationHelper sql)
{
    private const string NewTable = "schemadeploy_new";

    public IEnumerable<MigrationOperation> All() =>
    [
        .. difference.Dropped.Select(table => new DropTableOperation { Name = table.Name, Schema = table.Schema }),
        .. difference.Renames.Operations.OfType<RenameTableOperation>(),
        .. difference.Renames.Operations.OfType<RenameColumnOperation>(),
        .. difference.Added.Select(table => table.Create),
        .. difference.Changed.SelectMany(table => table.IsOfIndexesAlone ? Indexes(table) : Rebuild(table)),
        .. difference.Added.SelectMany(table => table.Indexes),
    ];

    private static IEnumerable<MigrationOperation> Indexes(TableDifference table) =>
    [
        .. table.Indexes.Where(index => index.Before is not null).Select(index => new DropIndexOperation { Name = index.Before!.Name, Table = table.After.Name }),
        .. table.Indexes.Where(index => index.After is not null).Select(index => index.After!),
    ];

    private IEnumerable<MigrationOperation> Rebuild(TableDifference table)
    {
        var create = Copy(table.After.Create);
        create.Name = NewTable;
        var name = table.After.Name;
        yield return create;
        yield return new SqlOperation { Sql = Move(table) };
        if (table.After.Columns.Any(MigrationOperations.IsNumbered) && table.Before.Columns.Any(MigrationOperations.IsNumbered))
        {
            // Numbers of rows that were deleted are not given again.
            yield return new SqlOperation { Sql = $"DELETE FROM sqlite_sequence WHERE name = '{NewTable}'" };
            yield return new SqlOperation
            {
                Sql = $"INSERT INTO sqlite_sequence (name, seq) SELECT '{NewTable}', seq FROM sqlite_sequence WHERE name = '{name.Replace("'", "''", StringComparison.Ordinal)}'",
            };
        }

        yield return new DropTableOperation { Name = name };
        yield return new RenameTableOperation { Name = NewTable, NewName = name };
        foreach (var index in table.After.Indexes)
        {
            yield return index;
        }
    }

    // By the new names: renames went before.
    private string Move(TableDifference table)
    {
        var columns = table.After.Columns
            .Where(column => column.ComputedColumnSql is null)
            .Select(column => (Name: sql.DelimitIdentifier(column.Name), Value: ValueOf(table, column)))
            .Where(column => column.Value is not null)
            .ToList();
        return $"INSERT INTO {sql.DelimitIdentifier(NewTable)} ({string.Join(", ", columns.Select(column => column.Name))}) "
            + $"SELECT {string.Join(", ", columns.Select(column => column.Value))} FROM {sql.DelimitIdentifier(table.After.Name)}";
    }

    private string? ValueOf(TableDifference table, AddColumnOperation column) =>
        table.Before.Find(column.Name) is { } before && !table.Remade.Contains(column.Name)
            ? ColumnConversion.Convert(sql.DelimitIdentifier(column.Name), before, column, ProviderSql.SqliteName)
            : column.DefaultValueSql is { } text ? $"({text})" : null;

    /// <summary>The same table in an object of its own.</summary>
    public static CreateTableOperation Copy(CreateTableOperation table)
    {
        var copy = new CreateTableOperation { Name = table.Name, Schema = table.Schema, Comment = table.Comment, PrimaryKey = table.PrimaryKey };
        copy.AddAnnotations(table.GetAnnotations());
        copy.Columns.AddRange(table.Columns);
        copy.UniqueConstraints.AddRange(table.UniqueConstraints);
        copy.ForeignKeys.AddRange(table.ForeignKeys);
        copy.CheckConstraints.AddRange(table.CheckConstraints);
        return copy;
    }
}
