using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>The bundle as it is published, carried out by a Docker engine.</summary>
[Trait("Category", "Integration")]
[Collection(DockerEngine.Collection)]
public sealed class DockerTests(PackedSdk sdk, DockerEngine engine) : IAsyncLifetime
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

    private static readonly Dictionary<string, Sample> s_samples = new Dictionary<string, Sample>
    {
        ["DocumentGenerator"] = new("/api/items", "/api/items", static text => new { item_type = text, quantity = 2 }, HttpStatusCode.TooManyRequests),
        ["Library"] = new("/api/branches", "/api/members", static text => new { name = text, address = "1 High Street" }, HttpStatusCode.Conflict),
    };

    private readonly int _port = TestServer.FreePort();
    private Sample _sample = s_samples["DocumentGenerator"];

    private string Bundle => Path.Combine(_project.Folder, "deploy", "docker");

    private ComposeBundle Local => new(engine, Bundle, "documents");

    // In the dialect of MySQL, and in PostgreSQL's.
    public static IEnumerable<TheoryDataRow<string>> Samples => [new("DocumentGenerator"), new TheoryDataRow<string>("Library").WithTrait("Category", "Soak")];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (engine.WhyMissing is null && File.Exists(Path.Combine(Bundle, ".env.local")))
        {
            await ComposeAsync("down --volumes --timeout 5");
        }

        _project.Dispose();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task The_bundle_is_rolled_out_serves_with_no_rights_and_goes_back_when_a_version_fails(string sample)
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        await PublishAsync(sample);
        await SucceedAsync("./secrets.sh", "local");
        await SetAsync("HOST_PORT", $"{_port}");
        await SetAsync("COMPOSE_PROFILES", "backup");

        // A plan starts nothing.
        Assert.Contains($"http://localhost:{_port}", await SucceedAsync("./deploy.sh", "--plan"), StringComparison.Ordinal);
        Assert.Equal("", (await engine.DockerAsync("ps", "--all", "--quiet")).Output);

        Assert.Contains("is healthy at", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(
            "1654:1654 true [ALL] 268435456 [no-new-privileges:true]",
            await InspectAsync("{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.Memory}} {{.HostConfig.SecurityOpt}}"));
        var row = await RegisterAndCreateAsync();
        await BackUpAndBringBackAsync(row);

        await SetAsync("IMAGE", await MakeBrokenImageAsync());
        var failed = await engine.RunInAsync(Bundle, Path.Combine(Bundle, "deploy.sh"));
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("serves again", failed.Output, StringComparison.Ordinal);
        using var client = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(row, TestContext.Current.CancellationToken)).StatusCode);

        await StopWithRequestsInFlightAsync(client);
        Assert.Equal("0 false", await InspectAsync("{{.State.ExitCode}} {{.State.OOMKilled}}"));
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task What_was_acknowledged_outlives_the_kill_of_each_service_under_load_and_down_and_up()
    {
        Assert.SkipWhen(engine.WhyMissing is not null, engine.WhyMissing ?? "");
        await PublishAsync();
        await SucceedAsync("./secrets.sh", "local");
        await SetAsync("HOST_PORT", $"{_port}");
        await SetAsync("RateLimits__Enabled", "false");
        await SucceedAsync("./deploy.sh");
        var item = await RegisterAndCreateAsync();
        using var client = await SignInAsync();

        foreach (var service in (string[])["redis", "database", "app"])
        {
            await using var load = new WritesUnderLoad(client);
            await WaitAsync(() => Task.FromResult(load.Count >= 20));
            // As the kernel kills what uses too much memory.
            var killed = await engine.RunAsync("bash", "-c", $"kill -KILL $(docker inspect --format '{{{{.State.Pid}}}}' {await ContainerAsync(service)})");
            Assert.True(killed.ExitCode == 0, killed.Output);
            var before = load.Count;
            await WaitAsync(() => Task.FromResult(load.Count >= before + 20));
            Assert.Empty(await load.FindLostAsync());
        }

        await ComposeAsync("down --timeout 30");
        await SucceedAsync("./deploy.sh");
        using var again = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync(item, TestContext.Current.CancellationToken)).StatusCode);
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

    /// <summary>The profile makes a backup by itself and says when; the runbook's commands bring it back.</summary>
    private async Task BackUpAndBringBackAsync(Uri kept)
    {
        await WaitAsync(() => Task.FromResult(Local.BackupNames.Count > 0));
        // The first backup may have been made before there was anything to keep.
        await ComposeAsync("run --rm backup backup");
        var address = await InspectAsync("{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}");
        using (var prometheus = new HttpClient { BaseAddress = new Uri($"http://{address.Split(' ')[0]}:9464") })
        {
            await WaitAsync(async () => (await prometheus.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n').Any(line =>
                line.StartsWith("schemadeploy_backup_timestamp_seconds", StringComparison.Ordinal)
                && double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) > 1_700_000_000));
        }

        using var client = await SignInAsync();
        var created = await client.PostAsJsonAsync(_sample.Path, _sample.Row("after the backup"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);

        await ComposeAsync(await Local.RestoreCommandsAsync(Local.BackupNames[^1]));

        using var restored = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, (await restored.GetAsync(kept, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await restored.GetAsync(created.Headers.Location, TestContext.Current.CancellationToken)).StatusCode);
    }

    private async Task StopWithRequestsInFlightAsync(HttpClient client)
    {
        var release = new TaskCompletionSource();
        var bodies = Enumerable.Range(0, 10).Select(i => new HeldRequest(JsonSerializer.Serialize(_sample.Row($"in flight {i}")), release.Task)).ToList();
        var requests = bodies.ConvertAll(body => client.PostAsync(_sample.Path, body, TestContext.Current.CancellationToken));
        await Task.WhenAll(bodies.Select(body => body.IsInFlight));
        // Sent, and read too.
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);

        var stopping = engine.DockerAsync("stop", "--time", "30", await ContainerAsync());
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        Assert.False(stopping.IsCompleted);
        release.SetResult();

        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var stopped = await stopping;
        Assert.True(stopped.ExitCode == 0, stopped.Output);
    }

    private Task<string> ComposeAsync(string commands) => Local.ComposeAsync(commands);

    private static Task WaitAsync(Func<Task<bool>> condition) => ComposeBundle.WaitAsync(condition);

    /// <summary>Publishes, and puts the packages that the image is made with beside the project: no network is needed to build it.</summary>
    private async Task PublishAsync(string sample = "DocumentGenerator")
    {
        _sample = s_samples[sample];
        _project.Write("schema.sql", await File.ReadAllTextAsync(Path.Combine(PackedSdk.RepositoryRoot, "samples", sample, "schema.sql"), TestContext.Current.CancellationToken));
        await PublishOnceAsync();
        OfflinePackages.Write(_project, sdk);
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

    private Task SetAsync(string name, string value) => Local.SetAsync(name, value);

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
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(_sample.Closed, TestContext.Current.CancellationToken)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsJsonAsync(_sample.Path, _sample.Row("letter"), TestContext.Current.CancellationToken)).StatusCode);
            var registered = await anonymous.PostAsJsonAsync("/api/auth/register", Account(), TestContext.Current.CancellationToken);
            Assert.Contains("\"ADMIN\"", await registered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        using var client = await SignInAsync();
        var row = _sample.Row("letter");
        var created = await client.PostAsJsonAsync(_sample.Path, row, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(_sample.Refusal, (await client.PostAsJsonAsync(_sample.Path, row, TestContext.Current.CancellationToken)).StatusCode);
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

    private async Task<string> ContainerAsync(string service = "app") =>
        (await engine.DockerAsync("ps", "--all", "--quiet", "--filter", $"label=com.docker.compose.service={service}", "--filter", "label=com.docker.compose.oneoff=False")).Output;

    private async Task<string> InspectAsync(string format) => (await engine.DockerAsync("inspect", "--format", format, await ContainerAsync())).Output;

    /// <summary>What is created at a schema's API.</summary>
    /// <param name="Path">Where.</param>
    /// <param name="Closed">The path of rows that nobody reads without having signed in.</param>
    /// <param name="Row">A row that is told from others by a text.</param>
    /// <param name="Refusal">How the same row is refused at once after.</param>
    private sealed record Sample(string Path, string Closed, Func<string, object> Row, HttpStatusCode Refusal);
}
