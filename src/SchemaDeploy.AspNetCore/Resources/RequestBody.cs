using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Reads bodies whole.</summary>
internal static class RequestBody
{
    // A length that is only announced takes no memory.
    private const int FirstBufferBytes = 64 * 1024;

    /// <summary>The bytes of the body, at most <paramref name="limit"/>; those that <see cref="Keep"/> was given, where it was.</summary>
    /// <exception cref="ApiException">413: there are more.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit)
    {
        if (request.Body is KeptBody kept)
        {
            return kept.Bytes.Length <= limit ? kept.Bytes : throw TooLarge(limit);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            // The count below is what limits. The server reads on for a while behind it, because a client that is still
            // sending when the connection closes does not get to see why.
            feature.MaxRequestBodySize = 4L * limit;
        }

        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        var bytes = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? 4096, FirstBufferBytes) + 1);
        int read;
        while ((read = await request.Body.ReadAsync(bytes.GetMemory(1), request.HttpContext.RequestAborted)) > 0)
        {
            bytes.Advance(read);
            if (bytes.WrittenCount > limit)
            {
                throw TooLarge(limit);
            }
        }

        return bytes.WrittenMemory;
    }

    /// <summary>Lets whoever reads the body next have bytes that were read before.</summary>
    public static void Keep(HttpRequest request, ReadOnlyMemory<byte> bytes)
    {
        MemoryMarshal.TryGetArray(bytes, out var segment);
        request.Body = new KeptBody(segment);
    }

    private static ApiException TooLarge(int limit) => new(
        413, string.Create(CultureInfo.InvariantCulture, $"The body is larger than the {limit} bytes that this request may have."));

    private sealed class KeptBody(ArraySegment<byte> bytes) : MemoryStream(bytes.Array ?? [], bytes.Offset, bytes.Count, writable: false)
    {
        public ReadOnlyMemory<byte> Bytes { get; } = bytes;
    }
}
