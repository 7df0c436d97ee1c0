using System.Text.Json.Nodes;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>Finds what is wrong with the OpenAPI document of an app.</summary>
internal static class OpenApiCheck
{
    public static IEnumerable<string> Find(string text, ApiModel api)
    {
        var document = JsonNode.Parse(text)!;
        if (document["openapi"]?.GetValue<string>() != "3.1.0")
        {
            yield return "openapi is not 3.1.0";
        }

        foreach (var reference in Nodes(document).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(value => value.GetValue<string>()).Distinct())
        {
            if (reference.Split('/').Skip(1).Aggregate((JsonNode?)document, (node, name) => node?[name]) is null)
            {
                yield return $"{reference} refers to nothing";
            }
        }

        var paths = document["paths"]!.AsObject();
        var ids = paths.SelectMany(path => path.Value!.AsObject().Select(operation => operation.Value!["operationId"]!.GetValue<string>())).ToList();
        foreach (var id in ids.GroupBy(id => id).Where(group => group.Count() > 1))
        {
            yield return $"two operations are called {id.Key}";
        }

        foreach (var operation in api.Resources.SelectMany(resource => resource.Operations))
        {
            if (paths[operation.Path]?[operation.Method.ToLowerInvariant()] is null)
            {
                yield return $"{operation.Method} {operation.Path} is missing";
            }
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        var children = node switch
        {
            JsonObject @object => @object.Select(pair => pair.Value),
            JsonArray array => array,
            _ => [],
        };
        return children.OfType<JsonNode>().SelectMany(Nodes).Prepend(node);
    }
}
