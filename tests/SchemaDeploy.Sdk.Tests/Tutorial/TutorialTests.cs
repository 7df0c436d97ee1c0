using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.Sdk.Tests.Tutorial;

/// <summary>docs/tutorial.md, followed.</summary>
[Trait("Category", "Integration")]
public sealed class TutorialTests(PackedSdk sdk)
{
    [Fact]
    public async Task Who_follows_the_tutorial_from_an_empty_folder_sees_what_it_shows()
    {
        Assert.SkipUnless(Command.Exists("curl"), "The tutorial makes its requests by curl.");
        var port = TestServer.FreePort();
        var page = await File.ReadAllTextAsync(Path.Combine(PackedSdk.RepositoryRoot, "docs", "tutorial.md"), TestContext.Current.CancellationToken);
        var script = new TutorialScript(page.ReplaceLineEndings("\n")
            // The packages of this run, which are packed already, and a port of its own.
            .Replace("$ eng/pack.sh 1.0.0\n1.0.0\n", "", StringComparison.Ordinal)
            .Replace("/path/to/the/clone", PackedSdk.RepositoryRoot, StringComparison.Ordinal)
            .Replace("SchemaDeploy.Sdk/1.0.0", $"SchemaDeploy.Sdk/{sdk.Version}", StringComparison.Ordinal)
            .Replace("localhost:3000", $"localhost:{port}", StringComparison.Ordinal));
        var folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
        try
        {
            // Outside of what the reader sees: curl's progress, which terminals do not show for answers that they do.
            await File.WriteAllTextAsync(Path.Combine(folder, ".curlrc"), "silent\n", TestContext.Current.CancellationToken);
            // Who has started the tests in the background may have them ignore Ctrl+C, which the reader presses.
            var result = await RunningCommand.RunAsync("env", ["--default-signal=INT", "bash", "-c", script.Text], folder, PackedSdk.Limit, new Dictionary<string, string>(PackedSdk.Environment)
            {
                ["ASPNETCORE_URLS"] = $"http://localhost:{port}",
                ["CURL_HOME"] = folder,
            });

            script.Check(result);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
