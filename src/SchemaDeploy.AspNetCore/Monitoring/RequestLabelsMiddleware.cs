using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>Names resource and operation in ASP.NET Core's measurement of the request.</summary>
internal sealed class RequestLabelsMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } measurement && context.GetEndpoint() is { } endpoint)
        {
            measurement.Tags.Add(new("resource", EndpointLabels.ResourceOf(endpoint)));
            measurement.Tags.Add(new("operation", EndpointLabels.OperationOf(endpoint)));
        }

        return next(context);
    }
}
