using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace SchemaDeploy.AspNetCore.Monitoring;

/// <summary>What measurements say of an endpoint: as many values as there are endpoints, whatever clients send.</summary>
internal static class EndpointLabels
{
    private const string None = "none";

    /// <summary>The resource, by its tag in the OpenAPI document.</summary>
    public static string ResourceOf(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<ITagsMetadata>() is { Tags: [var tag, ..] } ? tag : None;

    /// <summary>The operation, by its id in the OpenAPI document.</summary>
    public static string OperationOf(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? None;
}
