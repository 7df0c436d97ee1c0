using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>The bundle's Dockerfile.vercel, built as Vercel does and told its port.</summary>
[Trait("Category", "Soak")]
[Collection(DockerEngine.Collection)]
public sealed class VercelContainerTests(PackedSdk sdk, DockerEngine engine) : IAsyncLifetime
{
    private const string Password = "the engine has no pretensions";

    private static readonly string[] s_application =
    [
        "--env", $"DATABASE_URL=postgres://app:{Password.Replace(" ", "%20", StringComparison.Ordinal)}@database/documents",
        "--env", "JWT_SECRET=only the tests of this project use it", "--env", "ADMIN_EMAIL=admin@example.org", "--env", $"ADMIN_PASSWORD={Password}",
    ];

    private readonly TestProject _project = new(sdk, """
        <AssemblyName>Documents</AssemblyName>
        <SchemaDatabase>PostgreSql</SchemaDatabase>
        </PropertyGroup>
        <ItemGroup>
        <DeployRestoreFile Include="packages" />
        </ItemGroup>
        <PropertyGroup>
        """);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (engine.WhyMissing is null)
        {
            await engine.RunAsync("bash", "-c", "docker rm --force --volumes vercel-app vercel-database; docker network rm vercel");
        }

        _project.Dispose();
    }

    [Fact]
    public async Task A_project_with_the_Dockerfile_at_its_top_becomes_a_container_that_listens_where_PORT_says()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        _project.Write("schema.sql", await File.ReadAllTextAsync(Path.Combine(PackedSdk.RepositoryRoot, "samples", "DocumentGenerator", "schema.sql"), TestContext.Current.CancellationToken));
        // The function, which the container has no part in, need not start fast.
        var published = await _project.DotNetAsync("publish", "-nologo", "-p:DeployTarget=vercel", "-p:PublishReadyToRun=false");
        Assert.True(published.ExitCode == 0, published.Output);
        OfflinePackages.Write(_project, sdk);
        // As the page says; what was built here lies beside it.
        foreach (var file in Directory.GetFiles(Path.Combine(_project.Folder, "deploy", "vercel"), "Dockerfile.vercel*"))
        {
            File.Copy(file, Path.Combine(_project.Folder, Path.GetFileName(file)));
        }

        await DockerAsync("build", "--file", Path.Combine(_project.Folder, "Dockerfile.vercel"), "--tag", "documents:vercel", _project.Folder);
        await DockerAsync("network", "create", "vercel");
        _project.Write("password", Password);
        await DockerAsync(
            "run", "--detach", "--name", "vercel-database", "--network", "vercel", "--network-alias", "database", "--volume", $"{_project.Folder}/password:/password:ro",
            "--env", "POSTGRES_USER=app", "--env", "POSTGRES_PASSWORD_FILE=/password", "--env", "POSTGRES_DB=documents", "postgres:17");
        var database = await engine.RunAsync("bash", "-c", "timeout 60 bash -c 'until docker exec vercel-database pg_isready --host localhost; do sleep 0.5; done'");
        Assert.True(database.ExitCode == 0, database.Output);
        await DockerAsync(["run", "--rm", "--network", "vercel", .. s_application, "documents:vercel", "migrate"]);
        await DockerAsync(["run", "--detach", "--name", "vercel-app", "--network", "vercel", "--env", "PORT=8123", .. s_application, "documents:vercel"]);
        var address = await DockerAsync("inspect", "--format", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}", "vercel-app");

        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}:8123") };
        // As Vercel tells who asks and how.
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        await UntilReadyAsync(client);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/items", TestContext.Current.CancellationToken)).StatusCode);
        foreach (var step in new[] { "register", "login" })
        {
            var answer = await client.PostAsJsonAsync($"/api/auth/{step}", new { email = "admin@example.org", password = Password }, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            client.DefaultRequestHeaders.Authorization = tokens.TryGetProperty("access_token", out var token) ? new AuthenticationHeaderValue("Bearer", token.GetString()) : null;
        }

        var created = await client.PostAsJsonAsync("/api/items", new { item_type = "letter", quantity = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(created.Headers.Location, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("1654:1654", await DockerAsync("inspect", "--format", "{{.Config.User}}", "vercel-app"));
        await DockerAsync("stop", "vercel-app");
        Assert.Equal("0", await DockerAsync("inspect", "--format", "{{.State.ExitCode}}", "vercel-app"));
    }

    private async Task<string> DockerAsync(params string[] arguments)
    {
        var result = await engine.DockerAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    private async Task UntilReadyAsync(HttpClient client)
    {
        for (var end = DateTime.UtcNow.AddMinutes(1); ; await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken))
        {
            try
            {
                if ((await client.GetAsync("/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            Assert.True(DateTime.UtcNow < end, (await engine.DockerAsync("logs", "vercel-app")).Output);
        }
    }
}
