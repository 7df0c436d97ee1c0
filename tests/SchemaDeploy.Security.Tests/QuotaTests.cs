using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests;

/// <summary>Rules that count a user's rows hold however many requests come at once, at however many processes.</summary>
[Trait("Category", "Integration")]
public sealed class QuotaTests
{
    [Fact]
    public async Task Nobody_has_one_row_too_many_on_postgresql() =>
        await AskForManyAtOnceAsync(await (await SharedServers.PostgreSqlAsync()).CreateDatabaseAsync());

    [Fact]
    public async Task Nobody_has_one_row_too_many_on_mariadb() =>
        await AskForManyAtOnceAsync(await (await SharedServers.MariaDbAsync()).CreateDatabaseAsync());

    private static async Task AskForManyAtOnceAsync(string databaseUrl)
    {
        var app = await BuiltApp.GetAsync("quota");
        await using var first = await AppProcess.StartAsync(app, databaseUrl, Limits.None);
        await using var second = await AppProcess.StartAsync(app, databaseUrl, Limits.None);
        var user = await Session.RegisterAsync(first.Client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30)
            .Select(i => user.At(i % 2 == 0 ? first.Client : second.Client).PostAsync("/api/notes", $$"""{"text":"{{i}}"}""")));

        Assert.Equal(3, answers.Count(answer => answer.Code == 201));
        Assert.All(answers.Where(answer => answer.Code != 201), answer => answer.Expect(422));
    }
}
