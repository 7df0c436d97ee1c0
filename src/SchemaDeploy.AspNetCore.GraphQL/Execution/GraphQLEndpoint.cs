using GraphQL;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Answers requests as the specification of GraphQL over HTTP has it.</summary>
internal sealed partial class GraphQLEndpoint(
    GraphQLExecutor executor, PersistedQueries queries, Fingerprints fingerprints, RequestLimits limits, ILogger<GraphQLEndpoint> logger)
{
    /// <summary>An answer names at most so many errors: a page of rows of which none can be shown would have one for each.</summary>
    private const int MaximumErrors = 100;

    /// <summary>GET: queries alone.</summary>
    public Task GetAsync(HttpContext http) => AnswerAsync(http, () => GraphQLRequest.Read(http.Request.Query), fingerprint: null);

    /// <summary>POST: queries and mutations.</summary>
    public async Task PostAsync(HttpContext http)
    {
        var body = await JsonBody.ReadBytesAsync(http.Request, limits.BatchBodyBytes, JsonBody.JsonType);
        await AnswerAsync(http, () => GraphQLRequest.Read(body), () => RequestIdentity.Of(http, body.Span));
    }

    private async Task AnswerAsync(HttpContext http, Func<GraphQLRequest> read, Func<string>? fingerprint)
    {
        if (AnswerType.Of(http.Request) is not { } type)
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }

        http.Response.ContentType = type.ContentType;
        GraphQLRequest request;
        try
        {
            request = read();
        }
        catch (RequestException exception)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, new ExecutionError(exception.Message) { Code = "BAD_REQUEST" });
            return;
        }

        var (document, error) = queries.Find(request);
        if (document is null)
        {
            await RefuseAsync(http, type.FailureStatus, error!);
            return;
        }

        if (FindOperation(document, request.OperationName) is not { Operation: OperationType.Mutation } mutation)
        {
            await ExecuteAsync(http, type, request, document);
        }
        else if (fingerprint is null)
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await RefuseAsync(http, StatusCodes.Status405MethodNotAllowed, new ExecutionError("Mutations are sent by POST.") { Code = "METHOD_NOT_ALLOWED" });
        }
        else
        {
            await fingerprints.WatchAsync(http, fingerprint, executor.IsKept(mutation), () => ExecuteAsync(http, type, request, document));
        }
    }

    private async Task<bool> ExecuteAsync(HttpContext http, AnswerType type, GraphQLRequest request, GraphQLDocument document)
    {
        var result = await executor.ExecuteAsync(request, document, http);
        // Nobody reads what was broken off, or it took too long: that is answered elsewhere.
        http.RequestAborted.ThrowIfCancellationRequested();
        http.Response.StatusCode = result.Executed ? StatusCodes.Status200OK : type.FailureStatus;
        var errors = Describe(http, result.Errors ?? []);
        http.Features.Set(errors.Count > 0 ? new FailedAnswer() : null);
        await ResultWriter.WriteAsync(http.Response, result, errors);
        return errors.Count == 0;
    }

    private Task RefuseAsync(HttpContext http, int status, ExecutionError error)
    {
        http.Response.StatusCode = status;
        http.Features.Set(new FailedAnswer());
        return ResultWriter.WriteAsync(http.Response, new ExecutionResult(), Describe(http, [error]));
    }

    private List<GraphError> Describe(HttpContext http, IEnumerable<ExecutionError> errors)
    {
        var described = errors.Take(MaximumErrors).Select(error => GraphError.Of(error, executor.AllowsIntrospection)).ToList();
        foreach (var reason in described.Select(error => error.Problem?.Reason).OfType<RefusalReason>())
        {
            Instruments.CountRefusal(http, reason);
        }

        // What failed for many rows failed for one reason.
        foreach (var cause in described.Where(error => error.IsUnexpected).Select(error => error.Source.InnerException!).Distinct())
        {
            LogUnexpected(logger, http.Request.Method, http.Request.Path, cause);
        }

        return described;
    }

    private static GraphQLOperationDefinition? FindOperation(GraphQLDocument document, string? name)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().Where(operation => name is null || operation.Name?.StringValue == name).Take(2).ToList();
        return operations.Count == 1 ? operations[0] : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogUnexpected(ILogger logger, string method, string path, Exception exception);
}
