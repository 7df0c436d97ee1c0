using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.Versioning;

namespace SchemaDeploy.Sdk.Tests.Serverless;

/// <summary>The generated API on PostgreSQL answers through a function as it does by <c>dotnet run</c>.</summary>
[Trait("Category", "Integration")]
[UnsupportedOSPlatform("windows")]
[Collection(PublishedFunction.Collection)]
public sealed class TranscriptTests(PublishedFunction function)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task The_transcript_is_the_same(string platform)
    {
        using var instance = await function.StartAloneAsync(platform);

        var transcript = await Transcript.TakeAsync(instance.Client, platform == "netlify.mjs");

        Assert.Equal(await ExpectedAsync(platform == "netlify.mjs"), transcript);
        // It tells apart what was asked.
        Assert.All(["200 ", "201 ", "204 ", "401 ", "404 ", "405 ", "409 ", "400 "], status => Assert.Contains(transcript, answer => answer.Contains($"\n{status}", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(PublishedFunction.Platforms), MemberType = typeof(PublishedFunction))]
    public async Task The_transcript_is_the_same_where_the_application_is_killed_again_and_again(string platform)
    {
        using var instance = await function.StartAloneAsync(platform);
        var kills = 0;

        var transcript = await Transcript.TakeAsync(instance.Client, platform == "netlify.mjs", async () =>
        {
            using var process = Process.GetProcessById(int.Parse(await instance.Client.GetStringAsync("/try/process", Cancellation), CultureInfo.InvariantCulture));
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
            kills++;
        });

        Assert.Equal(await ExpectedAsync(platform == "netlify.mjs"), transcript);
        Assert.True(kills > 3);
    }

    [Fact]
    public async Task The_transcript_is_the_same_out_of_the_archive_that_Netlifys_build_makes()
    {
        var archive = await function.BuildByNetlifyAsync();
        var unpacked = Directory.CreateTempSubdirectory("archive-").FullName;
        try
        {
            await ZipFile.ExtractToDirectoryAsync(archive, unpacked, Cancellation);
            using var instance = await FunctionInstance.StartAsync("netlify-zip.mjs", unpacked, await function.EnvironmentAsync());

            Assert.Equal(await ExpectedAsync(isByFetch: true), await Transcript.TakeAsync(instance.Client, isByFetch: true));
        }
        finally
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task The_transcript_is_the_same_where_Netlifys_CLI_serves_the_function()
    {
        using var instance = await function.ServeByNetlifyAsync();

        var transcript = await Transcript.TakeAsync(instance.Client, isByFetch: true);

        // It sends all bodies in chunks.
        Assert.Equal((await ExpectedAsync(isByFetch: true)).Select(WithoutLength), transcript.Select(WithoutLength));

        static string WithoutLength(string answer) => string.Join('\n', answer.Split('\n').Where(line => !line.StartsWith("CONTENT-LENGTH: ", StringComparison.Ordinal)));
    }

    private async Task<IEnumerable<string>> ExpectedAsync(bool isByFetch) =>
        (await function.TranscriptFromSourceAsync()).Where(answer => !isByFetch || !answer.StartsWith("TRACE ", StringComparison.Ordinal));
}
