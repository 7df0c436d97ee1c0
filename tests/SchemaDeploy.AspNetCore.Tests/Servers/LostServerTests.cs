using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.AspNetCore.Tests.Servers;

/// <summary>A database server that goes away and comes back.</summary>
[Trait("Category", "Integration")]
public sealed class LostServerTests
{
    [Fact]
    public Task PostgreSql_may_go_and_come_back() => LoseAsync(PostgreSqlServer.WhyMissing, () => new PostgreSqlServer());

    [Fact]
    public Task MariaDb_may_go_and_come_back() => LoseAsync(MariaDbServer.WhyMissing, () => new MariaDbServer());

    private static async Task LoseAsync<TServer>(string? whyMissing, Func<TServer> make)
        where TServer : TestServer, IDatabaseServer
    {
        Assert.SkipWhen(whyMissing is not null, whyMissing ?? "");
        await using var server = make();
        await server.StartAsync();
        await using var app = new AppAt(await server.CreateDatabaseAsync());
        await app.InitializeAsync();
        var created = await app.PostAsync("/api/people", """{"code":"before"}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var gadget = (await app.PostAsync("/api/gadgets", "{}"))["Location"]!;
        Assert.All(await AskTogetherAsync(app, gadget), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));

        server.Kill();
        await ExpectAsync(app, HttpStatusCode.ServiceUnavailable);
        Assert.All(await AskTogetherAsync(app, gadget), answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        Assert.All(await CreateTogetherAsync(app), answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.GetAsync("/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.GetAsync("/live")).Status);
        Assert.DoesNotContain(app.Log, line => line.StartsWith("Critical", StringComparison.Ordinal));

        await server.StartAsync();
        await ExpectAsync(app, HttpStatusCode.OK);
        Assert.Equal(created.Text, (await app.GetAsync(created["Location"]!)).Text);
        Assert.All(await AskTogetherAsync(app, gadget), answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.All(await CreateTogetherAsync(app), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
    }

    private static Task<Answer[]> AskTogetherAsync(RunningApp app, string path) => Task.WhenAll(Enumerable.Repeat(path, 20).Select(app.GetAsync));

    private static Task<Answer[]> CreateTogetherAsync(RunningApp app) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(i => app.PostAsync("/api/tickets", $$"""{"name":"{{i}}","subject":"{{i}}"}""")));

    private static async Task ExpectAsync(RunningApp app, HttpStatusCode status)
    {
        var read = await app.GetAsync("/api/people");
        Assert.Equal(status, read.Status);
        var write = await app.PostAsync("/api/people", $$"""{"code":"{{status}}"}""");
        Assert.Equal(status == HttpStatusCode.OK ? HttpStatusCode.Created : status, write.Status);
        if (status != HttpStatusCode.OK)
        {
            Assert.NotNull(read["Retry-After"]);
            Assert.NotNull(write["Retry-After"]);
        }
    }
}
