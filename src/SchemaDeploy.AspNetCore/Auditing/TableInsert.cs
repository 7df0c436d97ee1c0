using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>The INSERT of a row that is a row of one table and nothing more.</summary>
internal sealed class TableInsert
{
    private static readonly ConditionalWeakTable<IEntityType, StrongBox<TableInsert?>> s_ofObjects = [];

    private readonly string _beginning, _text, _numberingText;
    private readonly Column[] _columns;
    private readonly string[] _parameters;

    // Left to the database, if nobody sets them.
    private readonly IProperty[] _generated;

    private TableInsert(DbContext context, IEntityType type, ITable table, bool isNumbered)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        Number = isNumbered ? type.GetProperties().FirstOrDefault(IsNumber) : null;
        _generated = [.. type.GetProperties().Where(property => property.ValueGenerated != ValueGenerated.Never)];
        // PostgreSQL numbers a row that says nothing of a number, the others also one that says null.
        _columns = [.. type.GetProperties().Where(property => property != Number || !context.IsPostgreSql()).Select(property => new Column(property, property.GetRelationalTypeMapping()))];
        _beginning = $"INSERT INTO {Escape(sql.DelimitIdentifier(table.Name, table.Schema))} ({string.Join(", ", _columns.Select(column => NameOf(column.Property)))}) VALUES (";
        _parameters = sql.ParameterNames(Width);
        _text = Text(_parameters);
        _numberingText = Number is null ? _text : _text + (context.IsSqlite() ? $" RETURNING {NameOf(Number)}" : "; SELECT LAST_INSERT_ID()");

        string NameOf(IProperty property) => Escape(sql.DelimitIdentifier(table.FindColumn(property)!.Name));
    }

    /// <summary>How many values a row has.</summary>
    public int Width => _columns.Length;

    /// <summary>What the database numbers in a row that has no number; null for nothing.</summary>
    public IProperty? Number { get; }

    /// <summary>Whether the number is all that the database may set in a row.</summary>
    public bool IsAllButNumber => Array.TrueForAll(_generated, property => property == Number);

    /// <summary>The INSERT of tracked rows that are known as a whole; null where they are more than rows of one table.</summary>
    public static TableInsert? OfKnown(DbContext context, IEntityType type) => Of(context, type, isNumbered: false);

    /// <summary>The INSERT of tracked rows that may leave their number to SQLite or MySQL; null where they are more than rows of one table.</summary>
    public static TableInsert? OfTracked(DbContext context, IEntityType type) => Of(context, type, isNumbered: true);

    /// <summary>The INSERT of objects that leave their number to the database, if they have one; null where they are more than rows of one table, or EF Core keeps a part of them.</summary>
    public static TableInsert? OfObjects(DbContext context, IEntityType type) => s_ofObjects.GetOrAdd(
        type,
        static (type, context) => new(type.GetProperties().All(property => !property.IsShadowProperty()) ? Of(context, type, isNumbered: true) : null),
        context).Value;

    /// <summary>Whether <paramref name="row"/> leaves its number to the database, and nothing else.</summary>
    public bool Fits(object row) => Array.TrueForAll(
        _generated, property => Equals(property.GetGetter().GetClrValue(row), property.Sentinel) == (property == Number));

    /// <summary>What is written of <paramref name="row"/>.</summary>
    public object?[] Read(object row) => Array.ConvertAll(_columns, column => column.Property.GetGetter().GetClrValue(row));

    /// <summary>What is written of <paramref name="row"/>, also what no property of it shows.</summary>
    public object?[] Read(EntityEntry row)
    {
        var values = row.CurrentValues;
        return Array.ConvertAll(
            _columns, column => column.Property == Number && row.Property(Number).IsTemporary ? Number.Sentinel : values[column.Property]);
    }

    /// <summary>Writes a row of these values.</summary>
    public async Task WriteAsync(DbContext context, object?[] values, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlRawAsync(_text, await BindAsync(context, values), cancellationToken);

    /// <summary>Writes a row of these values, and tells the number that the database has given it; null where it numbers none.</summary>
    public async Task<long?> WriteNumberedAsync(DbContext context, object?[] values, CancellationToken cancellationToken)
    {
        if (Number is null)
        {
            await WriteAsync(context, values, cancellationToken);
            return null;
        }

        var command = context.GetService<IRawSqlCommandBuilder>().Build(_numberingText, await BindAsync(context, values), context.Model);
        var number = await command.RelationalCommand.ExecuteScalarAsync(
            new RelationalCommandParameterObject(
                context.GetService<IRelationalConnection>(),
                command.ParameterValues,
                readerColumns: null,
                context,
                context.GetService<IRelationalCommandDiagnosticsLogger>(),
                CommandSource.ExecuteSqlRaw),
            cancellationToken);
        return Convert.ToInt64(number, CultureInfo.InvariantCulture);
    }

    /// <summary>The statement, with the names of its parameters.</summary>
    public string Text(ReadOnlySpan<string?> parameters) => $"{_beginning}{string.Join(", ", parameters)})";

    /// <summary>The parameters of these values.</summary>
    public void Bind(DbCommand command, ReadOnlySpan<string> names, object?[] values, List<DbParameter> parameters)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var (property, mapping) = _columns[i];
            parameters.Add(property == Number && Equals(values[i], property.Sentinel)
                ? mapping.CreateParameter(command, names[i], null, nullable: true)
                : mapping.CreateParameter(command, names[i], values[i], property.IsNullable));
        }
    }

    private async ValueTask<List<DbParameter>> BindAsync(DbContext context, object?[] values)
    {
        await using var command = context.Database.GetDbConnection().CreateCommand();
        var parameters = new List<DbParameter>(Width);
        Bind(command, _parameters, values, parameters);
        return parameters;
    }

    private static TableInsert? Of(DbContext context, IEntityType type, bool isNumbered) =>
        type.GetTableMappings().Take(2).ToList() is [{ Table: { } table }]
        && table.EntityTypeMappings.Count() == 1
        && !type.GetComplexProperties().Any()
        && type.GetInsertStoredProcedure() is null
        && type.GetProperties().All(property => property.GetBeforeSaveBehavior() == PropertySaveBehavior.Save && !SqliteNumbering.Numbers(property))
            ? new(context, type, table, isNumbered)
            : null;

    private static bool IsNumber(IProperty property) => property.IsPrimaryKey() && property.IsIdentity();

    // EF Core takes the text for a format.
    private static string Escape(string name) => name.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private sealed record Column(IProperty Property, RelationalTypeMapping Mapping);
}

/// <summary>Names of parameters.</summary>
internal static class ParameterNaming
{
    /// <summary>So many of them.</summary>
    public static string[] ParameterNames(this ISqlGenerationHelper sql, int count) =>
        [.. Enumerable.Range(0, count).Select(i => sql.GenerateParameterName(string.Create(CultureInfo.InvariantCulture, $"p{i}")))];
}
