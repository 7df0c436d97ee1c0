using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>
/// A new row and its record as one statement of PostgreSQL, composed once for the tables of both. EF Core would send two, and compose
/// them with every save; the database works less on one, which is a transaction in itself.
/// </summary>
internal sealed class RecordedInsert
{
    private readonly string _sql;
    private readonly Column[] _row;
    private readonly Column[] _record;
    private readonly IProperty[] _givenToRecord;

    private RecordedInsert(ISqlGenerationHelper sql, (IEntityType Type, ITable Table) row, (IEntityType Type, ITable Table) record)
    {
        _givenToRecord = [.. record.Type.GetProperties().Where(property => property.ValueGenerated.HasFlag(ValueGenerated.OnAdd))];
        _row = [.. row.Type.GetProperties().Select((property, i) => new Column(property, sql.GenerateParameterName($"r{i}")))];
        _record = [.. record.Type.GetProperties().Except(_givenToRecord).Select((property, i) => new Column(property, sql.GenerateParameterName($"a{i}")))];
        // EF Core takes the text for a format.
        _sql = $"WITH written AS ({Insert(sql, row.Table, _row)}) {Insert(sql, record.Table, _record)}"
            .Replace("{", "{{", StringComparison.Ordinal)
            .Replace("}", "}}", StringComparison.Ordinal);
    }

    /// <summary>The statement for a row and a record; null where one of them is more than a row of one table.</summary>
    public static RecordedInsert? Of(DbContext context, IEntityType row, IEntityType record) =>
        FindTable(row) is { } rows && FindTable(record) is { } records
            ? new(context.GetService<ISqlGenerationHelper>(), (row, rows), (record, records))
            : null;

    /// <summary>Whether <paramref name="record"/> leaves to the database all that the database gives to rows of its table.</summary>
    public bool Fits(EntityEntry record) => Array.TrueForAll(
        _givenToRecord,
        property => record.Property(property) is var value && (value.IsTemporary || Equals(value.CurrentValue, property.Sentinel)));

    /// <summary>Writes both.</summary>
    public async Task ExecuteAsync(DbContext context, EntityEntry row, EntityEntry record, CancellationToken cancellationToken)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = new List<DbParameter>(_row.Length + _record.Length);
        Bind(command, parameters, _row, row);
        Bind(command, parameters, _record, record);
        await context.Database.ExecuteSqlRawAsync(_sql, parameters, cancellationToken);
    }

    private static ITable? FindTable(IEntityType type) =>
        type.GetTableMappings().Take(2).ToList() is [{ Table: { } table }]
        && table.EntityTypeMappings.Count() == 1
        && !type.GetComplexProperties().Any()
        && type.GetInsertStoredProcedure() is null
        && type.GetProperties().All(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save)
            ? table
            : null;

    private static string Insert(ISqlGenerationHelper sql, ITable table, Column[] columns)
    {
        var names = columns.Select(column => sql.DelimitIdentifier(table.FindColumn(column.Property)!.Name));
        var values = columns.Select(column => column.Parameter);
        return $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
    }

    private static void Bind(DbCommand command, List<DbParameter> parameters, Column[] columns, EntityEntry entry)
    {
        var values = entry.CurrentValues;
        foreach (var (property, parameter) in columns)
        {
            parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, parameter, values[property], property.IsNullable));
        }
    }

    private sealed record Column(IProperty Property, string Parameter);
}
