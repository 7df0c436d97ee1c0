using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>Two processes on one PostgreSQL and one Redis are one application.</summary>
[Trait("Category", "Integration")]
public sealed class ReplicaTests : IAsyncLifetime
{
    // A server of its own: the users of other tests go by the same numbers, and would count as these.
    private readonly RedisServer _redis = new();
    private AppProcess _first = null!;
    private AppProcess _second = null!;

    public async ValueTask InitializeAsync()
    {
        var url = await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync();
        Assert.SkipWhen(RedisServer.WhyMissing is not null, RedisServer.WhyMissing ?? "");
        await _redis.StartAsync();
        var app = await BuiltApp.GetAsync("sample");
        (string, string)[] environment = [("REDIS_URL", _redis.Url), ("RateLimits__User__Requests", "60"), ("RateLimits__Authentication__Requests", "1000")];
        _first = await AppProcess.StartAsync(app, url, environment);
        _second = await AppProcess.StartAsync(app, url, environment);
    }

    public async ValueTask DisposeAsync()
    {
        if (_first is not null)
        {
            await _first.DisposeAsync();
        }

        if (_second is not null)
        {
            await _second.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task A_users_requests_count_wherever_they_go()
    {
        var user = await Session.RegisterAsync(_first.Client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => user.At(i % 2 == 0 ? _first.Client : _second.Client).GetAsync("/api/items")));

        // 60 a minute, one of which was asked for while signing in, and those that are given back meanwhile.
        var refused = answers.Where(answer => answer.Code != 200).ToList();
        Assert.All(refused, answer => Assert.NotNull(answer.Expect(429).Header("Retry-After")));
        Assert.InRange(answers.Length - refused.Count, 55, 70);
    }

    [Fact]
    public async Task A_subscriber_at_one_is_told_of_what_the_other_writes()
    {
        var user = await Session.RegisterAsync(_first.Client);
        var stranger = await Session.RegisterAsync(_first.Client);
        const string query = "subscription { itemChanged { kind id node { itemType } } }";
        using var own = await Subscription.OpenAsync(_first.Client, user, query);
        using var strange = await Subscription.OpenAsync(_first.Client, stranger, query);

        var other = user.At(_second.Client);
        var id = (await other.PostAsync("/api/items", """{"item_type":"far away"}""")).Expect(201)["id"];
        Assert.Equal("data: {\"data\":{\"itemChanged\":{\"kind\":\"CREATED\",\"id\":" + id + ",\"node\":{\"itemType\":\"far away\"}}}}", await own.ReadAsync());
        (await other.DeleteAsync($"/api/items/{id}")).Expect(204);
        Assert.Contains("\"kind\":\"DELETED\"", await own.ReadAsync(), StringComparison.Ordinal);
        (await stranger.At(_second.Client).PostAsync("/api/items", """{"item_type":"strange"}""")).Expect(201);
        Assert.Contains("strange", await strange.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idempotency_key_is_known_to_both()
    {
        var user = await Session.RegisterAsync(_first.Client);
        var (key, body) = (Guid.NewGuid().ToString(), $$"""{"item_type":"{{Guid.NewGuid()}}"}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => user.At(i % 2 == 0 ? _first.Client : _second.Client).PostAsync("/api/items", body, ("Idempotency-Key", key))));

        var created = answers.Where(answer => answer.Code == 201).ToList();
        Assert.NotEmpty(created);
        Assert.Single(created.Select(answer => answer["id"]).Distinct());
        Assert.All(answers.Where(answer => answer.Code != 201), answer => answer.Expect(409));
        Assert.Equal(created[0].Text, (await user.At(_second.Client).PostAsync("/api/items", body, ("Idempotency-Key", key))).Expect(201).Text);
        (await user.At(_second.Client).PostAsync("/api/items", """{"item_type":"another"}""", ("Idempotency-Key", key))).Expect(422);
    }

    [Fact]
    public async Task A_refresh_token_used_at_one_is_used_at_the_other()
    {
        var user = await Session.RegisterAsync(_first.Client);
        var body = $$"""{"refresh_token":"{{user.RefreshToken}}"}""";

        (await new Session(_first.Client).PostAsync("/api/auth/refresh", body)).Expect(200);
        (await new Session(_second.Client).PostAsync("/api/auth/refresh", body)).Expect(401);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        (await user.GetAsync("/api/auth/me")).Expect(401);
        (await user.At(_second.Client).GetAsync("/api/auth/me")).Expect(401);
    }

    [Fact]
    public async Task Wrong_passwords_at_one_lock_the_account_at_the_other()
    {
        var user = await Session.RegisterAsync(_first.Client);
        var wrong = $$"""{"email":"{{user.Email}}","password":"wrong, and wrong again"}""";
        for (var i = 0; i < 20; i++)
        {
            await new Session(_first.Client).PostAsync("/api/auth/login", wrong);
        }

        var right = $$"""{"email":"{{user.Email}}","password":"{{Session.Password}}"}""";
        Assert.NotNull((await new Session(_second.Client).PostAsync("/api/auth/login", right)).Expect(429).Header("Retry-After"));
    }

    [Fact]
    public async Task Of_fifty_equal_creates_at_both_one_gets_through()
    {
        var user = await Session.RegisterAsync(_first.Client);
        var body = $$"""{"item_type":"{{Guid.NewGuid()}}"}""";
        while (DateTime.UtcNow.Second > 45)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => user.At(i % 2 == 0 ? _first.Client : _second.Client).PostAsync("/api/items", body)));

        Assert.Equal(1, answers.Count(answer => answer.Code == 201));
        Assert.All(answers.Where(answer => answer.Code != 201), answer => answer.Expect(429));
    }

    [Fact]
    public async Task Without_Redis_each_counts_for_itself_and_requests_go_on()
    {
        var user = await Session.RegisterAsync(_first.Client);
        _redis.Kill();

        (await user.GetAsync("/api/items")).Expect(200);
        (await user.At(_second.Client).GetAsync("/api/items")).Expect(200);
        await UntilHealthIsAsync("DEGRADED");
        foreach (var client in new[] { _first.Client, _second.Client })
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => user.At(client).GetAsync("/api/items")));
            Assert.InRange(answers.Count(answer => answer.Code == 200), 50, 75);
            Assert.All(answers.Where(answer => answer.Code != 200), answer => answer.Expect(429));
        }

        await _redis.StartAsync();
        await UntilHealthIsAsync("OK");
        (await (await Session.RegisterAsync(_second.Client)).GetAsync("/api/items")).Expect(200);
    }

    private async Task UntilHealthIsAsync(string status)
    {
        var end = DateTime.UtcNow.AddSeconds(30);
        foreach (var client in new[] { _first.Client, _second.Client })
        {
            string found;
            while ((found = (await new Session(client).GetAsync("/health")).Expect(200)["status"]) != status)
            {
                Assert.True(DateTime.UtcNow < end, $"Health says {found}, not {status}.");
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }
}
