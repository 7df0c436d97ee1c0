using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Carries the difference of one table out on a database server, foreign keys aside.</summary>
internal sealed class TableOperations(TableDifference table, ISqlGenerationHelper sql, string provider)
{
    private readonly string _name = table.After.Name;
    private readonly string? _schema = table.After.Schema;

    // Columns that are dropped and made again under their names: what was computed, and what is.
    private readonly HashSet<string> _again =
    [
        .. table.Remade,
        .. Both(table)
            .Where(column => column.ComputedColumnSql is { } text
                && table.Columns.Any(change => change.After?.Name != column.Name && change.Before is { } before && Names(sql, text, before.Name)))
            .Select(column => column.Name),
    ];

    private bool IsMySql => provider == ProviderSql.MySqlName;

    /// <summary>What goes before columns change.</summary>
    public IEnumerable<MigrationOperation> Drops()
    {
        var before = table.Before.Create;
        foreach (var check in before.CheckConstraints.Where(check => IsChanged(table.Checks, check) || _again.Any(column => Names(sql, check.Sql, column))))
        {
            yield return new DropCheckConstraintOperation { Name = check.Name, Table = _name, Schema = _schema };
        }

        foreach (var index in table.Before.Indexes.Where(index => IsChanged(table.Indexes, index) || index.Columns.Any(_again.Contains)))
        {
            yield return Dropped(index);
        }

        foreach (var key in before.UniqueConstraints.Where(key => IsChanged(table.Uniques, key) || key.Columns.Any(_again.Contains)))
        {
            yield return new DropUniqueConstraintOperation { Name = key.Name, Table = _name, Schema = _schema };
        }

        if (!IsMySql && IsPrimaryKeyMade && before.PrimaryKey is { } primary)
        {
            yield return new DropPrimaryKeyOperation { Name = primary.Name, Table = _name, Schema = _schema };
        }

        foreach (var column in table.Before.Columns.Where(column => _again.Contains(column.Name)))
        {
            yield return Dropped(column);
        }
    }

    /// <summary>What becomes of columns and the primary key.</summary>
    public IEnumerable<MigrationOperation> Changes()
    {
        foreach (var change in table.Columns.Where(change => change is { Before: not null, After: not null } && !_again.Contains(change.After.Name)))
        {
            yield return Altered(change.Before!, change.After!);
        }

        var added = table.After.Columns.Where(column => _again.Contains(column.Name) || table.Before.Find(column.Name) is null);
        foreach (var column in added.OrderBy(column => column.ComputedColumnSql is not null))
        {
            yield return column;
        }

        if (IsPrimaryKeyMade)
        {
            foreach (var operation in PrimaryKey())
            {
                yield return operation;
            }
        }

        // MySQL has no more than one column that it numbers, and that one leads a key.
        foreach (var column in table.Before.Columns.Where(column => table.After.Find(column.Name) is null).OrderBy(column => column.ComputedColumnSql is null))
        {
            yield return Dropped(column);
        }

        if (table.IsDescriptionChanged)
        {
            yield return Described();
        }
    }

    /// <summary>What comes back, and what is new.</summary>
    public IEnumerable<MigrationOperation> Additions()
    {
        var after = table.After.Create;
        return
        [
            .. after.UniqueConstraints.Where(key => IsChanged(table.Uniques, key) || key.Columns.Any(_again.Contains)),
            .. table.After.Indexes.Where(index => IsChanged(table.Indexes, index) || index.Columns.Any(_again.Contains)),
            .. after.CheckConstraints.Where(check => IsChanged(table.Checks, check) || _again.Any(column => Names(sql, check.Sql, column))),
        ];
    }

    private bool IsPrimaryKeyMade => table.PrimaryKey || table.After.Create.PrimaryKey?.Columns.Any(_again.Contains) == true;

    private static IEnumerable<AddColumnOperation> Both(TableDifference table) => table.After.Columns.Where(column => table.Before.Find(column.Name) is not null);

    private static bool Names(ISqlGenerationHelper sql, string expression, string column) => expression.Contains(sql.DelimitIdentifier(column), StringComparison.Ordinal);

    private static bool IsChanged<T>(IEnumerable<Change<T>> changes, T part)
        where T : MigrationOperation => changes.Any(change => change.Before == part || change.After == part);

    private IEnumerable<MigrationOperation> PrimaryKey()
    {
        var (before, after) = (table.Before.Create.PrimaryKey, table.After.Create.PrimaryKey);
        if (!IsMySql)
        {
            return after is null ? [] : [after];
        }

        // In one statement, for what MySQL numbers must be in a key at all times.
        List<string> parts = [];
        if (before is not null)
        {
            parts.Add("DROP PRIMARY KEY");
        }

        if (after is not null)
        {
            parts.Add($"ADD PRIMARY KEY ({string.Join(", ", after.Columns.Select(column => sql.DelimitIdentifier(column)))})");
        }

        return parts.Count == 0 ? [] : [new SqlOperation { Sql = $"ALTER TABLE {sql.DelimitIdentifier(_name, _schema)} {string.Join(", ", parts)}{sql.StatementTerminator}" }];
    }

    private DropColumnOperation Dropped(AddColumnOperation column) => new() { Name = column.Name, Table = _name, Schema = _schema };

    private DropIndexOperation Dropped(CreateIndexOperation index)
    {
        var operation = new DropIndexOperation { Name = index.Name, Table = _name, Schema = _schema };
        operation.AddAnnotations(index.GetAnnotations());
        return operation;
    }

    private AlterTableOperation Described()
    {
        var operation = new AlterTableOperation { Name = _name, Schema = _schema, Comment = table.After.Create.Comment };
        operation.AddAnnotations(table.After.Create.GetAnnotations());
        operation.OldTable.Comment = table.Before.Create.Comment;
        operation.OldTable.AddAnnotations(table.Before.Create.GetAnnotations());
        return operation;
    }

    private AlterColumnOperation Altered(AddColumnOperation before, AddColumnOperation after)
    {
        var operation = new AlterColumnOperation { Name = after.Name, Table = _name, Schema = _schema };
        Describe(operation, after);
        before.ClrType = after.ClrType;
        Describe(operation.OldColumn, before);
        return operation;
    }

    private static void Describe(ColumnOperation target, ColumnOperation source)
    {
        target.ClrType = source.ClrType;
        target.ColumnType = source.ColumnType;
        target.IsNullable = source.IsNullable;
        target.MaxLength = source.MaxLength;
        target.Precision = source.Precision;
        target.Scale = source.Scale;
        target.IsUnicode = source.IsUnicode;
        target.IsFixedLength = source.IsFixedLength;
        target.IsRowVersion = source.IsRowVersion;
        target.DefaultValueSql = source.DefaultValueSql;
        target.ComputedColumnSql = source.ComputedColumnSql;
        target.IsStored = source.IsStored;
        target.Collation = source.Collation;
        target.Comment = source.Comment;
        target.AddAnnotations(source.GetAnnotations());
    }
}
