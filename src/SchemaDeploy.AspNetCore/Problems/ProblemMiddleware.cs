using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Problems;

/// <summary>Turns what goes wrong in the pipeline, and statuses without a body, into problems.</summary>
internal sealed partial class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer, and what broke off was to be expected.
            LogAborted(logger, exception);
            return;
        }
        catch (ApiException exception) when (!context.Response.HasStarted)
        {
            Clear(context.Response);
            await context.Response.WriteProblemAsync(exception);
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            Clear(context.Response);
            await context.Response.WriteProblemAsync(exception.StatusCode, exception.Message);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted && DatabaseRefusal.FindBusy(exception) is { } busy)
        {
            Clear(context.Response);
            await context.Response.WriteProblemAsync(busy);
            return;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogUnexpected(logger, context.Request.Method, context.Request.Path, exception);
            Clear(context.Response);
            await context.Response.WriteProblemAsync(
                StatusCodes.Status500InternalServerError, "The server failed to carry out the request. The cause is in its log.");
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentLength is null && response.ContentType is null)
        {
            await response.WriteProblemAsync(response.StatusCode, DetailOf(context));
        }
    }

    private static string? DetailOf(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => "Sign in first, and send the token as Authorization: Bearer.",
        StatusCodes.Status403Forbidden => "You may not do this.",
        StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}.",
        StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not possible here; Allow names what is.",
        StatusCodes.Status504GatewayTimeout => "The request took longer than the server allows. Ask for less at a time.",
        _ => null,
    };

    // Headers set before the failure (an ETag, a content length) do not belong to the problem; CORS and the like do.
    private static void Clear(HttpResponse response)
    {
        response.Headers.ETag = default;
        response.Headers.ContentLength = null;
        response.Headers.Location = default;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client broke the request off")]
    private static partial void LogAborted(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogUnexpected(ILogger logger, string method, string path, Exception exception);
}
