using GraphQL;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Answers requests as the specification of GraphQL over HTTP has it.</summary>
internal sealed class GraphQLEndpoint(
    GraphQLExecutor executor, PersistedQueries queries, Subscriptions subscriptions, Fingerprints fingerprints, RequestLimits limits, AnswerWriter answers)
{
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
            await answers.RefuseAsync(http, type, StatusCodes.Status400BadRequest, new ExecutionError(exception.Message) { Code = "BAD_REQUEST" });
            return;
        }

        var (document, error) = queries.Find(request);
        if (document is null)
        {
            await answers.RefuseAsync(http, type, type.FailureStatus, error!);
            return;
        }

        var operation = FindOperation(document, request.OperationName);
        if (operation is { Operation: OperationType.Subscription })
        {
            await subscriptions.AnswerAsync(http, type, request, document);
        }
        else if (operation is not { Operation: OperationType.Mutation } mutation)
        {
            await ExecuteAsync(http, type, request, document);
        }
        else if (fingerprint is null)
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            await answers.RefuseAsync(http, type, StatusCodes.Status405MethodNotAllowed, new ExecutionError("Mutations are sent by POST.") { Code = "METHOD_NOT_ALLOWED" });
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
        return await answers.WriteAsync(http, type, result);
    }

    private static GraphQLOperationDefinition? FindOperation(GraphQLDocument document, string? name)
    {
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().Where(operation => name is null || operation.Name?.StringValue == name).Take(2).ToList();
        return operations.Count == 1 ? operations[0] : null;
    }
}
