using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.RateLimiting;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The routes that users register and sign in at.</summary>
public static class AuthenticationEndpoints
{
    /// <summary>Maps them.</summary>
    public static RouteGroupBuilder MapAuthentication(this IEndpointRouteBuilder api)
    {
        // What is answered here is secret, and whoever sends the same again is answered anew.
        var routes = api.MapGroup("/auth").WithTags("authentication").AllowRepeats();
        routes.MapPost("/register", RegisterAsync).AllowAnonymous().LimitStrictly().WithName("register");
        routes.MapPost("/login", LoginAsync).AllowAnonymous().LimitStrictly().WithName("login");
        routes.MapPost("/refresh", RefreshAsync).AllowAnonymous().WithName("refresh");
        routes.MapPost("/logout", LogoutAsync).AllowAnonymous().WithName("logout");
        routes.MapPost("/password", ChangePasswordAsync).RequireAuthorization().LimitStrictly().WithName("changePassword");
        routes.MapGet("/me", ShowAsync).RequireAuthorization().WithName("me");
        return routes;
    }

    private static async Task RegisterAsync(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var accounts = http.RequestServices.GetRequiredService<IAccountStore>();
        var registration = await accounts.ReadAsync(http.Request);
        var account = await Service(http).RegisterAsync(registration, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"{http.Request.PathBase}{http.Request.Path.Value!.TrimEnd('/')[..^"register".Length]}me";
        await WriteAsync(http, await accounts.DescribeAsync(account, http.RequestAborted), RuntimeJsonContext.Readable.JsonObject);
    }

    private static async Task LoginAsync(HttpContext http)
    {
        var request = await ReadAsync(http, AuthenticationJsonContext.Default.LoginRequest);
        await AnswerAsync(http, await Service(http).LoginAsync(request.Email!, request.Password!, AddressOf(http), http.RequestAborted));
    }

    private static async Task RefreshAsync(HttpContext http)
    {
        var request = await ReadAsync(http, AuthenticationJsonContext.Default.RefreshRequest);
        await AnswerAsync(http, await Sessions(http).RefreshAsync(request.RefreshToken!, http.RequestAborted));
    }

    private static async Task LogoutAsync(HttpContext http)
    {
        var request = await ReadAsync(http, AuthenticationJsonContext.Default.RefreshRequest);
        await Sessions(http).EndByTokenAsync(request.RefreshToken!, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task ChangePasswordAsync(HttpContext http)
    {
        var request = await ReadAsync(http, AuthenticationJsonContext.Default.PasswordChangeRequest);
        await Service(http).ChangePasswordAsync(
            UserOf(http), http.User.FindFirst(TokenIssuer.SessionClaim)?.Value ?? "", request.CurrentPassword!, request.NewPassword!, AddressOf(http), http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task ShowAsync(HttpContext http)
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var accounts = http.RequestServices.GetRequiredService<IAccountStore>();
        var account = await accounts.FindAsync(UserOf(http), http.RequestAborted) ?? throw new ApiException(401, "The session has ended. Sign in again.");
        // An identity provider may give another role than the row does.
        account = account with { Role = http.RequestServices.GetRequiredService<Caller>().Role };
        await WriteAsync(http, await accounts.DescribeAsync(account, http.RequestAborted), RuntimeJsonContext.Readable.JsonObject);
    }

    private static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> json)
        where T : class, IValidatable
    {
        ListRequestReader.ReadNone(http.Request.Query);
        var request = await JsonBody.ReadAsync(http.Request, json);
        var validator = new Validator();
        request.Validate(validator);
        validator.ThrowIfInvalid();
        return request;
    }

    private static Task AnswerAsync(HttpContext http, TokenResponse tokens) => WriteAsync(http, tokens, AuthenticationJsonContext.Default.TokenResponse);

    private static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> json)
    {
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(value, json);
    }

    private static string UserOf(HttpContext http) => http.User.Identity?.Name ?? throw new ApiException(401, "Sign in first, and send the token as Authorization: Bearer.");

    private static string AddressOf(HttpContext http) => ClientAddress.GroupOf(http.Connection.RemoteIpAddress);

    private static SignIn Service(HttpContext http) => http.RequestServices.GetRequiredService<SignIn>();

    private static Sessions Sessions(HttpContext http) => http.RequestServices.GetRequiredService<Sessions>();
}
