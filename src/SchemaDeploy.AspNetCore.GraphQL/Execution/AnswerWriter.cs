using GraphQL;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Answers in the form that the client accepts.</summary>
internal sealed partial class AnswerWriter(GraphQLExecutor executor, ILogger<AnswerWriter> logger)
{
    /// <summary>An answer names at most so many errors: a page of rows of which none can be shown would have one for each.</summary>
    private const int MaximumErrors = 100;

    /// <summary>Answers with a result, and says whether it has no errors.</summary>
    public async Task<bool> WriteAsync(HttpContext http, AnswerType type, ExecutionResult result)
    {
        http.Response.StatusCode = result.Executed ? StatusCodes.Status200OK : type.FailureStatus;
        var errors = Describe(http, result.Errors ?? []);
        http.Features.Set(errors.Count > 0 ? new FailedAnswer() : null);
        await WriteAsync(http, type, result, errors);
        return errors.Count == 0;
    }

    /// <summary>Answers that a request is not carried out.</summary>
    public Task RefuseAsync(HttpContext http, AnswerType type, int status, ExecutionError error)
    {
        http.Response.StatusCode = status;
        http.Features.Set(new FailedAnswer());
        return WriteAsync(http, type, new ExecutionResult(), Describe(http, [error]));
    }

    /// <summary>What the client learns of errors; what nobody is to learn goes to the log.</summary>
    public List<GraphError> Describe(HttpContext http, IEnumerable<ExecutionError> errors)
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

    private static async Task WriteAsync(HttpContext http, AnswerType type, ExecutionResult result, List<GraphError> errors)
    {
        if (!type.IsStream)
        {
            await ResultWriter.WriteAsync(http.Response, result, errors);
            return;
        }

        var events = new EventStream(http.Response);
        await events.NextAsync(result, errors, http.RequestAborted);
        await events.CompleteAsync(http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogUnexpected(ILogger logger, string method, string path, Exception exception);
}
