using System.Collections.Concurrent;
using SchemaDeploy.Sdk.Tests;
using SchemaDeploy.Tests.Servers;

[assembly: AssemblyFixture(typeof(PackedSdk))]
[assembly: AssemblyFixture(typeof(SharedServers))]
[assembly: AssemblyFixture(typeof(SchemaDeploy.Security.Tests.Apps.BuiltApp.Builds))]

namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>An application built from a schema by the packed SDK, as a user would build it; each schema is built once a run.</summary>
public sealed class BuiltApp : IDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<BuiltApp>>> s_builds = new();

    private readonly TestProject _project;

    private BuiltApp(TestProject project) => _project = project;

    /// <summary>The folder of the project.</summary>
    public string Folder => _project.Folder;

    /// <summary>The application's assembly.</summary>
    public string Assembly => Path.Combine(Folder, "bin", "Debug", "net10.0", "App.dll");

    /// <summary>
    /// The application of the file <paramref name="schema"/>.sql beside the tests, and of statements that are not worth a
    /// file. Code of the user's own is in a file of the same name.
    /// </summary>
    public static Task<BuiltApp> GetAsync(string schema, string more = "") =>
        s_builds.GetOrAdd(schema, name => new Lazy<Task<BuiltApp>>(() => BuildAsync(name, more))).Value;

    public void Dispose() => _project.Dispose();

    private static async Task<BuiltApp> BuildAsync(string schema, string more)
    {
        var sdk = (PackedSdk)(await TestContext.Current.GetFixture(typeof(PackedSdk)))!;
        var project = new TestProject(sdk, "<SchemaDatabase>PostgreSql;MySql</SchemaDatabase><SchemaApi>Rest;GraphQL</SchemaApi><SchemaSeed>true</SchemaSeed>");
        var file = Path.Combine(AppContext.BaseDirectory, "Apps", schema);
        project.Write("schema.sql", await File.ReadAllTextAsync(file + ".sql") + more);
        if (File.Exists(file + ".cs"))
        {
            project.Write("Own.cs", await File.ReadAllTextAsync(file + ".cs"));
        }

        var build = await project.BuildAsync();
        Assert.True(build.ExitCode == 0, build.Output);
        return new BuiltApp(project);
    }

    /// <summary>Removes what was built when all tests have run.</summary>
    public sealed class Builds : IDisposable
    {
        public void Dispose()
        {
            foreach (var build in s_builds.Values.Where(build => build.IsValueCreated && build.Value.IsCompletedSuccessfully))
            {
                build.Value.Result.Dispose();
            }
        }
    }
}
