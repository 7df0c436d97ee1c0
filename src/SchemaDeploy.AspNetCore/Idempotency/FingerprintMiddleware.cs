using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>
/// Recognises a write that comes twice, as from a button that was clicked twice: while the first is worked on, and when
/// it created something, for a moment afterwards. A first that failed stands in nobody's way. PUT, PATCH and DELETE that
/// come again later change nothing more, and are carried out.
/// </summary>
internal sealed class FingerprintMiddleware(RequestDelegate next, ISharedState state, FingerprintSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var policy = context.GetEndpoint()?.Metadata.GetMetadata<RepeatMetadata>()?.Policy;
        return settings.Enabled
            && RequestIdentity.IsWrite(context.Request)
            && context.GetEndpoint() is not null
            && policy != RepeatPolicy.Allowed
            && !context.Request.Headers.ContainsKey(IdempotencyMiddleware.Header)
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
        try
        {
            await next(context);
            hasSucceeded = context.Response.StatusCode is >= 200 and < 300;
        }
        finally
        {
            if (mark is not null)
            {
                await (hasSucceeded && isKept ? state.ExpireAsync(mark, settings.Window) : state.RemoveAsync(mark));
            }
        }

        async ValueTask EnterAsync()
        {
            var key = "seen:" + RequestIdentity.End(hash);
            mark = await state.AddAsync(key, settings.LongestRequest)
                ? key
                : throw new ApiException(429, "The same request was made a moment ago: this is taken for a duplicate. To repeat requests safely, send an Idempotency-Key.")
                {
                    RetryAfter = settings.Window,
                    Reason = RefusalReason.DuplicateRequest,
                };
        }
    }
}
