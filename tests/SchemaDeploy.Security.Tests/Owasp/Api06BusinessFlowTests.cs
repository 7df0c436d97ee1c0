using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API6:2023, unrestricted access to sensitive business flows: the same again and again.</summary>
[Trait("Category", "Integration")]
public class Api06BusinessFlowTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Of_fifty_equal_creates_at_once_one_gets_through(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var body = $$"""{"item_type":"{{Guid.NewGuid()}}"}""";

        // The window is a minute of the clock: the last second of one would let a second one in.
        await WaitForMiddleOfMinuteAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.Owner.PostAsync("/api/items", body)));

        Assert.Equal(1, answers.Count(answer => answer.Code == 201));
        Assert.All(answers.Where(answer => answer.Code != 201), answer =>
        {
            answer.Expect(429);
            Assert.InRange(int.Parse(answer.Header("Retry-After")!, null), 1, 60);
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_batch_does_not_evade_the_window(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var body = $$"""{"item_type":"{{Guid.NewGuid()}}"}""";

        await WaitForMiddleOfMinuteAsync();
        (await api.Owner.PostAsync("/api/items/batch", $"[{body},{body}]")).Expect(429);
        (await api.Owner.PostAsync("/api/items", body)).Expect(201);
        (await api.Owner.PostAsync("/api/items/batch", $"[{body}]")).Expect(429);
    }

    private static async Task WaitForMiddleOfMinuteAsync()
    {
        while (DateTime.UtcNow.Second > 45)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }
}
