using System.Security.Cryptography;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>What a platform would refuse, publishing refuses.</summary>
[Trait("Category", "Soak")]
public sealed class LimitTests(PackedSdk sdk)
{
    [Fact]
    public async Task A_function_above_the_limit_of_its_platform_ends_the_publication_with_the_cause_and_leaves_no_bundle()
    {
        using var project = new TestProject(sdk, """
            <SchemaDatabase>PostgreSql</SchemaDatabase>
            </PropertyGroup>
            <ItemGroup>
            <Content Include="large.bin" CopyToPublishDirectory="Always" />
            </ItemGroup>
            <PropertyGroup>
            """);
        // What cannot be compressed.
        await File.WriteAllBytesAsync(Path.Combine(project.Folder, "large.bin"), RandomNumberGenerator.GetBytes(50 * 1024 * 1024), TestContext.Current.CancellationToken);

        var published = await project.DotNetAsync("publish", "-nologo", "-p:DeployTarget=netlify", "-p:PublishReadyToRun=false", "-p:EnableCompressionInSingleFile=false");

        Assert.NotEqual(0, published.ExitCode);
        Assert.Matches(@"App\.csproj\(1,1\): error SD4023: The function has \d+ MB in its archive, and on Netlify at most 49\.5 MB\.", published.Output);
        Assert.False(project.Exists("deploy/netlify/netlify.toml"));
    }
}
