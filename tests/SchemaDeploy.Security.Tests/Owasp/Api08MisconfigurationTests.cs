using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API8:2023, security misconfiguration: what is right without anybody having set it.</summary>
[Trait("Category", "Integration")]
public class Api08MisconfigurationTests
{
    [Fact]
    public async Task Answers_carry_the_headers_that_browsers_heed_and_none_that_tell_of_the_server()
    {
        var api = await SecuredApi.SampleAsync(Database.Sqlite);
        foreach (var answer in new[]
        {
            await api.Anonymous.GetAsync("/health"), await api.Owner.GetAsync("/api/items"), await api.Anonymous.GetAsync("/api/items"),
            await api.Anonymous.GetAsync("/nothing/here"), await api.Anonymous.GetAsync("/docs"), await api.Anonymous.GetAsync("/schema"),
            await api.Anonymous.GetAsync("/"), await api.Anonymous.GetAsync("/admin"), await api.Anonymous.GetAsync("/admin/app.js"),
        })
        {
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy") ?? "", StringComparison.Ordinal);
            Assert.NotNull(answer.Header("Referrer-Policy"));
            Assert.Null(answer.Header("Server"));
            Assert.Null(answer.Header("X-Powered-By"));
        }

        Assert.Contains("no-store", (await api.Owner.GetAsync("/api/items")).Header("Cache-Control") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_other_site_is_let_in_unless_configured()
    {
        var app = await BuiltApp.GetAsync("sample");
        var api = await SecuredApi.SampleAsync(Database.Sqlite);
        var preflight = (("Origin", "https://attacker.example"), ("Access-Control-Request-Method", "POST"));
        var answer = await api.Anonymous.SendAsync("OPTIONS", "/api/items", null, preflight.Item1, preflight.Item2);
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));

        await using var open = await AppProcess.StartAsync(app, null, ("CORS_ORIGINS", "https://shop.example"));
        var shop = new Session(open.Client);
        Assert.Null((await shop.GetAsync("/health", ("Origin", "https://attacker.example"))).Header("Access-Control-Allow-Origin"));
        Assert.Equal("https://shop.example", (await shop.GetAsync("/health", ("Origin", "https://shop.example"))).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Production_does_not_start_without_its_secrets_and_says_which()
    {
        var postgres = await SharedServers.PostgreSqlAsync();
        var app = await BuiltApp.GetAsync("sample");
        var production = ("ASPNETCORE_ENVIRONMENT", "Production");

        Assert.Contains("JWT_SECRET", await FailureOfAsync(app, await postgres.CreateDatabaseAsync(), production, ("JWT_SECRET", "")), StringComparison.Ordinal);
        Assert.Contains("32", await FailureOfAsync(app, await postgres.CreateDatabaseAsync(), production, ("JWT_SECRET", "too short")), StringComparison.Ordinal);
        Assert.Contains("DATABASE_URL", await FailureOfAsync(app, "", production), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Problems_tell_nothing_of_the_inside()
    {
        var api = await SecuredApi.SampleAsync(Database.PostgreSql);
        foreach (var answer in new[]
        {
            await api.Owner.PostAsync("/api/items", "{"), await api.Owner.PostAsync("/api/items", """{"item_type":1}"""),
            await api.Owner.GetAsync("/api/items/abc"), await api.Owner.GetAsync("/api/items?id[gte]=x"), await api.Anonymous.GetAsync("/api/items"),
        })
        {
            Assert.InRange(answer.Code, 400, 499);
            Assert.Equal("application/problem+json", answer.Message.Content.Headers.ContentType?.MediaType);
            foreach (var sign in new[] { "Exception", " at ", "Npgsql", "Microsoft", "SELECT", "System." })
            {
                Assert.DoesNotContain(sign, answer.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Logs_hold_no_password_and_no_token()
    {
        var api = await SecuredApi.SampleAsync(Database.Sqlite);
        var user = await Session.RegisterAsync(api.Client);
        await user.GetAsync($"/api/items?cursor={user.Token}");

        Assert.DoesNotContain(Session.Password, api.Process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(user.Token!, api.Process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(user.RefreshToken, api.Process.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(AppProcess.Secret, api.Process.Log, StringComparison.Ordinal);
    }

    private static async Task<string> FailureOfAsync(BuiltApp app, string databaseUrl, params (string Name, string Value)[] environment)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var process = await AppProcess.StartAsync(app, databaseUrl, environment);
        });
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
        return failure.Message;
    }
}
