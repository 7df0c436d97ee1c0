using System.Collections.Immutable;
using System.Text.Json;
using SchemaDeploy.Schema.Dialects.PostgreSql;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design;

/// <summary>Reads the lists of a schema, <c>{a,b}</c>: in C# and JSON they are collections, and databases without arrays keep the JSON.</summary>
internal static class ListLiterals
{
    /// <summary>The list as a value, or null where an item is no value of the items' type.</summary>
    public static RuleValue? Read(string text, PropertyType item, Enumeration? enumeration)
    {
        if (ItemsOf(text) is not { } items)
        {
            return null;
        }

        var values = ImmutableArray.CreateBuilder<RuleValue>(items.Length);
        foreach (var literal in items)
        {
            if (literal is null || ColumnLiterals.Read(new LiteralExpression(LiteralKind.String, literal), item, enumeration) is not { } value)
            {
                return null;
            }

            values.Add(value.Value);
        }

        return new RuleValue($"[{string.Join(", ", values.Select(value => value.CSharp))}]", $"[{string.Join(",", values.Select(value => value.Json))}]");
    }

    private static ImmutableArray<string?>? ItemsOf(string text)
    {
        if (PostgreSqlArrays.Read(text) is { } items)
        {
            return items;
        }

        try
        {
            return JsonSerializer.Deserialize<ImmutableArray<string?>>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
