using System.Globalization;
using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.AspNetCore.Tests.Authentication;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Idempotency;

public sealed class FingerprintTests : IAsyncLifetime
{
    private readonly RunningApp _app = new() { Arguments = ["--Fingerprints:Enabled=true"] };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task The_same_create_within_a_moment_is_taken_for_a_duplicate()
    {
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync("double")).Status);
        var refused = await CreateAsync("double");
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (refused.Status, refused["Retry-After"]));
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync("double")).Status);
    }

    [Fact]
    public async Task Of_many_at_once_one_is_carried_out()
    {
        var body = $$"""{"text":"crowd","document":"{{new string('x', 200_000)}}"}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _app.PostAsync("/api/gadgets", body)));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(49, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task What_failed_may_be_tried_again_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await _app.PostAsync("/api/gadgets", """{"tiny":300}""")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await _app.SendAsync(HttpMethod.Delete, "/api/gadgets/987654321")).Status);
        }
    }

    [Fact]
    public async Task What_the_database_took_for_a_duplicate_it_is_not_asked_about_again_for_a_moment()
    {
        Task<Answer> BookAsync() => _app.PostAsync("/api/bookings", """{"room":"asked once","note":"asked once"}""");
        Assert.Equal(HttpStatusCode.Created, (await BookAsync()).Status);
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);
        var refused = await BookAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.InRange(int.Parse(refused["Retry-After"]!, CultureInfo.InvariantCulture), 2, 60);

        var before = _app.Commands.Count;
        var again = await BookAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (again.Status, again["Retry-After"]));
        Assert.DoesNotContain(_app.Commands.Skip(before), text => text.Contains("bookings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_key_refuses_the_second_one_its_answer_is_given()
    {
        await _app.PostAsync("/api/people", """{"code":"unique"}""");
        Assert.Equal("exists already", (await _app.PostAsync("/api/people", """{"code":"unique"}""")).ErrorOf("code"));
    }

    [Fact]
    public async Task Changes_may_be_repeated()
    {
        var created = await CreateAsync("changed");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await _app.PatchAsync(created["Location"]!, """{"number":1}""")).Status);
            Assert.Equal(HttpStatusCode.OK, (await _app.SendAsync(HttpMethod.Put, created["Location"]!, """{"number":1}""")).Status);
        }
    }

    [Fact]
    public async Task Other_requests_are_not_taken_for_the_same()
    {
        var tokens = await _app.JoinAsync("other@example.org");
        await CreateAsync("other");
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync("another")).Status);
        Assert.Equal(HttpStatusCode.Created, (await _app.PostAsync("/api/gadgets/batch", """[{"text":"other"}]""")).Status);
        Assert.Equal(HttpStatusCode.Created, (await _app.SendAsync(
            HttpMethod.Post, "/api/gadgets", """{"text":"other"}""", headers: Client.Bearer(tokens.Access))).Status);
        Assert.Equal(HttpStatusCode.Created, (await _app.SendAsync(
            HttpMethod.Post, "/api/gadgets", """{"text":"other"}""", headers: ("Idempotency-Key", "other"))).Status);
    }

    [Fact]
    public async Task Whoever_signs_in_twice_is_let_in_twice()
    {
        await _app.RegisterAsync("twice@example.org");
        Tokens.Of(await _app.LoginAsync("twice@example.org"));
        Tokens.Of(await _app.LoginAsync("twice@example.org"));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Replicas_recognise_what_another_one_has_seen()
    {
        Assert.SkipWhen(RedisServer.WhyMissing is not null, RedisServer.WhyMissing ?? "");
        var redis = (await SharedServers.RedisAsync()).Url;
        await using var one = new RunningApp { Arguments = ["--Fingerprints:Enabled=true", "--Fingerprints:Window=00:00:30", $"--REDIS_URL={redis}"] };
        await using var other = new RunningApp { Arguments = ["--Fingerprints:Enabled=true", "--Fingerprints:Window=00:00:30", $"--REDIS_URL={redis}"] };
        await one.InitializeAsync();
        await other.InitializeAsync();

        Assert.Equal(HttpStatusCode.Created, (await one.PostAsync("/api/gadgets", """{"text":"replicas"}""")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await other.PostAsync("/api/gadgets", """{"text":"replicas"}""")).Status);
    }

    private Task<Answer> CreateAsync(string text) => _app.PostAsync("/api/gadgets", $$"""{"text":"{{text}}"}""");
}
