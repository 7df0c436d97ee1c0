using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>A project that was published for both platforms once, for all tests of its functions.</summary>
public sealed class PublishedFunction(PackedSdk sdk) : IAsyncLifetime
{
    /// <summary>The tests that share it.</summary>
    public const string Collection = "function";

    private readonly TestProject _project = new(sdk, "<SchemaDatabase>PostgreSql</SchemaDatabase>");
    private Task<IReadOnlyList<string>>? _transcript;
    private Task<IReadOnlyDictionary<string, string>>? _environment;
    private Task<string>? _archive;

    /// <summary>The platforms, by the scripts that stand for them.</summary>
    public static TheoryData<string> Platforms => ["vercel.cjs", "netlify.mjs"];

    /// <summary>The folder of Vercel's bundle.</summary>
    public string Bundle => Path.Combine(_project.Folder, "deploy", "vercel");

    /// <summary>The folder of Netlify's bundle.</summary>
    public string NetlifyBundle => Path.Combine(_project.Folder, "deploy", "netlify");

    /// <summary>What publishing printed.</summary>
    public string Output { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _project.Write("Endpoints.cs", await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Serverless", "Endpoints.txt")));
        var result = await _project.DotNetAsync("publish", "-nologo", "-p:DeployTarget=vercel%3Bnetlify");
        Assert.True(result.ExitCode == 0, result.Output);
        Output = result.Output;
    }

    public ValueTask DisposeAsync()
    {
        _project.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The folder of Vercel's function.</summary>
    public string Function => Path.Combine(Bundle, ".vercel", "output", "functions", "index.func");

    /// <summary>The program itself.</summary>
    public string Program => Path.Combine(Function, "app", "App");

    /// <summary>An instance with a database whose tables are made, for tests that leave no rows in it.</summary>
    internal async Task<FunctionInstance> StartAsync(string platform = "vercel.cjs") => await StartAsync(platform, await (_environment ??= EnvironmentAsync()));

    /// <summary>An instance with a database of its own, whose tables are made.</summary>
    internal async Task<FunctionInstance> StartAloneAsync(string platform) => await StartAsync(platform, await EnvironmentAsync());

    /// <summary>Netlify's CLI, serving the bundle with a database of its own, as its user tries it out.</summary>
    internal async Task<FunctionInstance> ServeByNetlifyAsync()
    {
        var cli = await NetlifyCli.InstallAsync();
        return await FunctionInstance.StartAsync("netlify-serve.mjs", NetlifyBundle, await EnvironmentAsync(), cli.Node, cli.Program);
    }

    /// <summary>The archive that Netlify's own build makes of the bundle.</summary>
    internal Task<string> BuildByNetlifyAsync() => _archive ??= MakeArchiveAsync();

    private async Task<string> MakeArchiveAsync()
    {
        var modules = await NpmPackage.InstallAsync("@netlify/build@35.15.0");
        var build = await Command.RunAsync("node", [Path.Combine(modules, "@netlify", "build", "bin.js"), "--offline", "--telemetry=false", "--cwd", NetlifyBundle]);
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        return Path.Combine(NetlifyBundle, ".netlify", "functions", "api.zip");
    }

    /// <summary>The transcript of the application by <c>dotnet run</c>.</summary>
    internal Task<IReadOnlyList<string>> TranscriptFromSourceAsync() => _transcript ??= TakeTranscriptAsync();

    private async Task<FunctionInstance> StartAsync(string platform, IReadOnlyDictionary<string, string> environment)
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed (Debian package nodejs).");
        var function = platform == "vercel.cjs" ? Function : Path.Combine(NetlifyBundle, "functions", "api");
        return await FunctionInstance.StartAsync(platform, function, environment);
    }

    private async Task<IReadOnlyList<string>> TakeTranscriptAsync()
    {
        var environment = new Dictionary<string, string>(PackedSdk.Environment);
        foreach (var (name, value) in await EnvironmentAsync())
        {
            environment[name] = value;
        }

        using var application = new RunningCommand("dotnet", ["run", "--no-launch-profile", "--", "--urls", "http://127.0.0.1:0"], _project.Folder, environment);
        // It is built first.
        await application.WaitForAsync("Now listening on: ", PackedSdk.Limit);
        using var client = new HttpClient { BaseAddress = ListeningAddress.Find(application.Output) };
        return await Transcript.TakeAsync(client);
    }

    /// <summary>What a function is given by secrets.sh.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync()
    {
        var server = await SharedServers.PostgreSqlAsync();
        var environment = new Dictionary<string, string>
        {
            ["DATABASE_URL"] = await server.CreateDatabaseAsync(),
            ["JWT_SECRET"] = "a secret of thirty-two bytes or more",
            ["ADMIN_EMAIL"] = "admin@example.org",
            ["ADMIN_PASSWORD"] = "the engine has no pretensions",
            ["Limits__RequestBodyBytes"] = "16777216",
            ["RateLimits__Enabled"] = "false",
        };
        var migration = await RunningCommand.RunAsync(Program, ["migrate"], Path.GetDirectoryName(Program)!, TimeSpan.FromMinutes(1), environment);
        Assert.True(migration.ExitCode == 0, migration.Output);
        return environment;
    }
}

/// <summary>One publication for all of them.</summary>
[CollectionDefinition(PublishedFunction.Collection)]
public sealed class PublishedFunctionTests : ICollectionFixture<PublishedFunction>;
