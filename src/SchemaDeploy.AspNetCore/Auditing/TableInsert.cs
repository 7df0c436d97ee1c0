using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>The INSERT of a row that is a row of one table and nothing more.</summary>
internal sealed class TableInsert
{
    private readonly string _beginning, _text;
    private readonly Column[] _columns;
    private readonly string[] _parameters;

    // Left to the database.
    private readonly IProperty? _number;
    private readonly IProperty[] _generated;

    private TableInsert(ISqlGenerationHelper sql, IEntityType type, ITable table, IProperty? number)
    {
        _number = number;
        _generated = [.. type.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.Never)];
        _columns = [.. type.GetProperties().Where(property => property != number).Select(property => new Column(property, property.GetRelationalTypeMapping()))];
        var names = _columns.Select(column => sql.DelimitIdentifier(table.FindColumn(column.Property)!.Name));
        var beginning = $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", names)}) VALUES (";
        // EF Core takes the text for a format.
        _beginning = beginning.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
        _parameters = sql.ParameterNames(Width);
        _text = Text(_parameters);
    }

    /// <summary>How many values a row has.</summary>
    public int Width => _columns.Length;

    /// <summary>The INSERT of rows that are known as a whole; null where they are more than rows of one table.</summary>
    public static TableInsert? OfKnown(DbContext context, IEntityType type) => Of(context, type, number: null);

    /// <summary>The INSERT of rows that leave their number to the database, if they have one; null where they are more than rows of one table, or EF Core keeps a part of them.</summary>
    public static TableInsert? OfNumbered(DbContext context, IEntityType type) =>
        type.GetProperties().All(property => !property.IsShadowProperty())
            ? Of(context, type, type.GetProperties().FirstOrDefault(IsNumber))
            : null;

    /// <summary>Whether <paramref name="row"/> leaves its number to the database, and nothing else.</summary>
    public bool Fits(object row) => Array.TrueForAll(
        _generated, property => Equals(property.GetGetter().GetClrValue(row), property.Sentinel) == (property == _number));

    /// <summary>Puts what is written of <paramref name="row"/> into <paramref name="values"/>.</summary>
    public void Read(object row, Span<object?> values)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            values[i] = _columns[i].Property.GetGetter().GetClrValue(row);
        }
    }

    /// <summary>Puts what is written of <paramref name="row"/> into <paramref name="values"/>, also what no property of it shows.</summary>
    public void Read(PropertyValues row, Span<object?> values)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            values[i] = row[_columns[i].Property];
        }
    }

    /// <summary>Writes <paramref name="row"/>.</summary>
    public async Task ExecuteAsync(DbContext context, object row, CancellationToken cancellationToken)
    {
        var values = new object?[Width];
        Read(row, values);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = new List<DbParameter>(Width);
        Bind(command, _parameters, values, parameters);
        await context.Database.ExecuteSqlRawAsync(_text, parameters, cancellationToken);
    }

    /// <summary>The statement, with the names of its parameters.</summary>
    public string Text(ReadOnlySpan<string?> parameters) => $"{_beginning}{string.Join(", ", parameters)})";

    /// <summary>The parameters of <paramref name="values"/>.</summary>
    public void Bind(DbCommand command, ReadOnlySpan<string> names, ReadOnlySpan<object?> values, List<DbParameter> parameters)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var (property, mapping) = _columns[i];
            parameters.Add(mapping.CreateParameter(command, names[i], values[i], property.IsNullable));
        }
    }

    private static TableInsert? Of(DbContext context, IEntityType type, IProperty? number) =>
        type.GetTableMappings().Take(2).ToList() is [{ Table: { } table }]
        && table.EntityTypeMappings.Count() == 1
        && !type.GetComplexProperties().Any()
        && type.GetInsertStoredProcedure() is null
        && type.GetProperties().All(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save)
            ? new(context.GetService<ISqlGenerationHelper>(), type, table, number)
            : null;

    private static bool IsNumber(IProperty property) =>
        property.ValueGenerated == ValueGenerated.OnAdd
        && property.IsPrimaryKey()
        && Type.GetTypeCode(property.ClrType) is TypeCode.Int32 or TypeCode.Int64
        && !SqliteNumbering.Numbers(property);

    private sealed record Column(IProperty Property, RelationalTypeMapping Mapping);
}

/// <summary>Names of parameters.</summary>
internal static class ParameterNaming
{
    /// <summary>So many of them.</summary>
    public static string[] ParameterNames(this ISqlGenerationHelper sql, int count) =>
        [.. Enumerable.Range(0, count).Select(i => sql.GenerateParameterName(string.Create(CultureInfo.InvariantCulture, $"p{i}")))];
}
