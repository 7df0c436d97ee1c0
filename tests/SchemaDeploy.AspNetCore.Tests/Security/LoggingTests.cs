using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Security;

public sealed class LoggingTests : IAsyncLifetime
{
    private const string Secret = "s3cr3t-value";

    private readonly RunningApp _app = new()
    {
        // As much as an operator can ask for without naming the category that prints query strings.
        Arguments = ["--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug"],
    };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task What_clients_send_in_confidence_is_in_no_log()
    {
        (string, string)[] headers = [("Authorization", $"Bearer {Secret}"), ("Cookie", $"session={Secret}"), ("Idempotency-Key", Secret)];
        var created = await _app.SendAsync(HttpMethod.Post, "/api/gadgets", $$"""{"text":"{{Secret}}"}""", headers: headers);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        await _app.SendAsync(HttpMethod.Get, $"/api/gadgets?text={Secret}&sort=-text", headers: headers);
        await _app.SendAsync(HttpMethod.Get, $"/api/gadgets?nope={Secret}", headers: headers);
        await _app.SendAsync(HttpMethod.Post, "/api/gadgets", $$"""{"text":"{{Secret}}","number":"{{Secret}}","nope":"{{Secret}}"}""", headers: headers);
        await _app.SendAsync(HttpMethod.Post, "/api/gadgets", $"{{{Secret}", headers: headers);

        Assert.Contains(_app.Log, line => line.Contains("/api/gadgets", StringComparison.Ordinal));
        Assert.Contains(_app.Log, line => line.Contains("INSERT INTO", StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Log, line => line.Contains(Secret, StringComparison.Ordinal));
    }
}
