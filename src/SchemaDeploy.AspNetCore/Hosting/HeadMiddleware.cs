using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>
/// Answers HEAD as GET without the body, and OPTIONS with the methods that a path has (RFC 9110 §9.3), for all routes
/// at once.
/// </summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (HttpMethods.IsHead(request.Method))
        {
            // Routes are mapped for GET. The server knows the true method and sends no body.
            request.Method = HttpMethods.Get;
            var body = response.Body;
            response.Body = Stream.Null;
            try
            {
                await next(context);
            }
            finally
            {
                response.Body = body;
                request.Method = HttpMethods.Head;
            }

            return;
        }

        await next(context);
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed && !response.HasStarted)
        {
            Complete(request, response);
        }
    }

    private static void Complete(HttpRequest request, HttpResponse response)
    {
        var methods = response.Headers.GetCommaSeparatedValues("Allow").ToList();
        if (methods.Contains(HttpMethods.Get))
        {
            methods.Add(HttpMethods.Head);
        }

        methods.Add(HttpMethods.Options);
        response.Headers.Allow = string.Join(", ", methods.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (HttpMethods.IsOptions(request.Method))
        {
            response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
