using System.Globalization;

namespace SchemaDeploy.Sdk.Tests.GeneratedTests;

/// <summary>
/// An application is built once with mistakes in its generated code, each of which an environment variable brings into
/// effect. Its generated tests pass without one, and fail with any.
/// </summary>
[Trait("Category", "Integration")]
public sealed class FaultTests(PackedSdk sdk)
{
    private static readonly int s_faults = int.Parse(Environment.GetEnvironmentVariable("SCHEMADEPLOY_FAULTS") ?? "5", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_generated_tests_pass_and_fail_where_there_is_a_fault()
    {
        using var project = new TestedProject(sdk, TestedProject.Sample("DocumentGenerator"));
        var compiled = await project.App.DotNetAsync("build", "-nologo", "-t:SchemaCompile", "-restore");
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        Plant(project.App);

        var passed = await project.TestAsync();
        Assert.InRange(passed, 60, 1000);

        foreach (var fault in Fault.All.Take(s_faults))
        {
            var result = await project.RunAsync(new() { [Fault.Variable] = fault.Name }, "-stopOnFail");
            Assert.True(result.ExitCode != 0 && result.Output.Contains("[FAIL]", StringComparison.Ordinal), $"{fault.Name} is not caught:\n{result.Output}");
        }
    }

    // A file with the name of a generated one takes its place.
    private static void Plant(TestProject app)
    {
        app.Write("Faults.cs", $$"""
            namespace App;

            internal static class Faults
            {
                private static readonly string? s_name = System.Environment.GetEnvironmentVariable("{{Fault.Variable}}");

                public static bool Is(string name) => s_name == name;
            }
            """);
        foreach (var faults in Fault.All.GroupBy(fault => fault.File))
        {
            var generated = Path.Combine(app.Output, app.Sources.Single(source => Path.GetFileName(source) == faults.Key));
            app.Write(faults.Key, faults.Aggregate(File.ReadAllText(generated), (code, fault) => fault.Plant(code)));
        }
    }
}
