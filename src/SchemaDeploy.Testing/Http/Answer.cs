using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SchemaDeploy.Testing.Http;

/// <summary>An answer of the application, read whole.</summary>
/// <param name="Request">The request in a line, for messages.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Text">The body.</param>
/// <param name="Headers">The headers.</param>
public sealed record Answer(string Request, int Status, string Text, HttpResponseHeaders Headers)
{
    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new UnexpectedAnswerException($"{this}\nhas no body.");

    /// <summary>The rows of a page.</summary>
    public IReadOnlyList<JsonNode> Items => [.. Json["items"]!.AsArray().Select(item => item!)];

    /// <summary>The path of a new row.</summary>
    public string Location => Headers.Location?.OriginalString ?? throw new UnexpectedAnswerException($"{this}\nhas no Location.");

    /// <summary>The version of a row.</summary>
    public string? ETag => Headers.ETag?.Tag;

    /// <summary>The answer itself, if it has the status.</summary>
    /// <exception cref="UnexpectedAnswerException">It has another.</exception>
    public Answer Expect(int status) => Status == status ? this : throw new UnexpectedAnswerException($"{this}\nwhere {status} was expected.");

    /// <summary>The answer itself, if it is a problem that names the field.</summary>
    /// <param name="field">The field; several that are meant together are separated by commas.</param>
    /// <exception cref="UnexpectedAnswerException">It does not name it.</exception>
    public Answer Naming(string field) => Json["errors"] is JsonObject errors && field.Split(',').Any(errors.ContainsKey)
        ? this
        : throw new UnexpectedAnswerException($"{this}\nwhere errors were expected to name {field}.");

    /// <summary>The body as a response of the application.</summary>
    public T As<T>() => JsonSerializer.Deserialize<T>(Text, Body.Json) ?? throw new UnexpectedAnswerException($"{this}\nhas no body.");

    /// <inheritdoc/>
    public override string ToString() => $"{Request}\n-> {Status} {(Text.Length > 2000 ? Text[..2000] + "…" : Text)}";
}
