using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Tests.Security;

public sealed class CorsOriginsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void No_site_is_let_in_unless_named(string? setting) => Assert.Null(CorsOrigins.Parse(setting));

    [Theory]
    [InlineData("https://app.example.com", "https://app.example.com", true)]
    [InlineData("https://app.example.com/", "https://app.example.com", true)]
    [InlineData("https://app.example.com", "http://app.example.com", false)]
    [InlineData("https://app.example.com", "https://app.example.com.evil.example", false)]
    [InlineData("https://a.example, http://localhost:5173", "http://localhost:5173", true)]
    [InlineData("https://*.example.com", "https://x.example.com", true)]
    [InlineData("https://*.example.com", "https://example.org", false)]
    [InlineData("*", "https://anything.example", true)]
    [InlineData("https://a.example", "null", false)]
    public void Sites_are_let_in_by_their_whole_origin(string setting, string origin, bool isAllowed)
    {
        var policy = CorsOrigins.Parse(setting)!;
        Assert.Equal(isAllowed, policy.AllowAnyOrigin || policy.IsOriginAllowed(origin));
        Assert.False(policy.SupportsCredentials);
    }

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("https://app.example.com/path")]
    [InlineData("https://user@app.example.com")]
    [InlineData("ftp://app.example.com")]
    [InlineData("https://a.example,*")]
    [InlineData("null")]
    public void What_is_no_origin_is_told_at_the_start(string setting) =>
        Assert.Contains("CORS_ORIGINS has '", Assert.Throws<StartupException>(() => CorsOrigins.Parse(setting)).Message, StringComparison.Ordinal);
}
