using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>The bundle as it is published, carried out by a Docker engine.</summary>
[Trait("Category", "Integration")]
public sealed class DockerTests(PackedSdk sdk, DockerEngine engine) : IClassFixture<DockerEngine>, IAsyncLifetime
{
    private readonly TestProject _project = new(sdk, """
        <AssemblyName>Documents</AssemblyName>
        <SchemaDatabase>PostgreSql</SchemaDatabase>
        <DeployEnvironment>local</DeployEnvironment>
        </PropertyGroup>
        <ItemGroup>
        <DeployRestoreFile Include="packages" />
        </ItemGroup>
        <PropertyGroup>
        """);

    private readonly int _port = FreePort();

    private string Bundle => Path.Combine(_project.Folder, "deploy", "docker");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (engine.WhyMissing is null && File.Exists(Path.Combine(Bundle, ".env.local")))
        {
            await engine.RunInAsync(Bundle, "docker-compose", "--project-name", "documents-local", "--env-file", ".env.local", "down", "--volumes", "--timeout", "5");
        }

        _project.Dispose();
    }

    [Fact]
    public async Task The_bundle_is_rolled_out_serves_with_no_rights_and_goes_back_when_a_version_fails()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        await PublishAsync();
        await SucceedAsync("./secrets.sh", "local");
        await SetAsync("HOST_PORT", $"{_port}");

        // A plan starts nothing.
        Assert.Contains($"http://localhost:{_port}", await SucceedAsync("./deploy.sh", "--plan"), StringComparison.Ordinal);
        Assert.Equal("", (await engine.DockerAsync("ps", "--all", "--quiet")).Output);

        Assert.Contains("is healthy at", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(
            "1654:1654 true [ALL] 268435456 [no-new-privileges:true]",
            await InspectAsync("{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.Memory}} {{.HostConfig.SecurityOpt}}"));
        var item = await RegisterAndCreateAsync();

        await SetAsync("IMAGE", await MakeBrokenImageAsync());
        var failed = await engine.RunInAsync(Bundle, Path.Combine(Bundle, "deploy.sh"));
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("serves again", failed.Output, StringComparison.Ordinal);
        using var client = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(item, TestContext.Current.CancellationToken)).StatusCode);

        var stopped = await engine.DockerAsync("stop", "--time", "30", await ContainerAsync());
        Assert.True(stopped.ExitCode == 0, stopped.Output);
        Assert.Equal("0 false", await InspectAsync("{{.State.ExitCode}} {{.State.OOMKilled}}"));
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task The_same_source_gives_the_same_layers()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        await PublishAsync();

        Assert.Equal(await BuildAsync("documents:1"), await BuildAsync("documents:2"));

        async Task<string> BuildAsync(string tag)
        {
            var built = await engine.DockerAsync("build", "--no-cache", "--file", Path.Combine(Bundle, "Dockerfile"), "--tag", tag, _project.Folder);
            Assert.True(built.ExitCode == 0, built.Output);
            return (await engine.DockerAsync("inspect", "--format", "{{json .RootFS.Layers}}", tag)).Output;
        }
    }

    /// <summary>Publishes, and puts the packages that the image is made with beside the project: no network is needed to build it.</summary>
    private async Task PublishAsync()
    {
        var sample = Path.Combine(PackedSdk.RepositoryRoot, "samples", "DocumentGenerator", "schema.sql");
        _project.Write("schema.sql", await File.ReadAllTextAsync(sample, TestContext.Current.CancellationToken));
        await PublishOnceAsync();
        var folder = Directory.CreateDirectory(Path.Combine(_project.Folder, "packages"));
        using var assets = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_project.Folder, "obj", "project.assets.json"), TestContext.Current.CancellationToken));
        foreach (var package in assets.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var source = Directory.GetFiles(Path.Combine(PackedSdk.CacheFolder, package.Value.GetProperty("path").GetString()!), "*.nupkg").Single();
            File.Copy(source, Path.Combine(folder.FullName, Path.GetFileName(source)), overwrite: true);
        }

        File.Copy(sdk.SdkPackage, Path.Combine(folder.FullName, Path.GetFileName(sdk.SdkPackage)), overwrite: true);
        _project.Write("nuget.config", """<configuration><packageSources><clear /><add key="local" value="packages" /></packageSources></configuration>""");
        await PublishOnceAsync("--no-restore");
    }

    private async Task PublishOnceAsync(params string[] arguments)
    {
        var published = await _project.DotNetAsync(["publish", "-nologo", "-p:DeployTarget=docker", .. arguments]);
        Assert.True(published.ExitCode == 0, published.Output);
    }

    private async Task<string> SucceedAsync(string script, params string[] arguments)
    {
        var result = await engine.RunInAsync(Bundle, Path.Combine(Bundle, script), arguments);
        Assert.True(result.ExitCode == 0, result.Output);
        return result.Output;
    }

    /// <summary>Sets a line of the environment's settings.</summary>
    private async Task SetAsync(string name, string value)
    {
        var file = Path.Combine(Bundle, ".env.local");
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(file, lines.Where(line => !line.StartsWith($"{name}=", StringComparison.Ordinal)).Append($"{name}={value}"), TestContext.Current.CancellationToken);
    }

    private async Task<string> MakeBrokenImageAsync()
    {
        Directory.CreateDirectory(Path.Combine(_project.Folder, "broken"));
        _project.Write("broken/Dockerfile", $"FROM {await InspectAsync("{{.Config.Image}}")}\nCMD [\"--PORT=none\", \"--http_ports=\"]\n");
        var built = await engine.DockerAsync("build", "--tag", "documents:broken", Path.Combine(_project.Folder, "broken"));
        Assert.True(built.ExitCode == 0, built.Output);
        return "documents:broken";
    }

    private async Task<Uri> RegisterAndCreateAsync()
    {
        using (var anonymous = Client())
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync("/api/items", TestContext.Current.CancellationToken)).StatusCode);
            var registered = await anonymous.PostAsJsonAsync("/api/auth/register", Account(), TestContext.Current.CancellationToken);
            Assert.Contains("\"ADMIN\"", await registered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var client = await SignInAsync();
        var item = new { item_type = "letter", quantity = 2 };
        var created = await client.PostAsJsonAsync("/api/items", item, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.PostAsJsonAsync("/api/items", item, TestContext.Current.CancellationToken)).StatusCode);
        return new Uri(created.Headers.Location!.ToString(), UriKind.RelativeOrAbsolute);
    }

    private async Task<HttpClient> SignInAsync()
    {
        var client = Client();
        var answer = await client.PostAsJsonAsync("/api/auth/login", Account(), TestContext.Current.CancellationToken);
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        return client;
    }

    private object Account() => new { email = "admin@example.org", password = File.ReadAllText(Path.Combine(Bundle, "secrets", "local", "admin_password")) };

    private HttpClient Client() => new() { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };

    private async Task<string> ContainerAsync() =>
        (await engine.DockerAsync("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.service=app")).Output;

    private async Task<string> InspectAsync(string format) => (await engine.DockerAsync("inspect", "--format", format, await ContainerAsync())).Output;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
