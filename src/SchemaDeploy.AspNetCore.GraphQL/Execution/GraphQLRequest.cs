using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What a client asks for.</summary>
/// <param name="Query">The document.</param>
/// <param name="OperationName">Which of its operations, where it has several.</param>
/// <param name="Variables">The values of its variables.</param>
internal sealed record GraphQLRequest(string Query, string? OperationName, IReadOnlyDictionary<string, object?> Variables)
{
    private const int MaximumDepth = 64;

    private static readonly Dictionary<string, object?> s_none = [];

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static GraphQLRequest Read(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaximumDepth });
        }
        catch (JsonException)
        {
            throw new RequestException("The body is not valid JSON.");
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement);
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, which no text can hold.
                throw new RequestException("The body is not valid Unicode.");
            }
        }
    }

    /// <summary>Reads a query string.</summary>
    /// <exception cref="RequestException">It is none.</exception>
    public static GraphQLRequest Read(IQueryCollection query)
    {
        using var variables = ParseParameter(query, "variables");
        using var extensions = ParseParameter(query, "extensions");
        RequireObject("extensions", extensions?.RootElement);
        return Of(
            query.TryGetValue("query", out var text) ? text.ToString() : null,
            query.TryGetValue("operationName", out var name) && name.ToString() is { Length: > 0 } given ? given : null,
            variables?.RootElement);
    }

    private static GraphQLRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new RequestException("The body must be one JSON object with the member query; several queries are several requests.");
        }

        RequireObject("extensions", Member("extensions"));
        return Of(Text("query"), Text("operationName"), Member("variables"));

        JsonElement? Member(string name) => body.TryGetProperty(name, out var value) ? value : null;

        string? Text(string name) => Member(name) switch
        {
            null or { ValueKind: JsonValueKind.Null } => null,
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            _ => throw new RequestException($"{name} must be text."),
        };
    }

    private static GraphQLRequest Of(string? query, string? operationName, JsonElement? variables)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new RequestException("The request has no query.");
        }

        RequireObject("variables", variables);
        return new GraphQLRequest(
            query,
            operationName,
            variables is { ValueKind: JsonValueKind.Object } values ? (Dictionary<string, object?>)JsonValues.FromElement(values)! : s_none);
    }

    private static JsonDocument? ParseParameter(IQueryCollection query, string name)
    {
        if (!query.TryGetValue(name, out var text) || text.ToString().Length == 0)
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(text.ToString(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaximumDepth });
        }
        catch (JsonException)
        {
            throw new RequestException($"{name} is not valid JSON.");
        }
    }

    private static void RequireObject(string name, JsonElement? value)
    {
        if (value is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
        {
            throw new RequestException($"{name} must be a JSON object.");
        }
    }
}

/// <summary>A request that says nothing that could be carried out; answered 400.</summary>
internal sealed class RequestException(string message) : Exception(message);
