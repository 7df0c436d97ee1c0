using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Seeding;

/// <summary>Values between the build's JSON, the application's types and the database's SQL.</summary>
internal static class SeedValues
{
    /// <summary>The value of a property.</summary>
    public static object? Read(IProperty property, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var type = property.ValueType();
        return json.ValueKind == JsonValueKind.Array && type != typeof(string)
            ? ReadList(type, property.GetElementType()?.GetValueConverter(), json)
            : Read(type, property.GetValueConverter(), json);
    }

    /// <summary>The SQL of a value, through the same conversions as everything that the application writes.</summary>
    public static string Literal(IProperty property, object? value, string provider)
    {
        if (value is null)
        {
            return "NULL";
        }

        var mapping = property.GetRelationalTypeMapping();
        return (mapping.Converter is { } converter ? converter.ConvertToProvider(value) : value) switch
        {
            null => "NULL",
            // Providers put line breaks together from functions, for consoles' sake; a text of a thousand lines is more than SQLite takes.
            string text => Quote(text, provider),
            var stored => mapping.GenerateProviderValueSqlLiteral(stored),
        };
    }

    private static string Quote(string text, string provider) => provider switch
    {
        ProviderSql.MySqlName => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'",
        ProviderSql.SqlServerName => $"N'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
    };

    private static IList ReadList(Type type, ValueConverter? converter, JsonElement json)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        var item = type.GetGenericArguments()[0];
        foreach (var value in json.EnumerateArray())
        {
            list.Add(Read(item, converter, value));
        }

        return list;
    }

    private static object? Read(Type type, ValueConverter? converter, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => type == typeof(bool) ? json.GetBoolean() : throw Unfit(type, json),
        JsonValueKind.Number => ReadNumber(type, json),
        JsonValueKind.Array => json.GetRawText(),
        _ => ReadText(type, converter, json),
    };

    private static object ReadNumber(Type type, JsonElement json) =>
        type == typeof(decimal) ? json.GetDecimal()
        : type == typeof(double) ? json.GetDouble()
        : type == typeof(float) ? json.GetSingle()
        : Convert.ChangeType(json.GetInt64(), type, CultureInfo.InvariantCulture);

    private static object? ReadText(Type type, ValueConverter? converter, JsonElement json)
    {
        var text = json.GetString()!;
        return type == typeof(string) ? text
            : type == typeof(Guid) ? Guid.Parse(text)
            : type == typeof(DateOnly) ? DateOnly.Parse(text, CultureInfo.InvariantCulture)
            : type == typeof(TimeOnly) ? TimeOnly.Parse(text, CultureInfo.InvariantCulture)
            : type == typeof(DateTime) ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)
            : type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
            : type == typeof(byte[]) ? Convert.FromBase64String(text)
            : type.IsEnum && converter is not null ? converter.ConvertFromProvider(text)
            : throw Unfit(type, json);
    }

    private static FormatException Unfit(Type type, JsonElement json) => new($"{json.GetRawText()} is no {type.Name}");
}
