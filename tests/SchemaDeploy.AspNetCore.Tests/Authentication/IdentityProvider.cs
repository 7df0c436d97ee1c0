using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

/// <summary>A provider of OpenID Connect as far as APIs see one: its discovery document, its public keys, its tokens.</summary>
public sealed class IdentityProvider : IAsyncLifetime
{
    private readonly RSA _key = RSA.Create(2048);
    private WebApplication? _app;

    public string Address => _app!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Address, jwks_uri = Address + "/keys" }));
        _app.MapGet("/keys", () =>
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.ExportParameters(false)) { KeyId = "1" });
            return Results.Json(new { keys = new[] { new { kty = key.Kty, use = "sig", kid = key.Kid, n = key.N, e = key.E } } });
        });
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _key.Dispose();
    }

    /// <summary>A token of somebody who has signed in here.</summary>
    public string Issue(string subject, string? email = null, bool isVerified = true, string audience = "Test", object? roles = null, RSA? key = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, ["email_verified"] = isVerified };
        if (email is not null)
        {
            claims["email"] = email;
        }

        if (roles is not null)
        {
            claims["roles"] = roles;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            Claims = claims,
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? _key) { KeyId = "1" }, SecurityAlgorithms.RsaSha256),
        });
    }
}
