using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public sealed class AccessTokenTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly JsonWebTokenHandler s_handler = new();

    [Fact]
    public async Task A_token_made_with_the_key_and_the_claims_of_a_session_is_taken()
    {
        var claims = await ClaimsAsync("like@example.org");
        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(Make(claims))).Status);
    }

    [Fact]
    public async Task A_token_is_refused_that_is_not_the_applications_own()
    {
        var claims = await ClaimsAsync("forged@example.org");
        var good = Make(claims);
        var parts = good.Split('.');
        var refused = new Dictionary<string, string>
        {
            ["another key"] = Make(claims, key: "another secret of thirty-two bytes and more"),
            ["another issuer"] = Make(claims, issuer: "somebody"),
            ["another audience"] = Make(claims, audience: "somebody"),
            ["another type"] = Make(claims, type: "JWT"),
            ["another algorithm of the same key"] = Make(claims, algorithm: SecurityAlgorithms.HmacSha512, key: new string('k', 64)),
            ["no expiry"] = Make(claims, expires: false),
            ["expired"] = Make(claims, life: TimeSpan.FromSeconds(-1)),
            ["no algorithm"] = $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["other content"] = $"{parts[0]}.{Encode(Decode(parts[1]).Replace("\"sub\":\"", "\"sub\":\"1", StringComparison.Ordinal))}.{parts[2]}",
            ["another session"] = Make(With(claims, "sid", RandomNumberGenerator.GetHexString(43))),
            ["no session"] = Make(Without(claims, "sid")),
            ["no user"] = Make(Without(claims, "sub")),
            ["another user"] = Make(With(claims, "sub", Guid.NewGuid().ToString())),
            ["a user that is no key"] = Make(With(claims, "sub", "1 OR 1=1")),
            ["nothing"] = "",
            ["nonsense"] = "a.b.c",
        };
        foreach (var (what, token) in refused)
        {
            var answer = await app.MeAsync(token);
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{what}: {answer.Status}");
            Assert.StartsWith("Bearer", answer["WWW-Authenticate"], StringComparison.Ordinal);
            Assert.DoesNotContain("IDX", answer.Text + answer["WWW-Authenticate"], StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(good)).Status);
    }

    [Fact]
    public async Task A_token_of_the_key_before_is_taken_while_it_is_configured()
    {
        await using var rotated = new RunningApp
        {
            Arguments = ["--JWT_SECRET=the new secret of thirty-two bytes and more", $"--JWT_SECRET_PREVIOUS={Secret}"],
        };
        await rotated.InitializeAsync();
        var tokens = await rotated.JoinAsync("rotated@example.org");
        var claims = Claims(tokens.Access);
        Assert.Equal(HttpStatusCode.OK, (await rotated.MeAsync(Make(claims))).Status);
        Assert.NotEqual(s_handler.ReadJsonWebToken(tokens.Access).Kid, s_handler.ReadJsonWebToken((await app.JoinAsync("kid@example.org")).Access).Kid);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task Keys_in_PEM_sign_and_only_with_their_own_algorithm(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (pem, publicPem) = algorithm == "RS256"
            ? (rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem())
            : (ec.ExportPkcs8PrivateKeyPem(), ec.ExportSubjectPublicKeyInfoPem());
        await using var signed = new RunningApp { Arguments = ["--JWT_SECRET=", $"--JWT_KEY={pem}"] };
        await signed.InitializeAsync();
        var tokens = await signed.JoinAsync("pem@example.org");
        Assert.Equal(algorithm, s_handler.ReadJsonWebToken(tokens.Access).Alg);
        Assert.Equal(HttpStatusCode.OK, (await signed.MeAsync(tokens.Access)).Status);

        // The public key is no secret, whatever a forger's token says.
        Assert.Equal(HttpStatusCode.Unauthorized, (await signed.MeAsync(Make(Claims(tokens.Access), key: publicPem))).Status);
    }

    [Fact]
    public async Task Access_ends_after_a_quarter_of_an_hour_refreshing_after_two_weeks_and_a_session_after_ninety_days()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var timed = new RunningApp { Configure = builder => builder.Services.AddSingleton<TimeProvider>(clock) };
        await timed.InitializeAsync();
        var tokens = await timed.JoinAsync("late@example.org");
        clock.Advance(TimeSpan.FromMinutes(14.9));
        Assert.Equal(HttpStatusCode.OK, (await timed.MeAsync(tokens.Access)).Status);
        clock.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await timed.MeAsync(tokens.Access)).Status);
        for (var day = 0; day < 84; day += 14)
        {
            clock.Advance(TimeSpan.FromDays(13.9));
            tokens = Tokens.Of(await timed.RefreshAsync(tokens.Refresh));
        }

        clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await timed.RefreshAsync(tokens.Refresh)).Status);

        tokens = Tokens.Of(await timed.LoginAsync("late@example.org"));
        clock.Advance(TimeSpan.FromDays(14.1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await timed.RefreshAsync(tokens.Refresh)).Status);
    }

    private const string Secret = "only the tests of this project use it";

    private async Task<Dictionary<string, object>> ClaimsAsync(string email) => Claims((await app.JoinAsync(email)).Access);

    private static Dictionary<string, object> Claims(string token)
    {
        var jwt = s_handler.ReadJsonWebToken(token);
        return new() { ["sub"] = jwt.Subject, ["sid"] = jwt.GetClaim("sid").Value, ["role"] = "ADMIN" };
    }

    private static Dictionary<string, object> With(Dictionary<string, object> claims, string name, string value) => new(claims) { [name] = value };

    private static Dictionary<string, object> Without(Dictionary<string, object> claims, string name) =>
        claims.Where(claim => claim.Key != name).ToDictionary();

    private static string Make(
        Dictionary<string, object> claims, string key = Secret, string issuer = "Test", string audience = "Test", string type = "at+jwt",
        string algorithm = SecurityAlgorithms.HmacSha256, bool expires = true, TimeSpan? life = null)
    {
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            Expires = expires ? DateTime.UtcNow + (life ?? TimeSpan.FromMinutes(5)) : null,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), algorithm),
        });
    }

    private static string Encode(string json) => Base64UrlEncoder.Encode(json);

    private static string Decode(string part) => Base64UrlEncoder.Decode(part);
}
