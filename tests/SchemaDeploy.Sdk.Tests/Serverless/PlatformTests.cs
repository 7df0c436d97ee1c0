using System.IO.Compression;
using System.Runtime.Versioning;
using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>What was published, as the platforms' own programs read it.</summary>
[Trait("Category", "Integration")]
[UnsupportedOSPlatform("windows")]
[Collection(PublishedFunction.Collection)]
public sealed class PlatformTests(PublishedFunction function)
{
    private const long Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_application_is_one_program_within_the_limits_and_publishing_says_what_to_type_next()
    {
        Assert.DoesNotContain("warning", string.Join('\n', function.Output.Split('\n').Where(line => !line.Contains("warning SD4024", StringComparison.Ordinal))), StringComparison.Ordinal);
        foreach (var host in new[] { "vercel", "netlify" })
        {
            Assert.Contains($"{host}/. Next: ./secrets.sh production && ./deploy.sh production", function.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(function.Program)!), file => Path.GetExtension(file) is ".dll" or ".pdb" or ".so");
        Assert.True(File.GetUnixFileMode(function.Program).HasFlag(UnixFileMode.OtherExecute | UnixFileMode.OtherRead));
    }

    [Fact]
    public async Task Vercels_own_reader_takes_the_output_and_its_size()
    {
        var read = await ReadAsync(function.Bundle);

        Assert.True(read.ExitCode == 0, read.Error);
        using var json = JsonDocument.Parse(Assert.Single(read.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        var lambda = json.RootElement;
        Assert.Equal(("index", "nodejs22.x", "Nodejs", "index.js"), (Text("name"), Text("runtime"), Text("launcherType"), Text("handler")));
        Assert.Superset(
            new HashSet<string> { "index.js", "launcher.cjs", "app/App" }, lambda.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToHashSet());
        Assert.Equal(0b111_101_101, lambda.GetProperty("mode").GetInt32() & 0b111_111_111);
        Assert.InRange(lambda.GetProperty("size").GetInt64(), 10 * Megabyte, 225 * Megabyte);

        string Text(string name) => lambda.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("config.json", "\"version\": 3", "\"version\": 4")]
    [InlineData("functions/index.func/.vc-config.json", "\"runtime\": \"nodejs22.x\",", "")]
    [InlineData("functions/index.func/.vc-config.json", "\"index.js\"", "7")]
    public async Task What_the_reader_does_not_know_it_refuses(string file, string text, string other)
    {
        var folder = Directory.CreateTempSubdirectory("output-").FullName;
        try
        {
            foreach (var part in new[] { "config.json", "functions/index.func/.vc-config.json", "functions/index.func/index.js" })
            {
                var (source, copy) = (Path.Combine(function.Bundle, ".vercel", "output", part), Path.Combine(folder, ".vercel", "output", part));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(source, copy);
            }

            var known = await ReadAsync(folder);
            Assert.True(known.ExitCode == 0, known.Error);
            var changed = Path.Combine(folder, ".vercel", "output", file);
            await File.WriteAllTextAsync(changed, (await File.ReadAllTextAsync(changed, Cancellation)).Replace(text, other, StringComparison.Ordinal), Cancellation);
            Assert.NotEqual(0, (await ReadAsync(folder)).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_archive_that_Netlifys_own_build_makes_is_within_its_limit_and_holds_the_program_as_one()
    {
        var archive = await function.BuildByNetlifyAsync();

        // What is compressed here is not much less than what publishing has reckoned with.
        Assert.InRange(new FileInfo(archive).Length, 30 * Megabyte, 50 * Megabyte);
        await using var zip = await ZipFile.OpenReadAsync(archive, Cancellation);
        var program = Assert.Single(zip.Entries, entry => entry.Name == "App");
        Assert.Equal(0b111_101_101, (program.ExternalAttributes >> 16) & 0b111_111_111);
    }

    private static async Task<Command.Result> ReadAsync(string folder) =>
        await Command.RunAsync("node", [Script("read-output.cjs"), await NpmPackage.InstallAsync("@vercel/build-utils@14.21.1"), folder]);

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Serverless", name);
}
