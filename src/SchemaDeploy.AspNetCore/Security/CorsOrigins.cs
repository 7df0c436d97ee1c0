using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>
/// The sites whose pages may call the API from a browser; none unless CORS_ORIGINS names them. Tokens go in a header
/// and not in a cookie, so no site needs to be let in with credentials.
/// </summary>
internal static class CorsOrigins
{
    public const string Setting = "CORS_ORIGINS";

    private static readonly TimeSpan s_preflightLife = TimeSpan.FromHours(1);

    /// <summary>The policy for the sites that <paramref name="setting"/> names; null where it names none.</summary>
    /// <exception cref="StartupException">An entry is no origin.</exception>
    public static CorsPolicy? Parse(string? setting)
    {
        var origins = (setting ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (origins.Length == 0)
        {
            return null;
        }

        var policy = new CorsPolicyBuilder()
            .AllowAnyHeader()
            .AllowAnyMethod()
            .SetPreflightMaxAge(s_preflightLife)
            .WithExposedHeaders(
                HeaderNames.ETag,
                HeaderNames.Location,
                HeaderNames.RetryAfter,
                HeaderNames.WWWAuthenticate,
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset");
        return (origins is ["*"]
            ? policy.AllowAnyOrigin()
            : policy.WithOrigins([.. origins.Select(Check)]).SetIsOriginAllowedToAllowWildcardSubdomains()).Build();
    }

    private static string Check(string origin) =>
        Uri.TryCreate(origin.Replace("://*.", "://", StringComparison.Ordinal), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? origin.TrimEnd('/')
            : throw new StartupException($"{Setting} has '{origin}', which is no origin. An example: https://app.example.com");
}
