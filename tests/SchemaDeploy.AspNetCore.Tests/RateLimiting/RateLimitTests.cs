using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.AspNetCore.Tests.Authentication;

namespace SchemaDeploy.AspNetCore.Tests.RateLimiting;

public sealed class RateLimitTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningApp? _app;

    private RunningApp App => _app!;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_go_on()
    {
        await StartAsync("--RateLimits:Anonymous:Requests=6", "--RateLimits:Anonymous:Burst=3");
        Assert.Equal(("3", "2", "10"), Headers(await App.GetAsync("/api/gadgets")));
        Assert.Equal(("3", "1", "20"), Headers(await App.GetAsync("/api/gadgets/0")));
        Assert.Equal(("3", "0", "30"), Headers(await App.GetAsync("/nothing")));
        _clock.Advance(TimeSpan.FromSeconds(1));

        var refused = await App.GetAsync("/api/gadgets");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("9", refused["Retry-After"]);
        Assert.Equal(("3", "0", "29"), Headers(refused));
        Assert.Equal("application/problem+json", refused["Content-Type"]);
        Assert.Equal(429, refused.Json.GetProperty("status").GetInt32());
        Assert.Equal("nosniff", refused["X-Content-Type-Options"]);

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(HttpStatusCode.OK, (await App.GetAsync("/api/gadgets")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await App.GetAsync("/api/gadgets")).Status);
    }

    [Fact]
    public async Task Health_is_answered_however_often_it_is_asked_for()
    {
        await StartAsync("--RateLimits:Anonymous:Requests=1");
        foreach (var path in (string[])["/live", "/ready", "/health", "/live", "/ready", "/health"])
        {
            var answer = await App.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Null(answer["RateLimit-Limit"]);
        }
    }

    [Fact]
    public async Task Clients_behind_a_trusted_proxy_are_told_apart()
    {
        await StartAsync("--RateLimits:Anonymous:Requests=1", "--TRUSTED_PROXIES=loopback,10.0.0.0/8");
        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.1, 10.1.1.1"));
        // What the client itself wrote before the first trusted proxy counts for nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("203.0.113.9, 192.0.2.1, 10.1.1.1"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.2"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("2001:db8::1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("2001:db8::2"));
    }

    [Fact]
    public async Task A_client_who_claims_to_be_a_proxy_is_one_client_and_the_operator_is_told_once()
    {
        await StartAsync("--RateLimits:Anonymous:Requests=1");
        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.3"));
        Assert.Contains("127.0.0.1, which forwards for others", Assert.Single(App.Log, line => line.Contains("TRUSTED_PROXIES", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_have_limits_of_their_own_wherever_they_ask_from()
    {
        await StartAsync("--RateLimits:User:Requests=2", "--RateLimits:Anonymous:Requests=1", "--TRUSTED_PROXIES=loopback");
        var (ada, bob) = ((await App.JoinAsync("ada@example.org")).Access, (await App.JoinAsync("bob@example.org")).Access);

        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.1", ada));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.2", ada));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.3", ada));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.1", bob));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.1"));
        // A token that is none makes nobody a user.
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("192.0.2.1", "none"));
    }

    [Fact]
    public async Task Passwords_are_guessed_slowly_with_and_without_a_token()
    {
        await StartAsync("--RateLimits:Authentication:Requests=4", "--TRUSTED_PROXIES=loopback");
        var tokens = await App.JoinAsync("ada@example.org");
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.LoginAsync("ada@example.org", "wrong")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.LoginAsync("nobody@example.org", "wrong")).Status);

        foreach (var refused in (Answer[])
            [
                await App.LoginAsync("ada@example.org"), await App.RegisterAsync("bob@example.org"),
                await App.ChangePasswordAsync(tokens.Access, "wrong", "another good one"),
            ])
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
            Assert.Equal("15", refused["Retry-After"]);
        }

        // Nothing is to be guessed here, and everybody else is elsewhere.
        Assert.Equal(HttpStatusCode.OK, (await App.RefreshAsync(tokens.Refresh)).Status);
        Assert.Equal(HttpStatusCode.OK, (await App.MeAsync(tokens.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await App.SendAsync(
            HttpMethod.Post, "/api/auth/login", $$"""{"email":"ada@example.org","password":"{{Client.Password}}"}""", headers: ("X-Forwarded-For", "192.0.2.9"))).Status);
    }

    [Fact]
    public async Task Parallel_requests_get_what_the_bucket_holds_and_no_more()
    {
        await StartAsync("--RateLimits:Anonymous:Requests=20");
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => App.GetAsync("/api/gadgets")));
        Assert.Equal(20, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(80, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    private async Task<HttpStatusCode> AskAsync(string forwardedFor, string? token = null)
    {
        (string, string)[] headers = token is null
            ? [("X-Forwarded-For", forwardedFor)]
            : [("X-Forwarded-For", forwardedFor), Client.Bearer(token)];
        return (await App.SendAsync(HttpMethod.Get, "/api/gadgets", headers: headers)).Status;
    }

    private static (string?, string?, string?) Headers(Answer answer) =>
        (answer["RateLimit-Limit"], answer["RateLimit-Remaining"], answer["RateLimit-Reset"]);

    private async Task StartAsync(params string[] arguments)
    {
        _app = new RunningApp
        {
            Arguments = ["--RateLimits:Enabled=true", .. arguments],
            Configure = builder => builder.Services.AddSingleton<TimeProvider>(_clock),
        };
        await _app.InitializeAsync();
    }
}
