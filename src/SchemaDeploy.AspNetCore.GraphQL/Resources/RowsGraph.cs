using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>The rows of a resource in GraphQL: the names that the schema has for them, and what stands behind those.</summary>
public abstract class RowsGraph
{
    private readonly Lazy<Dictionary<string, string>> _jsonNames;

    private protected RowsGraph() =>
        _jsonNames = new(() => Names.ToDictionary(names => names.Value, names => names.Key, StringComparer.Ordinal));

    /// <summary>The type of a row.</summary>
    public required string Type { get; init; }

    /// <summary>The field of Query that gives pages of rows.</summary>
    public required string Many { get; init; }

    /// <summary>The names of fields that differ from those in JSON, by the latter.</summary>
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Tells <paramref name="resolvers"/> what stands behind the fields.</summary>
    internal abstract void AddTo(Resolvers resolvers);

    /// <summary>What a field of JSON is called.</summary>
    internal string NameOf(string jsonName) => Names.GetValueOrDefault(jsonName, jsonName);

    /// <summary>What a field is called in JSON.</summary>
    internal string JsonNameOf(string name) => _jsonNames.Value.GetValueOrDefault(name, name);

    /// <summary>The problem with the fields called as in GraphQL; <c>[3].item_type</c> is <c>[3].itemType</c>.</summary>
    internal ApiException Translate(ApiException problem) => problem.Errors.Count == 0 ? problem : new ApiException(
        problem.Status,
        problem.Message,
        problem.Errors.DistinctBy(error => Translate(error.Key)).ToDictionary(error => Translate(error.Key), error => error.Value))
    {
        RetryAfter = problem.RetryAfter,
        Reason = problem.Reason,
    };

    private string Translate(string field)
    {
        var start = field.StartsWith('[') ? field.IndexOf('.', StringComparison.Ordinal) + 1 : 0;
        return field[..start] + NameOf(field[start..]);
    }
}
