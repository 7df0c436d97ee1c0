using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.AspNetCore.Tests.Authentication;

namespace SchemaDeploy.AspNetCore.Tests.Idempotency;

public abstract class IdempotencyTests(RunningApp app) : AppTests(app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_sent_again_is_answered_again_and_carried_out_once()
    {
        var first = await PostAsync("/api/gadgets", """{"text":"once"}""", "once");
        var second = await PostAsync("/api/gadgets", """{"text":"once"}""", "once");

        Assert.Equal((HttpStatusCode.Created, first.Text, first["Location"], first["ETag"], first["Content-Type"], "true"),
            (second.Status, second.Text, second["Location"], second["ETag"], second["Content-Type"], second["Idempotency-Replayed"]));
        Assert.Null(first["Idempotency-Replayed"]);
        Assert.Equal(1, await CountAsync("text=once"));
        Assert.Equal(1, await CountRecordsAsync(first));
    }

    [Fact]
    public async Task A_key_is_for_one_request()
    {
        var created = await PostAsync("/api/gadgets", """{"text":"mine"}""", "mine");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("/api/gadgets", """{"text":"another body"}""", "mine")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("/api/gadgets/batch", """{"text":"mine"}""", "mine")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(HttpMethod.Delete, created["Location"]!, null, "mine")).Status);
        Assert.Equal(0, await CountAsync("text=another body"));
    }

    [Fact]
    public async Task Every_method_that_writes_takes_a_key()
    {
        var batch = await PostAsync("/api/gadgets/batch", """[{"text":"m1"},{"text":"m2"}]""", "m-batch");
        Assert.Equal(batch.Text, (await PostAsync("/api/gadgets/batch", """[{"text":"m1"},{"text":"m2"}]""", "m-batch")).Text);

        var path = $"/api/gadgets/{batch.Json.GetProperty("items")[0].GetProperty("id").GetRawText()}";
        var put = await SendAsync(HttpMethod.Put, path, """{"text":"m3"}""", "m-put");
        var patch = await SendAsync(HttpMethod.Patch, path, """{"number":4}""", "m-patch");
        Assert.Equal(put.Text, (await SendAsync(HttpMethod.Put, path, """{"text":"m3"}""", "m-put")).Text);
        Assert.Equal(patch.Text, (await SendAsync(HttpMethod.Patch, path, """{"number":4}""", "m-patch")).Text);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, path, null, "m-delete")).Status);
        var again = await SendAsync(HttpMethod.Delete, path, null, "m-delete");
        Assert.Equal((HttpStatusCode.NoContent, "true"), (again.Status, again["Idempotency-Replayed"]));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, path, null, "m-delete-2")).Status);
    }

    [Fact]
    public async Task A_request_that_failed_may_be_made_again()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/gadgets", """{"no such field":1}""", "failed")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Patch, "/api/gadgets/987654321", """{"number":1}""", "failed")).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/api/gadgets", """{"text":"failed first"}""", "failed")).Status);
    }

    [Fact]
    public async Task What_the_database_refuses_is_explained_as_without_a_key()
    {
        await App.PostAsync("/api/people", """{"code":"taken"}""");
        var conflict = await PostAsync("/api/people", """{"code":"taken"}""", "conflict");
        Assert.Equal((HttpStatusCode.Conflict, "exists already"), (conflict.Status, conflict.ErrorOf("code")));
        var broken = await PostAsync("/api/people", """{"code":"broken","manager_id":123456789}""", "broken");
        Assert.Equal("refers to a row of people that does not exist", broken.ErrorOf("manager_id"));
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_behind()
    {
        var refused = await PostAsync("/api/people", """{"code":"gone","nickname":"refused by a hook"}""", "gone");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/api/people", """{"code":"gone"}""", "gone")).Status);
    }

    [Fact]
    public async Task Where_the_answer_cannot_be_kept_nothing_is_carried_out()
    {
        await using (var scope = App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<StoredAnswer>().ExecuteDeleteAsync(Cancellation);
        }

        await using (await App.RefuseAsync("schemadeploy_idempotency", "status", "201"))
        {
            Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync("/api/gadgets", """{"text":"unkept"}""", "unkept")).Status);
        }

        Assert.Equal(0, await CountAsync("text=unkept"));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("/api/gadgets", """{"text":"unkept"}""", "unkept")).Status);
        Assert.Equal(1, await CountAsync("text=unkept"));
    }

    [Fact]
    public async Task Of_many_at_once_and_at_several_replicas_one_is_carried_out()
    {
        await using var replica = new RunningApp { Arguments = [$"--DATABASE_URL={App.DatabaseUrl}"] };
        await replica.InitializeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => SendAsync(
            HttpMethod.Post, "/api/gadgets", """{"text":"crowd"}""", "crowd", i % 2 == 0 ? App : replica)));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Created, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Single(answers, answer => answer["Idempotency-Replayed"] is null);
        Assert.Equal(1, await CountAsync("text=crowd"));
        Assert.Equal(1, await CountRecordsAsync(answers[0]));
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_state_one_may_change_it()
    {
        var created = await App.PostAsync("/api/gadgets", """{"text":"raced"}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => App.SendAsync(
            HttpMethod.Patch, created["Location"]!, $$"""{"number":{{i}}}""", "application/merge-patch+json",
            ("Idempotency-Key", $"race-{i}"), ("If-Match", created["ETag"]!))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(11, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Every_client_has_keys_of_its_own()
    {
        var (ada, bob) = (await App.JoinAsync("ada-keys@example.org"), await App.JoinAsync("bob-keys@example.org"));
        async Task<Answer> CreateAsync(Tokens tokens) => await App.SendAsync(
            HttpMethod.Post, "/api/gadgets", """{"text":"shared key"}""", headers: [("Idempotency-Key", "shared"), Client.Bearer(tokens.Access)]);

        var first = await CreateAsync(ada);
        Assert.NotEqual(first.Text, (await CreateAsync(bob)).Text);
        Assert.Equal(first.Text, (await CreateAsync(ada)).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/gadgets", """{"text":"bad key"}""", key)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/gadgets", """{"text":"bad key"}""", new string('k', 256))).Status);
    }

    [Fact]
    public async Task Answers_that_are_secret_are_not_kept()
    {
        await App.RegisterAsync("secret-keys@example.org");
        async Task<Answer> LoginAsync() => await PostAsync(
            "/api/auth/login", $$"""{"email":"secret-keys@example.org","password":"{{Client.Password}}"}""", "login");

        Assert.NotEqual(Tokens.Of(await LoginAsync()).Refresh, Tokens.Of(await LoginAsync()).Refresh);
    }

    private Task<Answer> PostAsync(string path, string body, string key) => SendAsync(HttpMethod.Post, path, body, key);

    private Task<Answer> SendAsync(HttpMethod method, string path, string? body, string key, RunningApp? replica = null) => (replica ?? App).SendAsync(
        method, path, body, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json", ("Idempotency-Key", key));

    private async Task<int> CountAsync(string filter) => (await App.GetAsync($"/api/gadgets?{filter}")).Json.GetProperty("items").GetArrayLength();

    private async Task<int> CountRecordsAsync(Answer created)
    {
        var key = created.Json.GetProperty("id").GetRawText();
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditEntry>()
            .CountAsync(entry => entry.Entity == "gadgets" && entry.Key == key, Cancellation);
    }
}

public sealed class IdempotencyTestsOnSqlite(RunningApp app) : IdempotencyTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class IdempotencyTestsOnPostgreSql(AppOnPostgreSql app) : IdempotencyTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class IdempotencyTestsOnMariaDb(AppOnMariaDb app) : IdempotencyTests(app), IClassFixture<AppOnMariaDb>;

/// <summary>What the configuration bounds.</summary>
public sealed class IdempotencyLimitTests
{
    [Fact]
    public async Task An_answer_is_kept_for_a_day()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var app = new RunningApp { Configure = builder => builder.Services.AddSingleton<TimeProvider>(clock) };
        await app.InitializeAsync();

        var first = await PostAsync(app, "day");
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(first.Text, (await PostAsync(app, "day")).Text);
        clock.Advance(TimeSpan.FromHours(2));
        var later = await PostAsync(app, "day");
        Assert.Equal(HttpStatusCode.Created, later.Status);
        Assert.NotEqual(first.Text, later.Text);
    }

    [Fact]
    public async Task A_client_has_so_many_keys()
    {
        await using var app = new RunningApp { Arguments = ["--Idempotency:KeysPerClient=2"] };
        await app.InitializeAsync();

        var first = await PostAsync(app, "one");
        await PostAsync(app, "two");
        var refused = await PostAsync(app, "three");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.InRange(int.Parse(refused["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture), 80_000, 86_400);
        Assert.Equal(first.Text, (await PostAsync(app, "one")).Text);
    }

    [Fact]
    public async Task Of_an_answer_that_is_too_long_is_known_that_it_was_given()
    {
        await using var app = new RunningApp { Arguments = ["--Idempotency:ResponseBytes=20"] };
        await app.InitializeAsync();

        Assert.Equal(HttpStatusCode.Created, (await PostAsync(app, "long")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(app, "long")).Status);
        Assert.Equal(1, (await app.GetAsync("/api/gadgets")).Json.GetProperty("items").GetArrayLength());
    }

    private static Task<Answer> PostAsync(RunningApp app, string key) =>
        app.SendAsync(HttpMethod.Post, "/api/gadgets", """{"text":"bounded"}""", headers: ("Idempotency-Key", key));
}
