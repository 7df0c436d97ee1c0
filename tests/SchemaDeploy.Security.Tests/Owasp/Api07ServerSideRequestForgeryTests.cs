using System.Net;
using System.Net.Sockets;
using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API7:2023, server side request forgery: addresses in what clients send are text, which nobody follows.</summary>
[Trait("Category", "Integration")]
public class Api07ServerSideRequestForgeryTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task No_address_that_a_client_sends_is_ever_called(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}/hook";

        await api.Owner.PostAsync("/api/items", $$$"""{"item_type":"{{{url}}}","metadata":{"$ref":"{{{url}}}","callback":"{{{url}}}","xml":"<!DOCTYPE a SYSTEM '{{{url}}}'>"}}""");
        await api.Owner.GetAsync($"/api/items?item_type={Uri.EscapeDataString(url)}", ("Referer", url), ("Origin", url), ("X-Forwarded-Host", listener.LocalEndpoint.ToString()!));
        await api.Anonymous.With(Tokens.Sign(new() { ["iss"] = url, ["jku"] = url })).GetAsync("/api/items");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.False(listener.Pending());
    }
}
