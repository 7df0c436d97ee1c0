using Microsoft.AspNetCore.Http;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The token that a request brings along (RFC 6750).</summary>
internal static class BearerToken
{
    private const string Prefix = "Bearer ";

    /// <summary>The token of <paramref name="request"/>; null where it has none.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
}
