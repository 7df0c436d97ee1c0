using SchemaDeploy.Security.Tests.Apps;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API9:2023, improper inventory management: what is there is in the document, and Production shows no more than it must.</summary>
[Trait("Category", "Integration")]
public class Api09InventoryTests
{
    [Fact]
    public async Task Paths_that_nobody_listed_are_not_there()
    {
        var api = await SecuredApi.SampleAsync(Database.Sqlite);
        foreach (var path in new[]
        {
            "/api", "/api/v1/items", "/api/schemadeploy_sessions", "/api/schemadeploy_users", "/api/sessions", "/swagger", "/debug",
            "/.env", "/appsettings.json", "/App.dll", "/app.db", "/obj/schema/schema.model.json", "/..%2f..%2fetc/passwd", "/api/items%00",
        })
        {
            Assert.True((await api.Admin.GetAsync(path)).Code is 404 or 400, path);
        }
    }

    [Fact]
    public async Task Production_shows_no_pages_unless_they_are_switched_on()
    {
        var postgres = await SharedServers.PostgreSqlAsync();
        var app = await BuiltApp.GetAsync("sample");
        var url = await postgres.CreateDatabaseAsync();
        // Its tables are made in Development.
        await using (await AppProcess.StartAsync(app, url))
        {
        }

        await using var process = await AppProcess.StartAsync(app, url, ("ASPNETCORE_ENVIRONMENT", "Production"));
        foreach (var path in new[] { "/", "/admin", "/admin/app.js", "/admin/pages.json", "/docs", "/schema", "/openapi/v1.json" })
        {
            // To whoever has not signed in, all that is not open is the same, whether it is there or not.
            Assert.Equal((await new Session(process.Client).GetAsync("/not/there")).Expect(401).Text, (await new Session(process.Client).GetAsync(path)).Expect(401).Text);
        }

        (await new Session(process.Client).GetAsync("/health")).Expect(200);
    }
}
