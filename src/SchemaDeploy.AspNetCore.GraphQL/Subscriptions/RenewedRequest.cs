using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>
/// The request of a subscription as if it came now: its token is judged anew, for services of a new scope. So who signs out,
/// is suspended or changes roles in the meantime is treated as with any other request.
/// </summary>
internal static class RenewedRequest
{
    /// <summary>The request, in <paramref name="scope"/>.</summary>
    /// <exception cref="ApiException">401: whoever sent it is not signed in any longer.</exception>
    public static async Task<HttpContext> OfAsync(HttpContext http, IServiceProvider scope)
    {
        // Everything else is as the first request has it.
        var features = new FeatureCollection(http.Features);
        features.Set<IServiceProvidersFeature>(new ServiceProvidersFeature { RequestServices = scope });
        features.Set<IHttpAuthenticationFeature>(new HttpAuthenticationFeature());
        var renewed = new DefaultHttpContext(features);
        renewed.User = (await renewed.AuthenticateAsync()).Principal ?? new ClaimsPrincipal();
        var before = http.RequestServices.GetRequiredService<Caller>();
        return CallerMiddleware.Introduce(renewed).Id == before.Id
            ? renewed
            : throw new ApiException(401, "The session has ended. Sign in again, and subscribe anew.");
    }
}
