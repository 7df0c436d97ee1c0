using System.Text.Json.Nodes;

namespace SchemaDeploy.Testing.Http;

/// <summary>What the fields of a table's rows are called in REST and in GraphQL.</summary>
/// <param name="fields">The fields, each by both names.</param>
public sealed class GraphNames(params IReadOnlyList<(string InRest, string InGraph)> fields)
{
    /// <summary>What GraphQL calls the values of fields, by the field's name in REST; those that it calls the same are left out.</summary>
    public Dictionary<string, Dictionary<string, string>> Enums { get; init; } = [];

    /// <summary>The key of a row, as variables of a query.</summary>
    /// <param name="row">The row, as REST has it.</param>
    /// <param name="key">The fields of the key, as REST calls them.</param>
    public JsonObject Key(JsonNode row, params IEnumerable<string> key) => ToGraph(row.Only(key));

    /// <summary>A body as GraphQL has it.</summary>
    public JsonObject ToGraph(JsonObject rest)
    {
        ArgumentNullException.ThrowIfNull(rest);
        return new JsonObject(fields
            .Where(field => rest.ContainsKey(field.InRest))
            .Select(field => KeyValuePair.Create(field.InGraph, Map(rest[field.InRest], Enums.GetValueOrDefault(field.InRest)))));
    }

    /// <summary>A row as REST has it.</summary>
    public JsonObject ToRest(JsonNode graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return new JsonObject(fields
            .Where(field => graph.AsObject().ContainsKey(field.InGraph))
            .Select(field => KeyValuePair.Create(
                field.InRest, Map(graph[field.InGraph], Enums.GetValueOrDefault(field.InRest)?.ToDictionary(value => value.Value, value => value.Key)))));
    }

    private static JsonNode? Map(JsonNode? value, Dictionary<string, string>? values) => value switch
    {
        JsonArray items when values is not null => new JsonArray([.. items.Select(item => Map(item, values))]),
        JsonValue when values is not null && value.GetValueKind() == System.Text.Json.JsonValueKind.String => values.GetValueOrDefault(value.ToString(), value.ToString()),
        _ => value?.DeepClone(),
    };
}
