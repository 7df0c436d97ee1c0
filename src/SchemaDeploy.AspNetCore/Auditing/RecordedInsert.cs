using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// New rows and their records, each with its own as one statement of PostgreSQL, composed once for the tables of both. EF Core would send two,
/// and compose them with every save; the database works less on one, which is a transaction in itself.
/// </summary>
internal sealed class RecordedInsert
{
    // More rows would hold their locks longer and gain little, and a longer message would be copied around for each few of them.
    private const int MostRows = 32, LongestMessage = 32_000;

    // Those of several requests do not wait long for each other's locks, nor for each other where two transactions would do so for ever.
    private const string Patience = "SELECT set_config('lock_timeout', '100ms', true);";

    private readonly (ITable Table, Column[] Columns) _row, _record;
    private readonly IProperty[] _generated;

    private readonly Message _one;
    private readonly Lazy<Message> _several;

    private RecordedInsert(ISqlGenerationHelper sql, (IEntityType Type, ITable Table) row, (IEntityType Type, ITable Table) record)
    {
        _generated = [.. record.Type.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.Never)];
        _row = (row.Table, [.. row.Type.GetProperties().Select(property => new Column(property))]);
        _record = (record.Table, [.. record.Type.GetProperties().Where(property => !IsNumbered(property)).Select(property => new Column(property))]);
        _one = Compose(sql, 1);
        _several = new(() => Compose(sql, Math.Clamp(LongestMessage / _one.Text.Length, 1, MostRows)));
    }

    /// <summary>How many rows are written together at most.</summary>
    public int MostTogether => _several.Value.Ends.Length;

    /// <summary>The statement for a row and a record; null where one of them is more than a row of one table, or EF Core keeps a part of a record.</summary>
    public static RecordedInsert? Of(DbContext context, IEntityType row, IEntityType record) =>
        FindTable(row) is { } rows
        && FindTable(record) is { } records
        && record.GetProperties().All(property => !property.IsShadowProperty())
            ? new(context.GetService<ISqlGenerationHelper>(), (row, rows), (record, records))
            : null;

    /// <summary>Whether <paramref name="record"/> leaves its number to the database, and nothing else.</summary>
    public bool Fits(object record) => Array.TrueForAll(
        _generated, property => Equals(property.GetGetter().GetClrValue(record), property.Sentinel) == IsNumbered(property));

    /// <summary>What is written of a row and its record.</summary>
    public object?[] ReadValues(EntityEntry row, object record)
    {
        var current = row.CurrentValues;
        var values = new object?[_row.Columns.Length + _record.Columns.Length];
        var i = 0;
        foreach (var column in _row.Columns)
        {
            values[i++] = current[column.Property];
        }

        foreach (var column in _record.Columns)
        {
            values[i++] = column.Property.GetGetter().GetClrValue(record);
        }

        return values;
    }

    /// <summary>Writes rows and records of these values, all or none.</summary>
    public async Task ExecuteAsync(DbContext context, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var (text, names, ends) = rows.Count == 1 ? _one : _several.Value;
        await using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = new List<DbParameter>(rows.Count * rows[0].Length);
        foreach (var values in rows)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var column = i < _row.Columns.Length ? _row.Columns[i] : _record.Columns[i - _row.Columns.Length];
                parameters.Add(column.Bind(command, names[parameters.Count], values[i]));
            }
        }

        await context.Database.ExecuteSqlRawAsync(text[..ends[rows.Count - 1]], parameters, cancellationToken);
    }

    // A statement for each row, which the database has prepared for a row alone: they differ in nothing but what they are given.
    private Message Compose(ISqlGenerationHelper sql, int count)
    {
        var width = _row.Columns.Length + _record.Columns.Length;
        var names = Enumerable.Range(0, count * width).Select(i => sql.GenerateParameterName($"p{i}")).ToArray();
        var text = new StringBuilder(count > 1 ? Patience : "");
        var ends = new int[count];
        for (var i = 0; i < count; i++)
        {
            var values = names.AsSpan(i * width, width);
            var statement = $"WITH written AS ({Insert(sql, _row, values[.._row.Columns.Length])}) {Insert(sql, _record, values[_row.Columns.Length..])};";
            // EF Core takes the text for a format.
            text.Append(statement.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            ends[i] = text.Length;
        }

        return new(text.ToString(), names, ends);
    }

    private static string Insert(ISqlGenerationHelper sql, (ITable Table, Column[] Columns) part, ReadOnlySpan<string?> values)
    {
        var names = part.Columns.Select(column => sql.DelimitIdentifier(part.Table.FindColumn(column.Property)!.Name));
        return $"INSERT INTO {sql.DelimitIdentifier(part.Table.Name, part.Table.Schema)} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
    }

    private static bool IsNumbered(IProperty property) =>
        property.ValueGenerated == ValueGenerated.OnAdd && property.IsPrimaryKey() && Type.GetTypeCode(property.ClrType) is TypeCode.Int32 or TypeCode.Int64;

    private static ITable? FindTable(IEntityType type) =>
        type.GetTableMappings().Take(2).ToList() is [{ Table: { } table }]
        && table.EntityTypeMappings.Count() == 1
        && !type.GetComplexProperties().Any()
        && type.GetInsertStoredProcedure() is null
        && type.GetProperties().All(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save)
            ? table
            : null;

    // Ends: of what is written of the first rows, by their number less one.
    private sealed record Message(string Text, string[] Parameters, int[] Ends);

    private sealed record Column(IProperty Property)
    {
        private readonly RelationalTypeMapping _mapping = Property.GetRelationalTypeMapping();

        public DbParameter Bind(DbCommand command, string name, object? value) => _mapping.CreateParameter(command, name, value, Property.IsNullable);
    }
}
