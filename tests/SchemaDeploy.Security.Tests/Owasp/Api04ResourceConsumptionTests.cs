using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API4:2023, unrestricted resource consumption: requests that ask for far too much.</summary>
[Trait("Category", "Integration")]
public class Api04ResourceConsumptionTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Too_much_is_refused_at_once(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var many = string.Join(',', Enumerable.Repeat("""{"item_type":"x"}""", 100_000));
        var clock = Stopwatch.StartNew();

        (await api.Owner.GetAsync("/api/items?limit=1000000000")).Expect(400);
        (await api.Owner.GetAsync("/api/items?limit=99999999999999999999999")).Expect(400);
        (await api.Owner.GetAsync("/api/items?expand=owner.items.owner.items")).Expect(400);
        (await api.Owner.GetAsync($"/api/items?id[in]={string.Join(',', Enumerable.Range(0, 900))}")).Expect(400);
        (await api.Owner.GetAsync($"/api/items?{string.Join('&', Enumerable.Range(0, 500).Select(i => $"id[ne]={i}"))}")).Expect(400);
        (await api.Owner.PostAsync("/api/items/batch", $"[{many}]")).Expect(400);
        (await api.Owner.PostAsync("/api/items", $$"""{"item_type":"{{new string('x', 2_000_000)}}"}""")).Expect(413);
        (await api.Owner.PostAsync("/api/items", $$"""{"item_type":"x","metadata":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""")).Expect(400);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
        (await api.Owner.GetAsync("/api/items")).Expect(200);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_body_that_never_ends_is_given_up(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", api.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/items HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {api.Owner.Token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"),
            TestContext.Current.CancellationToken);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(40));
        var answer = new byte[4096];
        var read = await stream.ReadAsync(answer, limit.Token);

        Assert.True(read == 0 || Encoding.ASCII.GetString(answer, 0, read).StartsWith("HTTP/1.1 408", StringComparison.Ordinal), Encoding.ASCII.GetString(answer, 0, read));
        (await api.Owner.GetAsync("/api/items")).Expect(200);
    }
}
