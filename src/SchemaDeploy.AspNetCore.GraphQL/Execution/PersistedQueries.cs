using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// Queries that are known by a name: those of a file that comes with the application, and those whose hash a client has
/// sent along once (automatic persisted queries).
/// </summary>
internal sealed class PersistedQueries : IDisposable
{
    /// <summary>How much of automatic queries a process keeps, in characters of their texts; read, one takes up to a hundred bytes.</summary>
    private const int MostCharacters = 300_000;

    private readonly GraphQLExecutor _executor;
    private readonly bool _only;
    private readonly FrozenDictionary<string, GraphQLDocument> _given;
    private readonly FrozenDictionary<string, GraphQLDocument> _givenTexts;
    private readonly MemoryCache _automatic = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    /// <exception cref="StartupException">The file cannot be read, or one of its queries could not be carried out.</exception>
    public PersistedQueries(GraphQLExecutor executor, GraphQLSettings settings, IHostEnvironment environment)
    {
        _executor = executor;
        _only = settings.OnlyPersistedQueries;
        var texts = settings.PersistedQueries is { } file ? ReadFile(Path.Combine(environment.ContentRootPath, file)) : [];
        var documents = texts.ToDictionary(pair => pair.Key, pair => ParseGiven(pair.Key, pair.Value), StringComparer.Ordinal);
        _given = documents.ToFrozenDictionary(StringComparer.Ordinal);
        _givenTexts = texts.DistinctBy(pair => pair.Value).ToFrozenDictionary(pair => pair.Value, pair => documents[pair.Key], StringComparer.Ordinal);
    }

    /// <summary>The document that a request names or brings; null, and why, where there is none that may be carried out.</summary>
    public (GraphQLDocument? Document, ExecutionError? Error) Find(GraphQLRequest request)
    {
        if (request.Query is not { } text)
        {
            return (_given.GetValueOrDefault(request.Id!) ?? _automatic.Get<GraphQLDocument>(request.Id!)) is { } known
                ? (known, null)
                : (null, _only ? Refusal() : new ExecutionError("PersistedQueryNotFound") { Code = "PERSISTED_QUERY_NOT_FOUND" });
        }

        if (_givenTexts.TryGetValue(text, out var given))
        {
            return (given, null);
        }

        if (_only)
        {
            return (null, Refusal());
        }

        if (request.Id is not { } hash)
        {
            return _executor.Parse(text);
        }

        if (hash != HashOf(text))
        {
            return (null, new ExecutionError("The hash is not that of the query.") { Code = "BAD_REQUEST" });
        }

        var (document, error) = _executor.Parse(text);
        if (document is not null)
        {
            _automatic.Set(hash, document, new MemoryCacheEntryOptions { Size = text.Length });
        }

        return (document, error);
    }

    public void Dispose() => _automatic.Dispose();

    private static ExecutionError Refusal() => new("Only queries that the application knows are carried out here.") { Code = "PERSISTED_QUERIES_ONLY" };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private GraphQLDocument ParseGiven(string id, string text) => _executor.Parse(text) switch
    {
        ({ } document, _) => document,
        (_, var error) => throw new StartupException($"{GraphQLSettings.Section}:{nameof(GraphQLSettings.PersistedQueries)}: the query {id} cannot be carried out. {error!.Message}"),
    };

    // What compilers of clients write: {"hash": "query …"}.
    private static Dictionary<string, string> ReadFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartupException(
                $"{GraphQLSettings.Section}:{nameof(GraphQLSettings.PersistedQueries)}: {path} cannot be read as a JSON object of queries by their names. {exception.Message}");
        }
    }
}
