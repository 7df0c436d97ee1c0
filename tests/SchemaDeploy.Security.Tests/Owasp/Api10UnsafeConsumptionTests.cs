using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API10:2023, unsafe consumption of APIs: others whom the application trusts are those that its operator named.</summary>
[Trait("Category", "Integration")]
public class Api10UnsafeConsumptionTests
{
    [Fact]
    public async Task Who_forwards_a_request_is_believed_only_if_configured()
    {
        var app = await BuiltApp.GetAsync("sample");
        await using var closed = await AppProcess.StartAsync(app, null, Limits.None);
        await using var open = await AppProcess.StartAsync(app, null, [("TRUSTED_PROXIES", "127.0.0.1"), .. Limits.None]);

        Assert.Equal("127.0.0.1", await AddressOfAsync(closed));
        Assert.Equal("203.0.113.9", await AddressOfAsync(open));
    }

    // The address that the audit log notes.
    private static async Task<string> AddressOfAsync(AppProcess process)
    {
        var admin = await Session.RegisterAsync(process.Client);
        (await admin.PostAsync("/api/items", """{"item_type":"x"}""", ("X-Forwarded-For", "198.51.100.7, 203.0.113.9"))).Expect(201);
        var line = (await admin.GetAsync("/api/audit-logs?sort=-id&limit=1")).Expect(200).Json.GetProperty("items")[0];
        return line.GetProperty("ip_address").GetString()!;
    }
}
