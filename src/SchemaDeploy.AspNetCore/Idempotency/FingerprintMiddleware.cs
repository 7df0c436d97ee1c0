using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>
/// Recognises a write that comes twice, as from a button that was clicked twice: while the first is worked on, and when
/// it created something, for a moment afterwards. PUT, PATCH and DELETE that come again later change nothing more, and
/// are carried out.
/// </summary>
internal sealed class FingerprintMiddleware(RequestDelegate next, Fingerprints fingerprints)
{
    public Task InvokeAsync(HttpContext context)
    {
        var policy = context.GetEndpoint()?.Metadata.GetMetadata<RepeatMetadata>()?.Policy;
        return RequestIdentity.IsWrite(context.Request)
            && context.GetEndpoint() is not null
            && policy is not (RepeatPolicy.Allowed or RepeatPolicy.Judged)
            && fingerprints.Watches(context)
            ? WatchAsync(context, isKept: policy != RepeatPolicy.RefusedByKey && HttpMethods.IsPost(context.Request.Method))
            : next(context);
    }

    private async Task WatchAsync(HttpContext context, bool isKept)
    {
        using var hash = RequestIdentity.Begin(context.Request);
        RequestIdentity.Append(hash, RequestIdentity.ClientOf(context));
        string? mark = null;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            await EnterAsync();
        }
        else
        {
            context.Request.Body = new HashedBody(context.Request.Body, hash, EnterAsync);
        }

        var hasSucceeded = false;
        ApiException? refusal = null;
        try
        {
            await next(context);
            hasSucceeded = context.Response.StatusCode is >= 200 and < 300;
        }
        catch (ApiException exception) when (Note(exception))
        {
        }
        finally
        {
            if (mark is not null)
            {
                await fingerprints.LeaveAsync(mark, hasSucceeded && isKept, refusal);
            }
        }

        // To catch what is thrown on would cost more than all else here.
        bool Note(ApiException exception)
        {
            refusal = exception;
            return false;
        }

        async ValueTask EnterAsync() => mark = await fingerprints.EnterAsync(RequestIdentity.End(hash));
    }
}
