using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What a client asks for.</summary>
/// <param name="Query">The document; null where <paramref name="Id"/> alone names it.</param>
/// <param name="Id">By what it is known, or is to be known: the hash of its text, where the client keeps no other names.</param>
/// <param name="OperationName">Which of its operations, where it has several.</param>
/// <param name="Variables">The values of its variables.</param>
internal sealed record GraphQLRequest(string? Query, string? Id, string? OperationName, IReadOnlyDictionary<string, object?> Variables)
{
    private const int MaximumDepth = 64;
    private const string HashPrefix = "sha256:";

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
        return Of(Text("query"), Text("documentId"), extensions?.RootElement, Text("operationName"), variables?.RootElement);

        string? Text(string name) => query.TryGetValue(name, out var text) && text.ToString() is { Length: > 0 } given ? given : null;
    }

    private static GraphQLRequest Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new RequestException("The body must be one JSON object with the member query; several queries are several requests.");
        }

        return Of(Text(body, "query"), Text(body, "documentId"), Member(body, "extensions"), Text(body, "operationName"), Member(body, "variables"));
    }

    private static GraphQLRequest Of(string? query, string? documentId, JsonElement? extensions, string? operationName, JsonElement? variables)
    {
        RequireObject("extensions", extensions);
        RequireObject("variables", variables);
        var hash = extensions is { ValueKind: JsonValueKind.Object } given ? HashIn(given) : null;
        if (documentId is not null && (query ?? hash) is not null)
        {
            throw new RequestException("A request with documentId has neither a query nor its hash.");
        }

        if (documentId?.StartsWith(HashPrefix, StringComparison.Ordinal) == true)
        {
            documentId = documentId[HashPrefix.Length..];
        }

        if (query is null ? (documentId ?? hash) is null : string.IsNullOrWhiteSpace(query))
        {
            throw new RequestException("The request has no query.");
        }

        return new GraphQLRequest(
            query,
            documentId ?? hash,
            operationName,
            variables is { ValueKind: JsonValueKind.Object } values ? (Dictionary<string, object?>)JsonValues.FromElement(values)! : s_none);
    }

    // Automatic persisted queries: {"persistedQuery": {"version": 1, "sha256Hash": "…"}}
    private static string? HashIn(JsonElement extensions)
    {
        if (Member(extensions, "persistedQuery") is not { ValueKind: not JsonValueKind.Null } persisted)
        {
            return null;
        }

        RequireObject("extensions.persistedQuery", persisted);
        return Member(persisted, "version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt32(out var number) && number == 1
            && Text(persisted, "sha256Hash") is { } hash
            ? hash
            : throw new RequestException("extensions.persistedQuery must have version 1 and a sha256Hash.");
    }

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement element, string name) => Member(element, name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw new RequestException($"{name} must be text."),
    };

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
