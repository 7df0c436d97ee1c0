using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;

namespace SchemaDeploy.Testing.Http;

/// <summary>The application's own OpenAPI document, against which every answer of a documented operation is held.</summary>
internal sealed class OpenApiContract
{
    private const string Components = "#/components/schemas/";
    private const string Id = "https://openapi.invalid/document";

    private static readonly EvaluationOptions s_evaluation = new() { OutputFormat = OutputFormat.List };

    private readonly JsonElement _document;
    private readonly BuildOptions _build = new() { SchemaRegistry = new SchemaRegistry() };
    private readonly List<(string[] Segments, string Path)> _paths;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public OpenApiContract(string document)
    {
        _document = JsonDocument.Parse(document).RootElement;
        _paths = [.. _document.GetProperty("paths").EnumerateObject().Select(path => (path.Name.Split('/'), path.Name))];
        Build($$"""{"$id":"{{Id}}","$defs":{{_document.GetProperty("components").GetProperty("schemas").GetRawText()}}}""");
    }

    /// <exception cref="UnexpectedAnswerException">The document does not know the answer as it is.</exception>
    public void Check(HttpMethod method, string path, Answer answer, string? mediaType)
    {
        if (Find(path) is not { } documented
            || !_document.GetProperty("paths").GetProperty(documented).TryGetProperty(method.Method.ToLowerInvariant(), out var operation))
        {
            return;
        }

        if (!operation.GetProperty("responses").TryGetProperty($"{answer.Status}", out var response))
        {
            throw new UnexpectedAnswerException($"{answer}\nis a status that the OpenAPI document does not have for {method} {documented}.");
        }

        response = Resolve(response);
        if (!response.TryGetProperty("content", out var content))
        {
            if (answer.Text.Length > 0)
            {
                throw new UnexpectedAnswerException($"{answer}\nhas a body, where the OpenAPI document has none for {method} {documented}.");
            }

            return;
        }

        if (mediaType is null || !content.TryGetProperty(mediaType, out var body))
        {
            throw new UnexpectedAnswerException($"{answer}\nis {mediaType ?? "without a type"}, which the OpenAPI document does not have for {method} {documented}.");
        }

        var result = _schemas.GetOrAdd(body.GetProperty("schema").GetRawText(), Build).Evaluate(JsonElement.Parse(answer.Text), s_evaluation);
        if (!result.IsValid)
        {
            var faults = (result.Details ?? []).Where(detail => detail.Errors is not null)
                .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
            throw new UnexpectedAnswerException($"{answer}\nis not what the OpenAPI document says:\n{string.Join('\n', faults)}");
        }
    }

    // Paths with fewer parameters come first in meaning: /items/batch is not the item called batch.
    private string? Find(string path)
    {
        var segments = path.Split('?')[0].Split('/');
        return _paths
            .Where(candidate => candidate.Segments.Length == segments.Length
                && candidate.Segments.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second))
            .OrderBy(candidate => candidate.Segments.Count(segment => segment.StartsWith('{')))
            .Select(candidate => candidate.Path)
            .FirstOrDefault();
    }

    private JsonElement Resolve(JsonElement node) => node.TryGetProperty("$ref", out var reference)
        ? reference.GetString()!.Split('/').Skip(1).Aggregate(_document, (parent, name) => parent.GetProperty(name))
        : node;

    // The components become one schema, which those of the operations refer to.
    private JsonSchema Build(string schema) =>
        JsonSchema.FromText(schema.Replace(Components, $"{Id}#/$defs/", StringComparison.Ordinal), _build);
}
