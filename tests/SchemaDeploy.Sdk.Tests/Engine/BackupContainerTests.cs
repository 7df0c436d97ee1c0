using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>The profile <c>backup</c> of the bundles for MariaDB and SQLite, and the commands of their runbooks, carried out by a Docker engine.</summary>
[Trait("Category", "Integration")]
[Collection(DockerEngine.Collection)]
public sealed class BackupContainerTests(PackedSdk sdk, DockerEngine engine) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
    private TestProject? _project;
    private ComposeBundle? _bundle;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_bundle is not null)
        {
            await _bundle.ComposeAsync("down --volumes --timeout 5");
        }

        _project?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task MariaDBs_is_made_by_itself_and_brought_back_by_the_runbook()
    {
        var missing = engine.WhyMissing ?? MariaDbServer.WhyMissing;
        Assert.SkipWhen(missing is not null, missing ?? "");
        await engine.MakeImageAsync("mariadb", "mariadb:11.4");
        CopyFolder(Path.Combine(PackedSdk.RepositoryRoot, "tests", "SchemaDeploy.Deployment.Tests", "Golden", "docker-mariadb"), _folder);
        _bundle = new ComposeBundle(engine, _folder, "shop");
        await _bundle.SucceedAsync("secrets.sh", "local");
        await _bundle.ComposeAsync("up --detach database");
        await WaitAsync(async () => (await AskAsync("SELECT 1")).ExitCode == 0);
        await RunSqlAsync("CREATE TABLE notes (id BIGINT PRIMARY KEY, body TEXT) CHARACTER SET utf8mb4; INSERT INTO notes VALUES (1, 'Zoë 世界')");

        await _bundle.ComposeAsync("up --detach backup");
        await WaitAsync(() => Task.FromResult(_bundle.BackupNames.Count > 0));
        var name = _bundle.BackupNames[0];
        Assert.Matches("^[0-9]{10}$", (await _bundle.ComposeAsync("exec backup cat /marker/time")).Trim());
        await RunSqlAsync("INSERT INTO notes VALUES (2, 'later')");
        // There is no application to roll out.
        var commands = (await _bundle.RestoreCommandsAsync(name)).Split('\n').Where(line => !line.StartsWith("./deploy.sh", StringComparison.Ordinal));
        await _bundle.ComposeAsync(string.Join('\n', commands));

        Assert.Equal("1\tZoë 世界", await RunSqlAsync("SELECT * FROM notes"));

        async Task<string> RunSqlAsync(string sql)
        {
            var result = await AskAsync(sql);
            Assert.True(result.ExitCode == 0, result.Output);
            return result.Output;
        }

        async Task<CommandResult> AskAsync(string sql)
        {
            var password = await File.ReadAllTextAsync(Path.Combine(_folder, "secrets", "local", "database_password"), TestContext.Current.CancellationToken);
            return await engine.DockerAsync(
                "exec", "--env", $"MYSQL_PWD={password}", await ContainerAsync("database"),
                "mariadb", "--user=app", "--default-character-set=utf8mb4", "--batch", "--skip-column-names", "--execute", sql, "app");
        }
    }

    [Fact]
    public async Task SQLites_is_made_by_the_application_without_rights_and_brought_back_by_the_runbook()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        _project = new TestProject(sdk, "<AssemblyName>Notes</AssemblyName><DeployEnvironment>local</DeployEnvironment>");
        var published = await _project.DotNetAsync("publish", "-nologo", "-p:DeployTarget=docker", "-p:UseAppHost=false", $"-p:PublishDir={_folder}/app");
        Assert.True(published.ExitCode == 0, published.Output);
        _bundle = new ComposeBundle(engine, Path.Combine(_project.Folder, "deploy", "docker"), "notes");
        var port = TestServer.FreePort();
        await _bundle.SucceedAsync("secrets.sh", "local");
        await _bundle.SetAsync("HOST_PORT", $"{port}");
        await _bundle.SetAsync("COMPOSE_PROFILES", "backup");
        await _bundle.SetAsync("IMAGE", await MakeImageAsync());
        await _bundle.SucceedAsync("deploy.sh");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await SignInAsync(client, "register");
        await SignInAsync(client, "login");
        Assert.Equal(HttpStatusCode.Created, await WriteAsync(client, 1));

        await WaitAsync(() => Task.FromResult(_bundle.BackupNames.Count > 0));
        Assert.Equal(
            "1654:1654 true [ALL] none",
            (await engine.DockerAsync("inspect", "--format", "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.NetworkMode}}", await ContainerAsync("backup"))).Output);
        // The first may have been made before there was anything to keep, and two in a second have one name.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await _bundle.ComposeAsync("run --no-deps --rm backup backup");
        var name = _bundle.BackupNames[^1];
        Assert.Equal(HttpStatusCode.Created, await WriteAsync(client, 2));
        await _bundle.ComposeAsync(await _bundle.RestoreCommandsAsync(name));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/note/1", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/note/2", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, await WriteAsync(client, 3));
        // It finishes what it does, and stops when it is told to.
        await engine.DockerAsync("stop", "--time", "30", await ContainerAsync("backup"));
        Assert.Equal("0", (await engine.DockerAsync("inspect", "--format", "{{.State.ExitCode}}", await ContainerAsync("backup"))).Output);
    }

    /// <summary>The image as the bundle's Dockerfile makes it, without building the application in it once more.</summary>
    private async Task<string> MakeImageAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "Dockerfile"), """
            FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
            COPY app /app
            COPY --chown=1654:1654 data /data
            WORKDIR /app
            ENV ASPNETCORE_HTTP_PORTS=3000 DOTNET_EnableDiagnostics=0
            USER 1654:1654
            ENTRYPOINT ["dotnet", "Notes.dll"]
            """, TestContext.Current.CancellationToken);
        var built = await engine.DockerAsync("build", "--tag", "notes:1", _folder);
        Assert.True(built.ExitCode == 0, built.Output);
        return "notes:1";
    }

    private async Task SignInAsync(HttpClient client, string step)
    {
        var password = await File.ReadAllTextAsync(Path.Combine(_bundle!.Folder, "secrets", "local", "admin_password"), TestContext.Current.CancellationToken);
        using var answer = await client.PostAsJsonAsync($"/api/auth/{step}", new { email = "admin@example.org", password }, TestContext.Current.CancellationToken);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{tokens}");
        client.DefaultRequestHeaders.Authorization = tokens.TryGetProperty("access_token", out var token) ? new AuthenticationHeaderValue("Bearer", token.GetString()) : null;
    }

    private static async Task<HttpStatusCode> WriteAsync(HttpClient client, int id)
    {
        using var answer = await client.PostAsJsonAsync("/api/note", new { id, body = $"note {id}" }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<string> ContainerAsync(string service) =>
        (await engine.DockerAsync("ps", "--all", "--quiet", "--filter", $"label=com.docker.compose.service={service}", "--filter", "label=com.docker.compose.oneoff=False")).Output;

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static Task WaitAsync(Func<Task<bool>> condition) => ComposeBundle.WaitAsync(condition);
}
