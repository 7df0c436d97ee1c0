using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQLParser.AST;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Between the values of GraphQL and those of JSON.</summary>
internal static class JsonValues
{
    /// <summary>The value of a variable as GraphQL's library takes it.</summary>
    public static object? FromElement(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(member => member.Name, member => FromElement(member.Value), StringComparer.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().Select(FromElement).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => FromNumber(element.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The value of an argument as JSON.</summary>
    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        IDictionary<string, object?> members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, ToNode(member.Value)))),
        IEnumerable<object?> items => new JsonArray([.. items.Select(ToNode)]),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The value of a literal.</summary>
    public static object? FromLiteral(GraphQLValue literal) => literal switch
    {
        GraphQLStringValue text => text.Value.ToString(),
        GraphQLEnumValue name => name.Name.StringValue,
        GraphQLBooleanValue flag => flag.BoolValue,
        GraphQLIntValue number => FromNumber(number.Value.ToString()),
        GraphQLFloatValue number => FromNumber(number.Value.ToString()),
        GraphQLListValue list => list.Values?.ConvertAll(FromLiteral) ?? [],
        GraphQLObjectValue members => (members.Fields ?? []).ToDictionary(member => member.Name.StringValue, member => FromLiteral(member.Value), StringComparer.Ordinal),
        _ => null,
    };

    private static object FromNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small) ? small
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact
        : double.Parse(text, CultureInfo.InvariantCulture);
}
