using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Puts a difference into words, and asks what has to be known of the rows before it is carried out.</summary>
internal sealed class PlannedChanges(SchemaDifference difference, ISqlGenerationHelper sql, string provider)
{
    private readonly OldRows _rows = new(difference, sql, provider);

    private bool IsSqlite => provider == ProviderSql.SqliteName;

    public IReadOnlyList<PlannedChange> All() =>
    [
        .. difference.Renames.Operations.Select(Renamed),
        .. difference.Dropped.Select(table => new PlannedChange(
            Danger.LosesData, $"drop table {table.FullName}", new RowQuestion(RowConcern.Lost, CountOf(sql.DelimitIdentifier(table.Name, table.Schema)), "rows go"))),
        .. difference.Added.SelectMany(Added),
        .. difference.Changed.SelectMany(Changed),
    ];

    /// <summary>What was dropped and added, and looks as if it had been renamed.</summary>
    public IEnumerable<string> Hints()
    {
        foreach (var table in difference.Added)
        {
            var columns = table.Columns.Select(column => (column.Name, ModelFacts.TypeOf(column))).ToHashSet();
            if (difference.Dropped.FirstOrDefault(one => 2 * one.Columns.Count(column => columns.Contains((column.Name, ModelFacts.TypeOf(column)))) > columns.Count) is { } old)
            {
                yield return $"if {table.FullName} is {old.FullName} by another name, tag the table with '@renamed-from {old.Name}'.";
            }
        }

        foreach (var table in difference.Changed)
        {
            foreach (var added in table.Columns.Where(column => column is { Before: null, After.ComputedColumnSql: null }).Select(column => column.After!))
            {
                if (table.Columns.FirstOrDefault(column => column is { After: null } && IsAlike(column.Before!, added))?.Before is { } old)
                {
                    yield return $"if {table.After.FullName}.{added.Name} is {old.Name} by another name, tag the column with '@renamed-from {old.Name}'.";
                }
            }
        }
    }

    private static bool IsAlike(AddColumnOperation one, AddColumnOperation other) =>
        one.ComputedColumnSql is null && ModelFacts.TypeOf(one) == ModelFacts.TypeOf(other);

    private static PlannedChange Renamed(MigrationOperation operation) => operation switch
    {
        RenameTableOperation table => new PlannedChange(Danger.Safe, $"rename table {table.Name} to {table.NewName}"),
        RenameColumnOperation column => new PlannedChange(Danger.Safe, $"rename column {column.Table}.{column.Name} to {column.NewName}"),
        _ => throw new InvalidOperationException(operation.GetType().Name),
    };

    private static IEnumerable<PlannedChange> Added(TableSchema table) =>
    [
        new PlannedChange(Danger.Safe, $"create table {table.FullName}"),
        .. table.Indexes.Select(index => new PlannedChange(Danger.Safe, $"create index {index.Name} of {table.FullName}")),
    ];

    private IEnumerable<PlannedChange> Changed(TableDifference table) =>
    [
        .. table.Columns.Select(column => Column(table, column)),
        .. PrimaryKey(table),
        .. table.Uniques.Select(key => Constraint(table, "unique key", key, one => one.Name, one => Duplicates(table, one.Columns))),
        .. table.ForeignKeys.Select(key => Constraint(table, "foreign key", key, one => one.Name, Orphans)),
        .. table.Checks.Select(check => Constraint(table, "check", check, one => one.Name, one => Violations(table, one))),
        .. table.Indexes.Select(index => Constraint(table, index.After?.IsUnique == true ? "unique index" : "index", index, one => one.Name, one => one.IsUnique ? Duplicates(table, one) : null)),
        .. Affected(table),
        .. table.IsDescriptionChanged ? [new PlannedChange(Danger.Safe, $"change the comment of {table.After.FullName}")] : Array.Empty<PlannedChange>(),
    ];

    private PlannedChange Column(TableDifference table, Change<AddColumnOperation> change)
    {
        var name = $"{table.After.FullName}.{(change.After ?? change.Before!).Name}";
        var danger = IsSqlite ? Danger.Locks : Danger.Safe;
        switch (change)
        {
            case { Before: null, After: { } added }:
                return new PlannedChange(added.ComputedColumnSql is null ? danger : Danger.Locks, $"add column {name}", Needs(table, added));
            case { After: null, Before: { } dropped }:
                return dropped.ComputedColumnSql is null
                    ? new PlannedChange(Danger.LosesData, $"drop column {name}", Loses(table, dropped))
                    : new PlannedChange(danger, $"drop column {name}");
            case { Before: { } before, After: { } after } when table.Remade.Contains(after.Name):
                var text = $"make column {name} anew, {TypeOf(after)} in place of {TypeOf(before)}";
                return before.ComputedColumnSql is null
                    ? new PlannedChange(Danger.LosesData, text, Loses(table, before), Needs(table, after))
                    : new PlannedChange(Danger.Locks, text, Needs(table, after));
            case { Before: { } before, After: { } after }:
                var value = _rows.NameOf(table.After, after.Name);
                var misfits = ColumnConversion.Misfits(value, before, after, provider)
                    .Select(misfit => new RowQuestion(RowConcern.Misfit, $"{CountOf(_rows.NameOf(table.After))} WHERE {misfit.Condition}", "rows " + misfit.Reason));
                return new PlannedChange(IsTouching(before, after) ? Danger.Locks : danger, $"change column {name} {Difference(before, after)}", [.. misfits]);
            default:
                throw new InvalidOperationException(name);
        }
    }

    private IEnumerable<PlannedChange> PrimaryKey(TableDifference table)
    {
        if (table.PrimaryKey)
        {
            var key = table.After.Create.PrimaryKey;
            yield return key is null
                ? new PlannedChange(IsSqlite ? Danger.Locks : Danger.Safe, $"drop the primary key of {table.After.FullName}")
                : new PlannedChange(Danger.Locks, $"make the primary key of {table.After.FullName} ({string.Join(", ", key.Columns)})", Duplicates(table, key.Columns));
        }
    }

    private PlannedChange Constraint<T>(TableDifference table, string kind, Change<T> change, Func<T, string> name, Func<T, RowQuestion?> question)
        where T : MigrationOperation => change.After is { } after
        ? new PlannedChange(Danger.Locks, $"{(change.Before is null ? "add" : "change")} {kind} {name(after)} of {table.After.FullName}", question(after))
        : new PlannedChange(IsSqlite && change.Before is not CreateIndexOperation ? Danger.Locks : Danger.Safe, $"drop {kind} {name(change.Before!)} of {table.After.FullName}");

    // What stays as it is, and holds columns whose values do not.
    private IEnumerable<PlannedChange> Affected(TableDifference table)
    {
        if (table.Remade.Count == 0)
        {
            yield break;
        }

        var create = table.After.Create;
        var (uniques, indexes, checks) = (table.Uniques.Select(key => key.After).ToHashSet(), table.Indexes.Select(index => index.After).ToHashSet(), table.Checks.Select(check => check.After).ToHashSet());
        if (create.PrimaryKey is { } primary && !table.PrimaryKey && primary.Columns.Any(table.Remade.Contains))
        {
            yield return new PlannedChange(Danger.Locks, $"keep the primary key of {table.After.FullName}", Duplicates(table, primary.Columns));
        }

        foreach (var key in create.UniqueConstraints.Where(key => !uniques.Contains(key) && key.Columns.Any(table.Remade.Contains)))
        {
            yield return new PlannedChange(Danger.Locks, $"keep unique key {key.Name} of {table.After.FullName}", Duplicates(table, key.Columns));
        }

        foreach (var index in table.After.Indexes.Where(index => index.IsUnique && !indexes.Contains(index) && index.Columns.Any(table.Remade.Contains)))
        {
            yield return new PlannedChange(Danger.Locks, $"keep unique index {index.Name} of {table.After.FullName}", Duplicates(table, index));
        }

        foreach (var check in create.CheckConstraints.Where(check => !checks.Contains(check) && table.Remade.Any(column => check.Sql.Contains(sql.DelimitIdentifier(column), StringComparison.Ordinal))))
        {
            yield return new PlannedChange(Danger.Locks, $"keep check {check.Name} of {table.After.FullName}", Violations(table, check));
        }

        foreach (var (owner, key) in difference.After.Tables.SelectMany(one => one.Create.ForeignKeys.Select(key => (one, key))))
        {
            var isOwn = owner == table.After && key.Columns.Any(table.Remade.Contains);
            var isOfOthers = table.After.Is(key.PrincipalTable, key.PrincipalSchema) && key.PrincipalColumns!.Any(table.Remade.Contains);
            if ((isOwn || isOfOthers) && difference.Before.Find(owner.Name, owner.Schema) is not null)
            {
                yield return new PlannedChange(Danger.Locks, $"keep foreign key {key.Name} of {owner.FullName}", Orphans(key));
            }
        }
    }

    // A new column is empty where nothing gives it a value, and numbers come from the database itself.
    private RowQuestion? Needs(TableDifference table, AddColumnOperation column) =>
        column.IsNullable || column.DefaultValueSql is not null || column.ComputedColumnSql is not null || column.IsRowVersion || MigrationOperations.IsNumbered(column)
            ? null
            : new RowQuestion(RowConcern.Missing, CountOf(_rows.NameOf(table.After)), "rows need a value");

    private RowQuestion Loses(TableDifference table, AddColumnOperation column)
    {
        var (name, schema) = difference.Renames.OriginalOf(table.After);
        return new RowQuestion(
            RowConcern.Lost,
            $"SELECT COUNT({sql.DelimitIdentifier(difference.Renames.OriginalOf(table.After, column.Name))}) FROM {sql.DelimitIdentifier(name, schema)}", "values go");
    }

    private RowQuestion? Duplicates(TableDifference table, CreateIndexOperation index) => Duplicates(table, index.Columns, index.Filter, MigrationOperations.HasEqualNulls(index));

    private RowQuestion? Duplicates(TableDifference table, string[] columns, string? filter = null, bool equalNulls = false)
    {
        var keys = columns.Select(column => sql.DelimitIdentifier(column)).ToList();
        var conditions = equalNulls ? [] : keys.Select(key => $"{key} IS NOT NULL").ToList();
        if (filter is not null)
        {
            conditions.Add($"({filter})");
        }

        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        // Numbers that the database gives are no duplicates.
        return columns.Any(column => MigrationOperations.IsNumbered(table.After.Find(column)!) && table.Before.Find(column) is null)
            ? null
            : new RowQuestion(
                RowConcern.Misfit,
                $"SELECT COALESCE(SUM(n), 0) FROM (SELECT COUNT(*) AS n FROM ({_rows.Select(table.After)}) AS new_rows{where} GROUP BY {string.Join(", ", keys)} HAVING COUNT(*) > 1) AS same", "rows have the same values");
    }

    private RowQuestion? Violations(TableDifference table, AddCheckConstraintOperation check) =>
        new(RowConcern.Misfit, $"SELECT COUNT(*) FROM ({_rows.Select(table.After)}) AS new_rows WHERE NOT ({check.Sql})", "rows break it");

    private RowQuestion? Orphans(AddForeignKeyOperation key)
    {
        var (owner, principal) = (difference.After.Find(key.Table, key.Schema)!, difference.After.Find(key.PrincipalTable, key.PrincipalSchema)!);
        var columns = key.Columns.Select(column => "new_rows." + sql.DelimitIdentifier(column)).ToList();
        var text = $"SELECT COUNT(*) FROM ({_rows.Select(owner)}) AS new_rows WHERE {string.Join(" AND ", columns.Select(column => $"{column} IS NOT NULL"))}";
        if (_rows.Select(principal) is { } rows)
        {
            var matches = columns.Zip(key.PrincipalColumns!, (column, other) => $"{column} = principal_rows.{sql.DelimitIdentifier(other)}");
            text += $" AND NOT EXISTS (SELECT 1 FROM ({rows}) AS principal_rows WHERE {string.Join(" AND ", matches)})";
        }

        return new RowQuestion(RowConcern.Misfit, text, "rows refer to none");
    }

    private static bool IsTouching(AddColumnOperation before, AddColumnOperation after) =>
        before.ColumnType != after.ColumnType || before.Collation != after.Collation || (before.IsNullable && !after.IsNullable);

    private static string Difference(AddColumnOperation before, AddColumnOperation after)
    {
        var parts = new List<string>();
        if (TypeOf(before) != TypeOf(after))
        {
            parts.Add($"from {TypeOf(before)} to {TypeOf(after)}");
        }

        if (before.IsNullable != after.IsNullable)
        {
            parts.Add(after.IsNullable ? "to allow NULL" : "to NOT NULL");
        }

        if (before.DefaultValueSql != after.DefaultValueSql)
        {
            parts.Add(after.DefaultValueSql is null ? "to have no default" : $"to the default {after.DefaultValueSql}");
        }

        return parts.Count == 0 ? "in its details" : string.Join(" and ", parts);
    }

    // SQLite's types say little.
    private static string TypeOf(AddColumnOperation column)
    {
        var size = column.ColumnType!.Contains('(', StringComparison.Ordinal) ? ""
            : column.MaxLength is { } length ? $"({length})"
            : column.Precision is { } precision ? $"({precision}{(column.Scale is { } scale ? $",{scale}" : "")})"
            : "";
        return $"{column.ColumnType}{size}{(column.ComputedColumnSql is null ? "" : " computed")}";
    }

    private static string CountOf(string table) => $"SELECT COUNT(*) FROM {table}";
}
