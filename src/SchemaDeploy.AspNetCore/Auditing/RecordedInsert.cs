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
    private readonly IProperty[] _generated;

    private RecordedInsert(ISqlGenerationHelper sql, (IEntityType Type, ITable Table) row, (IEntityType Type, ITable Table) record)
    {
        _generated = [.. record.Type.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.Never)];
        _row = [.. row.Type.GetProperties().Select((property, i) => new Column(property, sql.GenerateParameterName($"r{i}")))];
        _record = [.. record.Type.GetProperties().Where(property => !IsNumbered(property)).Select((property, i) => new Column(property, sql.GenerateParameterName($"a{i}")))];
        // EF Core takes the text for a format.
        _sql = $"WITH written AS ({Insert(sql, row.Table, _row)}) {Insert(sql, record.Table, _record)}"
            .Replace("{", "{{", StringComparison.Ordinal)
            .Replace("}", "}}", StringComparison.Ordinal);
    }

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

    /// <summary>Writes both.</summary>
    public async Task ExecuteAsync(DbContext context, EntityEntry row, object record, CancellationToken cancellationToken)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = new List<DbParameter>(_row.Length + _record.Length);
        var values = row.CurrentValues;
        foreach (var column in _row)
        {
            parameters.Add(column.Bind(command, values[column.Property]));
        }

        foreach (var column in _record)
        {
            parameters.Add(column.Bind(command, column.Property.GetGetter().GetClrValue(record)));
        }

        await context.Database.ExecuteSqlRawAsync(_sql, parameters, cancellationToken);
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

    private static string Insert(ISqlGenerationHelper sql, ITable table, Column[] columns)
    {
        var names = columns.Select(column => sql.DelimitIdentifier(table.FindColumn(column.Property)!.Name));
        var values = columns.Select(column => column.Parameter);
        return $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
    }

    private sealed record Column(IProperty Property, string Parameter)
    {
        private readonly RelationalTypeMapping _mapping = Property.GetRelationalTypeMapping();

        public DbParameter Bind(DbCommand command, object? value) => _mapping.CreateParameter(command, Parameter, value, Property.IsNullable);
    }
}
