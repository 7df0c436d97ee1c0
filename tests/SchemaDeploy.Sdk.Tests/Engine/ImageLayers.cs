using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace SchemaDeploy.Sdk.Tests.Engine;

/// <summary>What an image in a registry is made of.</summary>
/// <param name="Base">The digests of all layers but the last, which is the application's.</param>
/// <param name="Files">Names, kinds, owners, rights and contents in the application's, without any times.</param>
internal sealed record ImageLayers(IReadOnlyList<string> Base, IReadOnlyList<string> Files)
{
    public static async Task<ImageLayers> ReadAsync(string registry, string repository, string tag)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{registry}/v2/{repository}/") };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.docker.distribution.manifest.v2+json"));
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.oci.image.manifest.v1+json"));
        var manifest = await client.GetFromJsonAsync<JsonElement>($"manifests/{tag}", TestContext.Current.CancellationToken);
        var layers = manifest.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("digest").GetString()!).ToList();
        await using var blob = await client.GetStreamAsync($"blobs/{layers[^1]}", TestContext.Current.CancellationToken);
        await using var unpacked = new GZipStream(blob, CompressionMode.Decompress);
        await using var tar = new TarReader(unpacked);
        var files = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
        {
            var content = entry.DataStream is { } stream ? Convert.ToHexString(await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken)) : entry.LinkName;
            files.Add($"{entry.Name} {entry.EntryType} {entry.Uid}:{entry.Gid} {entry.Mode} {content}");
        }

        return new ImageLayers(layers[..^1], files);
    }
}
