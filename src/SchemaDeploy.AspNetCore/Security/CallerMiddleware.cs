using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>Tells the services of a request on whose behalf they work: whoever authentication found, else nobody.</summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        Introduce(context);
        return next(context);
    }

    /// <summary>Tells the services of <paramref name="context"/> who its user is.</summary>
    public static Caller Introduce(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<Caller>();
        caller.Arrive(context.Connection.RemoteIpAddress?.ToString());
        if (context.User.Identity is { IsAuthenticated: true })
        {
            caller.SignIn(
                context.User.FindFirstValue(CallerClaims.Key),
                context.User.FindFirstValue(CallerClaims.Role),
                context.User.HasClaim(CallerClaims.Admin, "true"));
        }

        return caller;
    }
}
