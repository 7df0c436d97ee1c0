using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>A project that was published for both platforms once, for all tests of its functions.</summary>
public sealed class PublishedFunction(PackedSdk sdk) : IAsyncLifetime
{
    /// <summary>The tests that share it.</summary>
    public const string Collection = "function";

    private readonly TestProject _project = new(sdk, "<SchemaDatabase>PostgreSql</SchemaDatabase>");

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

    /// <summary>An instance with a database of its own, whose tables are made.</summary>
    internal async Task<FunctionInstance> StartAsync(string platform = "vercel.cjs")
    {
        Assert.SkipUnless(Command.Exists("node"), "Node.js is not installed (Debian package nodejs).");
        var function = platform == "vercel.cjs" ? Function : Path.Combine(NetlifyBundle, "functions", "api");
        return await FunctionInstance.StartAsync(platform, function, await EnvironmentAsync());
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
