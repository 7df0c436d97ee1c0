using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Security;

public sealed class TransportTests : IAsyncDisposable
{
    private RunningApp _app = new();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/api/gadgets")]
    [InlineData("/api/gadgets/0")]
    [InlineData("/nothing")]
    [InlineData("/health")]
    public async Task Data_is_neither_framed_nor_kept_nor_taken_for_a_page(string path)
    {
        await StartAsync();
        var answer = await _app.GetAsync(path);
        Assert.Equal("nosniff", answer["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer["X-Frame-Options"]);
        Assert.Equal("no-referrer", answer["Referrer-Policy"]);
        Assert.Equal("no-store", answer["Cache-Control"]);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer["Content-Security-Policy"]);
        Assert.Null(answer["Server"]);
        Assert.Null(answer["Access-Control-Allow-Origin"]);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/schema")]
    public async Task Pages_load_nothing_from_elsewhere_and_are_not_framed(string path)
    {
        await StartAsync();
        var policy = (await _app.GetAsync(path))["Content-Security-Policy"]!;
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production", "", HttpStatusCode.NotFound)]
    [InlineData("Production", "true", HttpStatusCode.OK)]
    [InlineData("Development", "", HttpStatusCode.OK)]
    [InlineData("Development", "false", HttpStatusCode.NotFound)]
    public async Task The_documentation_is_shown_in_Development_or_where_it_is_asked_for(string environment, string setting, HttpStatusCode expected)
    {
        await StartAsync($"--environment={environment}", $"--API_DOCS={setting}");
        foreach (var path in (string[])["/docs", "/docs/", "/openapi/v1.json", "/schema", "/docs/scalar.js"])
        {
            Assert.Equal(expected, (await _app.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task Nobody_is_redirected_where_the_application_knows_no_HTTPS_port()
    {
        await StartAsync("--environment=Production");
        Assert.Equal(HttpStatusCode.NotFound, (await _app.GetAsync("/nothing")).Status);
        Assert.DoesNotContain(_app.Log, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_HTTP_is_redirected_and_HTTPS_is_made_to_last()
    {
        await StartAsync("--environment=Production", "--HTTPS_PORT=443", "--TRUSTED_PROXIES=loopback");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _app.Client.BaseAddress };
        var plain = await GetAsync("/api/gadgets?limit=1", "http");
        Assert.Equal(HttpStatusCode.TemporaryRedirect, plain.Status);
        Assert.Equal("https://api.example.com/api/gadgets?limit=1", plain["Location"]);
        Assert.Null(plain["Strict-Transport-Security"]);

        var secure = await GetAsync("/nothing", "https");
        Assert.Equal(HttpStatusCode.NotFound, secure.Status);
        Assert.Equal("max-age=31536000", secure["Strict-Transport-Security"]);

        // Orchestrators probe by HTTP.
        foreach (var path in (string[])["/live", "/ready", "/health"])
        {
            Assert.NotEqual(HttpStatusCode.TemporaryRedirect, (await GetAsync(path, "http")).Status);
        }

        async Task<Answer> GetAsync(string path, string scheme)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "api.example.com";
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("X-Forwarded-For", "192.0.2.1");
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return await Answer.ReadAsync(response);
        }
    }

    [Theory]
    [InlineData("api.example.com;*.example.org", "api.example.com", HttpStatusCode.NotFound)]
    [InlineData("api.example.com;*.example.org", "x.example.org:8080", HttpStatusCode.NotFound)]
    [InlineData("api.example.com;*.example.org", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("*", "evil.example", HttpStatusCode.NotFound)]
    [InlineData("", "evil.example", HttpStatusCode.NotFound)]
    public async Task Hosts_are_those_that_are_allowed(string allowed, string host, HttpStatusCode expected)
    {
        await StartAsync($"--AllowedHosts={allowed}");
        Assert.Equal(expected, (await _app.SendAsync(HttpMethod.Get, "/nothing", headers: ("Host", host))).Status);
    }

    [Fact]
    public async Task What_anybody_says_of_a_proxy_is_not_believed()
    {
        await StartAsync("--environment=Production", "--HTTPS_PORT=443", "--TRUSTED_PROXIES=10.0.0.0/8");
        var answer = await _app.SendAsync(HttpMethod.Get, "/live", headers: [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example")]);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Null(answer["Strict-Transport-Security"]);
    }

    [Fact]
    public async Task Sites_that_are_named_may_call_from_a_browser_and_others_may_not()
    {
        await StartAsync("--CORS_ORIGINS=https://app.example.com");
        var preflight = await _app.SendAsync(HttpMethod.Options, "/api/gadgets", headers:
        [
            ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "PATCH"), ("Access-Control-Request-Headers", "authorization,if-match"),
        ]);
        Assert.Equal(HttpStatusCode.NoContent, preflight.Status);
        Assert.Equal("https://app.example.com", preflight["Access-Control-Allow-Origin"]);
        Assert.Equal("authorization,if-match", preflight["Access-Control-Allow-Headers"]);
        Assert.Equal("PATCH", preflight["Access-Control-Allow-Methods"]);
        Assert.Equal("3600", preflight["Access-Control-Max-Age"]);
        Assert.Null(preflight["Access-Control-Allow-Credentials"]);

        var refused = await _app.SendAsync(HttpMethod.Get, "/api/gadgets?nope=1", headers: ("Origin", "https://app.example.com"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("https://app.example.com", refused["Access-Control-Allow-Origin"]);
        Assert.Contains("Retry-After", refused["Access-Control-Expose-Headers"]!, StringComparison.Ordinal);

        var stranger = await _app.SendAsync(HttpMethod.Get, "/api/gadgets", headers: ("Origin", "https://evil.example"));
        Assert.Null(stranger["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task OPTIONS_still_names_the_methods_where_sites_are_let_in()
    {
        await StartAsync("--CORS_ORIGINS=*");
        Assert.Equal("GET, HEAD, OPTIONS, POST", (await _app.SendAsync(HttpMethod.Options, "/api/gadgets"))["Allow"]);
    }

    private async Task StartAsync(params string[] arguments)
    {
        _app = new RunningApp { Arguments = arguments };
        await _app.InitializeAsync();
    }
}
