using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Reads, judges and carries out queries.</summary>
internal sealed class GraphQLExecutor : IDisposable
{
    /// <summary>How much of queries a process keeps as they were read, in characters of their texts; read, one takes up to a hundred bytes.</summary>
    private const int MostCharacters = 100_000;

    private static readonly ParserOptions s_parsing = new() { Ignore = IgnoreOptions.Comments };
    private static readonly object s_mark = new();

    private readonly Lazy<ExecutableSchema> _schema;
    private readonly DocumentLimits _limits;
    private readonly SerialExecuter _executer;

    // Clients send the same few queries with other variables. What has been read and found valid once is not read and validated again.
    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = MostCharacters });
    private readonly ConditionalWeakTable<GraphQLDocument, object> _valid = [];

    /// <summary>Whether clients may ask what the schema has.</summary>
    public bool AllowsIntrospection { get; }

    public GraphQLExecutor(Lazy<ExecutableSchema> schema, GraphQLSettings settings, bool allowsIntrospection)
    {
        _schema = schema;
        AllowsIntrospection = allowsIntrospection;
        _limits = new DocumentLimits(settings, allowsIntrospection);
        _executer = new SerialExecuter(settings);
    }

    /// <summary>The operation of a request that would be carried out; null, and errors, where none can be.</summary>
    public (GraphQLDocument? Document, ExecutionError? Error) Parse(string query)
    {
        if (_read.TryGetValue(query, out GraphQLDocument? known))
        {
            return (known, null);
        }

        try
        {
            _limits.CheckText(query);
            var document = Parser.Parse(query, s_parsing);
            _limits.Check(document);
            return (document, null);
        }
        catch (GraphQLSyntaxErrorException exception)
        {
            var error = new ExecutionError(exception.Description) { Code = "GRAPHQL_PARSE_FAILED" };
            error.AddLocation(exception.Location);
            return (null, error);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            return (null, DocumentLimits.Refusal("The query is nested too deep."));
        }
        catch (ExecutionError error)
        {
            return (null, error);
        }
    }

    /// <summary>Whether any of a mutation's fields creates rows that no key would refuse a second time.</summary>
    public bool IsKept(GraphQLOperationDefinition operation) =>
        operation.SelectionSet.Selections.OfType<GraphQLField>().Any(field => _schema.Value.KeptCreations.Contains(field.Name.StringValue));

    /// <summary>Carries a request out.</summary>
    /// <param name="request">The request.</param>
    /// <param name="document">Its document.</param>
    /// <param name="http">Whose services do the work, for whom.</param>
    /// <param name="state">What its fields share.</param>
    /// <param name="change">What a subscription is to tell; null where it only begins.</param>
    public async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, GraphQLDocument document, HttpContext http, RequestState? state = null, ShownChange? change = null)
    {
        var isValid = _valid.TryGetValue(document, out _);
        var result = await _executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = _schema.Value.Types,
            Document = document,
            // None of the rules looks at variables, whose values are judged with each request.
            ValidationRules = isValid ? [] : null,
            OperationName = request.OperationName,
            Variables = new Inputs(request.Variables.ToDictionary()),
            UserContext = state ?? new RequestState(),
            Root = change,
            RequestServices = http.RequestServices,
            User = http.User,
            CancellationToken = http.RequestAborted,
        });
        if (result.Executed && !isValid)
        {
            _valid.AddOrUpdate(document, s_mark);
            if (request.Query is { } text)
            {
                _read.Set(text, document, new MemoryCacheEntryOptions { Size = text.Length });
            }
        }

        return result;
    }

    public void Dispose() => _read.Dispose();

    // One context of the database serves a request, and it does one thing at a time.
    private sealed class SerialExecuter(GraphQLSettings settings) : DocumentExecuter
    {
        protected override IExecutionStrategy SelectExecutionStrategy(ExecutionContext context)
        {
            var root = context.Operation.Operation switch
            {
                OperationType.Mutation => context.Schema.Mutation,
                OperationType.Subscription => context.Schema.Subscription,
                _ => context.Schema.Query,
            };
            if (root is not null && new QueryCost(context.Document, context.Variables).Of(context.Operation, root) > settings.MaximumCost)
            {
                throw DocumentLimits.Refusal($"The answer could have more than {settings.MaximumCost} values: ask for fewer rows, with first or last, or for fewer fields.");
            }

            return SerialExecutionStrategy.Instance;
        }
    }
}
