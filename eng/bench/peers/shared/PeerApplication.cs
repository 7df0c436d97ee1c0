using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Peers;

/// <summary>What the peers have in common: tokens, JSON, a limit for each user, and no log of requests.</summary>
internal static class PeerApplication
{
    private const string Limit = "user";

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeerJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        });
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(builder.Configuration["JWT_SECRET"]!)),
            };
        });
        builder.Services.AddRateLimiter(limiter => limiter.AddPolicy(Limit, http => RateLimitPartition.GetTokenBucketLimiter(
            UserId(http.User), _ => new TokenBucketRateLimiterOptions { TokenLimit = 1_000_000_000, TokensPerPeriod = 1_000_000_000, ReplenishmentPeriod = TimeSpan.FromMinutes(1) })));
        return builder;
    }

    public static RouteGroupBuilder MapItems(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        return app.MapGroup("/api/items").RequireAuthorization().RequireRateLimiting(Limit);
    }

    /// <summary>Whose token it is.</summary>
    public static long UserId(ClaimsPrincipal user) => long.Parse(user.FindFirstValue("sub")!, CultureInfo.InvariantCulture);

    /// <summary>The minute that a time falls into, by which duplicates are known.</summary>
    public static DateTime MinuteOf(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    /// <summary>A cursor that clients pass back as it is.</summary>
    public static string Cursor(long id) => Convert.ToBase64String(BitConverter.GetBytes(id));

    /// <summary>The id behind a cursor; 0 where there is none.</summary>
    public static long IdOf(string? cursor) => cursor is null ? 0 : BitConverter.ToInt64(Convert.FromBase64String(cursor));
}
