using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Reads request bodies; whatever is wrong with one becomes a problem that names the field.</summary>
internal static class JsonBody
{
    /// <summary>The media type of bodies.</summary>
    public const string JsonType = "application/json";

    private const string MergePatchType = "application/merge-patch+json";

    /// <summary>Reads the body of a request for one row.</summary>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> json)
        where T : class =>
        Deserialize(await ReadBytesAsync(request, Limits(request).RequestBodyBytes, JsonType), json);

    /// <summary>Reads the body of a request for many rows.</summary>
    public static async Task<List<T>> ReadManyAsync<T>(HttpRequest request, JsonTypeInfo<List<T>> json)
        where T : class
    {
        var body = await ReadBytesAsync(request, Limits(request).BatchBodyBytes, JsonType);
        var items = Deserialize(body, json);
        return items.Contains(null!) ? throw JsonBodyDiagnosis.Explain(body.Span, json, null) : items;
    }

    /// <summary>Reads a JSON merge patch, to be applied to the present state of a row.</summary>
    public static async Task<Func<T, T>> ReadPatchAsync<T>(HttpRequest request, JsonTypeInfo<T> json)
        where T : class
    {
        var body = await ReadBytesAsync(request, Limits(request).RequestBodyBytes, JsonType, MergePatchType);
        JsonObject patch;
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = json.Options.MaxDepth };
            patch = JsonNode.Parse(body.Span, null, options) as JsonObject
                ?? throw new ApiException(400, "A merge patch is a JSON object.");
        }
        catch (JsonException exception)
        {
            throw JsonBodyDiagnosis.Explain(body.Span, json, exception);
        }
        catch (InvalidOperationException)
        {
            throw JsonBodyDiagnosis.NotUnicode();
        }

        return ToPatch(patch, json);
    }

    /// <summary>Applies a merge patch to the present state of a row.</summary>
    public static Func<T, T> ToPatch<T>(JsonObject patch, JsonTypeInfo<T> json)
        where T : class =>
        present => Read(() => MergePatch.Apply((JsonObject)JsonSerializer.SerializeToNode(present, json)!, patch), json);

    /// <summary>Reads a body that has been put together from something else.</summary>
    public static T Read<T>(Func<JsonNode> body, JsonTypeInfo<T> json)
        where T : class
    {
        byte[] bytes;
        try
        {
            bytes = JsonSerializer.SerializeToUtf8Bytes(body(), RuntimeJsonContext.Default.JsonNode);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no text can hold.
            throw JsonBodyDiagnosis.NotUnicode();
        }

        return Deserialize(bytes, json);
    }

    private static T Deserialize<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, json) ?? throw JsonBodyDiagnosis.Explain(body.Span, json, null);
        }
        catch (JsonException exception)
        {
            throw JsonBodyDiagnosis.Explain(body.Span, json, exception);
        }
        catch (InvalidOperationException)
        {
            throw JsonBodyDiagnosis.NotUnicode();
        }
    }

    /// <summary>Reads a body of one of the given types.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request, int limit, params string[] mediaTypes)
    {
        RequireType(request, mediaTypes);
        var bytes = await RequestBody.ReadAsync(request, limit);
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        return bytes.Span.StartsWith(byteOrderMark) ? bytes[byteOrderMark.Length..] : bytes;
    }

    private static void RequireType(HttpRequest request, string[] mediaTypes)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && mediaTypes.Any(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        var headers = request.HttpContext.Response.Headers;
        if (HttpMethods.IsPatch(request.Method))
        {
            headers["Accept-Patch"] = string.Join(", ", mediaTypes);
        }
        else if (HttpMethods.IsPost(request.Method))
        {
            headers["Accept-Post"] = string.Join(", ", mediaTypes);
        }

        throw new ApiException(415, $"The body must be JSON in UTF-8: send Content-Type: {string.Join(" or ", mediaTypes)}.");
    }

    private static RequestLimits Limits(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<RequestLimits>();
}
