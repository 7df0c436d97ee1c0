using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>The rows that a database has, as they will be after the migration: queries over the tables as they are.</summary>
internal sealed class OldRows(SchemaDifference difference, ISqlGenerationHelper sql, string provider)
{
    /// <summary>The table as the database has it now.</summary>
    public string NameOf(TableSchema after)
    {
        var (name, schema) = difference.Renames.OriginalOf(after);
        return sql.DelimitIdentifier(name, schema);
    }

    /// <summary>A column as the database has it now.</summary>
    public string NameOf(TableSchema after, string column) => sql.DelimitIdentifier(difference.Renames.OriginalOf(after, column));

    /// <summary>All rows in the new form; null where the table is new.</summary>
    public string? Select(TableSchema after)
    {
        if (difference.Before.Find(after.Name, after.Schema) is null)
        {
            return null;
        }

        var stored = after.Columns.Where(column => column.ComputedColumnSql is null).Select(column => $"{ValueOf(after, column)} AS {sql.DelimitIdentifier(column.Name)}");
        var rows = $"SELECT {string.Join(", ", stored)} FROM {NameOf(after)}";
        var computed = after.Columns.Where(column => column.ComputedColumnSql is not null).Select(column => $"{column.ComputedColumnSql} AS {sql.DelimitIdentifier(column.Name)}").ToList();
        return computed.Count == 0 ? rows : $"SELECT old_rows.*, {string.Join(", ", computed)} FROM ({rows}) AS old_rows";
    }

    /// <summary>The value that a column will have.</summary>
    public string ValueOf(TableSchema after, AddColumnOperation column)
    {
        var table = difference.Of(after.Name, after.Schema);
        if (difference.Before.Find(after.Name, after.Schema)!.Find(column.Name) is { } before && table?.Remade.Contains(column.Name) != true)
        {
            return ColumnConversion.Convert(NameOf(after, column.Name), before, column, provider);
        }

        var value = column.DefaultValueSql is { } text ? $"({text})" : "NULL";
        return provider is ProviderSql.PostgreSqlName or ProviderSql.SqlServerName ? $"CAST({value} AS {column.ColumnType})" : value;
    }
}
