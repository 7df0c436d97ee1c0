using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Seeding;

/// <summary>Writes the rows of a block as SQL, with what the application keeps in every row besides.</summary>
internal sealed class SeedRows
{
    private readonly SeedBlock _block;
    private readonly IEntityType _type;
    private readonly string _provider;
    private readonly IProperty[] _given;
    private readonly List<(IProperty Property, Func<Dictionary<IProperty, object?>, string> Literal)> _kept = [];
    private readonly Dictionary<IProperty, object?> _values = [];
    private readonly string _table;
    private readonly string[] _columns;
    private readonly string _end = "";

    public SeedRows(SeedBlock block, IEntityType type, ISqlGenerationHelper sql, string provider, DateTime? now)
    {
        (_block, _type, _provider) = (block, type, provider);
        _given = [.. block.Key.Concat(block.Columns).Select(Find)];
        _table = sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema());
        if (block.IsInsert)
        {
            AddKept(now);
        }

        _columns = [.. _given.Concat(_kept.Select(kept => kept.Property)).Select(property => sql.DelimitIdentifier(property.GetColumnName()))];
        Beginning = _columns.Length == 0 ? "" : $"INSERT INTO {_table} ({string.Join(", ", _columns)}) VALUES\n";
        if (block.IsInsert && _given.Any(property => property.IsIdentity()))
        {
            (Beginning, _end) = provider switch
            {
                ProviderSql.SqlServerName => ($"SET IDENTITY_INSERT {_table} ON;\n{Beginning}", $"\nSET IDENTITY_INSERT {_table} OFF;"),
                // MySQL takes the number 0 for none, unless the session is told otherwise.
                ProviderSql.MySqlName => (
                    $"SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',NO_AUTO_VALUE_ON_ZERO');\n{Beginning}",
                    "\nSET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_AUTO_VALUE_ON_ZERO', '');"),
                _ => (Beginning, ""),
            };
        }
    }

    /// <summary>What stands before the first row.</summary>
    public string Beginning { get; }

    /// <summary>Appends the values of a new row.</summary>
    public void AppendValues(StringBuilder text, JsonElement row)
    {
        _values.Clear();
        var place = 0;
        foreach (var value in row.EnumerateArray())
        {
            var property = _given[place];
            _values[property] = Read(property, value);
            text.Append(place++ == 0 ? '(' : ',').Append(Literal(property, _values[property]));
        }

        foreach (var (_, literal) in _kept)
        {
            text.Append(place++ == 0 ? '(' : ',').Append(literal(_values));
        }

        text.Append(')');
    }

    /// <summary>Appends the statement that gives a row values which refer to later rows.</summary>
    public void AppendUpdate(StringBuilder text, JsonElement row)
    {
        var literals = row.EnumerateArray().Select((value, place) => $"{_columns[place]} = {Literal(_given[place], Read(_given[place], value))}").ToList();
        text.Append("UPDATE ").Append(_table)
            .Append(" SET ").AppendJoin(", ", literals.Skip(_block.Key.Length))
            .Append(" WHERE ").AppendJoin(" AND ", literals.Take(_block.Key.Length)).Append(";\n");
    }

    /// <summary>The statement, of which nothing is left in <paramref name="text"/>.</summary>
    public string End(StringBuilder text)
    {
        if (_block.IsInsert)
        {
            text.Append(';').Append(_end);
        }

        var statement = text.ToString().TrimEnd('\n');
        text.Clear();
        return statement;
    }

    private IProperty Find(string column) => _type.GetProperties().FirstOrDefault(property => property.GetColumnName() == column)
        ?? throw new StartupException($"SD4109: The seed data has a column {column} of {_block.Table}, which the application does not have. Build it anew.");

    // The same as a write by the application would fill in.
    private void AddKept(DateTime? now)
    {
        foreach (var property in _type.GetProperties().Except(_given))
        {
            if (property.IsNowOnUpdate() || property.IsNowOnCreate())
            {
                if (now is { } time)
                {
                    var value = StoredForm.Of(property, ServerValueInterceptor.Convert(time, property))!;
                    _kept.Add((property, values => Literal(property, values[property] = value)));
                }
                else
                {
                    _kept.Add((property, _ => NowOf(property)));
                }
            }
            else if (property.IsIncremented() && property.ValueGenerated == ValueGenerated.Never)
            {
                var first = ServerValueInterceptor.FirstVersion(property);
                _kept.Add((property, _ => Literal(property, first)));
            }
            else if (property is { IsNullable: false, ValueGenerated: not ValueGenerated.OnAddOrUpdate } && property.GetDefaultValueSql() is null && property.ValueType() == typeof(Guid))
            {
                _kept.Add((property, _ => Literal(property, Guid.NewGuid())));
            }
        }

        // Windows come last: their sources may be among what was added just now.
        foreach (var property in _type.GetProperties().Except(_given))
        {
            if (property.FindTimeWindow() is { } window)
            {
                var source = _type.FindProperty(window.Source)!;
                _kept.Add((property, values => Literal(property, values.GetValueOrDefault(source) is DateTime time ? window.StartOf(time) : null)));
            }
        }

        foreach (var window in DuplicateWindow.Of(_type))
        {
            AddWindow(window);
        }
    }

    private void AddWindow(DuplicateWindow window)
    {
        var time = _type.FindProperty(window.Time)!;
        Add(window.Key, (values, _) => window.Fingerprint(name => (_type.FindProperty(name)!, values.GetValueOrDefault(_type.FindProperty(name)!))));
        Add(window.Bucket, (_, at) => window.BucketOf(at));
        Add(window.Shifted, (_, at) => window.ShiftedOf(at));

        void Add(string name, Func<Dictionary<IProperty, object?>, DateTime, object> value)
        {
            var property = _type.FindProperty(name)!;
            _kept.Add((property, values => Literal(property, values.GetValueOrDefault(time) is DateTime at ? value(values, at) : null)));
        }
    }

    private object? Read(IProperty property, JsonElement json)
    {
        try
        {
            return SeedValues.Read(property, json) is { } value ? StoredForm.Of(property, value) : null;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or OverflowException)
        {
            throw new StartupException($"SD4109: The seed data has a value of {_block.Table}.{property.GetColumnName()} that the application cannot hold: {exception.Message}");
        }
    }

    private string Literal(IProperty property, object? value) => SeedValues.Literal(property, value, _provider);

    // In the form that the application reads.
    private string NowOf(IProperty property)
    {
        var type = property.ValueType();
        return (_provider, type == typeof(DateOnly), type == typeof(TimeOnly)) switch
        {
            (ProviderSql.SqliteName, true, _) => "CURRENT_DATE",
            (ProviderSql.SqliteName, _, true) => "CURRENT_TIME",
            (ProviderSql.SqliteName, _, _) => "CURRENT_TIMESTAMP",
            (ProviderSql.PostgreSqlName, true, _) => "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS date)",
            (ProviderSql.PostgreSqlName, _, true) => "CAST(CURRENT_TIMESTAMP AT TIME ZONE 'UTC' AS time)",
            (ProviderSql.PostgreSqlName, _, _) => property.GetColumnType().Contains("without", StringComparison.Ordinal) ? "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')" : "CURRENT_TIMESTAMP",
            (ProviderSql.MySqlName, true, _) => "UTC_DATE()",
            (ProviderSql.MySqlName, _, true) => "UTC_TIME(6)",
            (ProviderSql.MySqlName, _, _) => "UTC_TIMESTAMP(6)",
            _ => "SYSUTCDATETIME()",
        };
    }
}
