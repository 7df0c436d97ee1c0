using System.Text.Json;
using System.Text.Json.Nodes;

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>A request of GraphQL that asks for what a route of REST does.</summary>
/// <param name="Query">The query.</param>
/// <param name="Variables">Its variables.</param>
/// <param name="Field">The field at its root.</param>
public sealed record GraphRequest(string Query, JsonObject Variables, string Field);

/// <summary>What an application has in GraphQL, found by the routes of REST.</summary>
public sealed class GraphOperations
{
    private const string Introspection = """
        { __schema { queryType { fields { ...field } } mutationType { fields { ...field } } } }
        fragment field on __Field { name type { ...type } args { name type { ...type } } }
        fragment type on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }
        """;

    private readonly Dictionary<string, Field> _fields;
    private readonly Dictionary<string, string> _operations;

    private GraphOperations(Dictionary<string, Field> fields, Dictionary<string, string> operations) => (_fields, _operations) = (fields, operations);

    public static async Task<GraphOperations> ReadAsync(SecuredApi api)
    {
        var schema = (await api.Anonymous.QueryAsync(Introspection)).Expect(200).Json.GetProperty("data").GetProperty("__schema");
        var document = (await api.Anonymous.GetAsync("/openapi/v1.json")).Expect(200).Json;
        return new GraphOperations(
            schema.EnumerateObject()
                .SelectMany(root => root.Value.GetProperty("fields").EnumerateArray())
                .ToDictionary(field => field.GetProperty("name").GetString()!, Field.Of),
            document.GetProperty("paths").EnumerateObject()
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => (
                    Shape: $"{operation.Name.ToUpperInvariant()} {RouteTable.Parameter().Replace(path.Name, "{}")}",
                    Id: operation.Value.GetProperty("operationId").GetString()!)))
                .ToDictionary(operation => operation.Shape, operation => operation.Id));
    }

    /// <summary>The request that does what <paramref name="route"/> does about the owner's rows; null where GraphQL has none.</summary>
    public GraphRequest? Of(Route route, OwnedRows rows)
    {
        if (route.Method == "PUT" || route.Path.StartsWith("/api/auth/", StringComparison.Ordinal))
        {
            return null;
        }

        var keys = RouteTable.Parameter().Matches(route.Path).Select(match => rows[match.Value.Trim('{', '}')]).ToList();
        var id = _operations[route.Shape];
        var segments = route.Path.Split('/')[2..];
        if (route.Method != "GET")
        {
            return Request("mutation", _fields[id], keys, rows.BodyOf(route), "");
        }

        if (keys.Count == 0)
        {
            return Request("query", List(id["list".Length..]), keys, null, "");
        }

        // The rows within a row are named by the path, as the row itself is by its own operation.
        var isNested = segments[^1][0] != '{';
        var one = isNested ? _operations["GET /api/" + segments[0] + string.Concat(keys.Select(_ => "/{}"))] : id;
        return Request("query", _fields[Camel(one["get".Length..])], keys, null, isNested ? $"{Camel(segments[^1])} {{ nodes {{ __typename }} totalCount }}" : "");
    }

    /// <summary>What came of a request: OK, NULL, or the code of the error.</summary>
    public static string OutcomeOf(Answer answer, string field)
    {
        var json = answer.Json;
        return json.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("extensions").GetProperty("code").GetString()!
            : json.GetProperty("data").GetProperty(field).ValueKind == JsonValueKind.Null ? "NULL" : "OK";
    }

    /// <summary>What should come of a request where REST answers with a status.</summary>
    public static string OutcomeOf(Route route, int status) => status switch
    {
        < 300 => "OK",
        401 => "UNAUTHORIZED",
        403 => "FORBIDDEN",
        404 => route.Method == "GET" ? "NULL" : "NOT_FOUND",
        422 => "UNPROCESSABLE_ENTITY",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    private static GraphRequest Request(string kind, Field field, List<string> keys, string? body, string within)
    {
        var given = field.Arguments.Take(keys.Count).Select((argument, i) => (argument.Name, argument.Type, Value: Key(argument.Type, keys[i]))).ToList();
        if (body is not null)
        {
            var (name, type) = field.Arguments.First(argument => argument.Name == "input");
            given.Add((name, type, Input(JsonNode.Parse(body)!)));
        }

        var declared = given.Count == 0 ? "" : $"({string.Join(", ", given.Select(argument => $"${argument.Name}: {argument.Type}"))})";
        var arguments = given.Count == 0 ? "" : $"({string.Join(", ", given.Select(argument => $"{argument.Name}: ${argument.Name}"))})";
        var selection = field.IsPage ? "{ nodes { __typename } totalCount }" : field.Type == "Boolean" ? "" : $"{{ __typename {within} }}";
        return new GraphRequest(
            $"{kind}{declared} {{ {field.Name}{arguments} {selection} }}", new JsonObject(given.Select(argument => KeyValuePair.Create(argument.Name, argument.Value))), field.Name);
    }

    // A list whose resource has the same name for one row and for many has another in GraphQL.
    private Field List(string set) => _fields.TryGetValue(Camel(set), out var field) && field.IsPage ? field : _fields[Camel(set) + "List"];

    private static JsonNode? Key(string type, string text) => type is "Int!" or "Long!" ? JsonNode.Parse(text) : JsonValue.Create(text);

    private static JsonNode Input(JsonNode body) => body is JsonArray rows
        ? new JsonArray([.. rows.Select(row => Input(row!))])
        : new JsonObject(body.AsObject().Select(field => KeyValuePair.Create(Camel(field.Key), field.Value?.DeepClone())));

    private static string Camel(string name)
    {
        var words = name.Split('_', '-');
        return char.ToLowerInvariant(words[0][0]) + words[0][1..] + string.Concat(words[1..].Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private sealed record Field(string Name, string Type, List<(string Name, string Type)> Arguments)
    {
        public bool IsPage => Type.EndsWith("Connection", StringComparison.Ordinal);

        public static Field Of(JsonElement field) => new(
            field.GetProperty("name").GetString()!,
            Text(field.GetProperty("type")),
            [.. field.GetProperty("args").EnumerateArray().Select(argument => (argument.GetProperty("name").GetString()!, Text(argument.GetProperty("type"))))]);

        private static string Text(JsonElement type) => type.GetProperty("kind").GetString() switch
        {
            "NON_NULL" => Text(type.GetProperty("ofType")) + "!",
            "LIST" => $"[{Text(type.GetProperty("ofType"))}]",
            _ => type.GetProperty("name").GetString()!,
        };
    }
}
