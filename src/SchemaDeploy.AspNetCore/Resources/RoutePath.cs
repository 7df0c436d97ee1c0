using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Keys in paths.</summary>
public static class RoutePath
{
    /// <summary>The value of a route's segment.</summary>
    /// <exception cref="ApiException">404: the segment is no such value, so there is no such row.</exception>
    public static T RouteValue<T>(this HttpRequest request, string name)
        where T : IParsable<T> =>
        ScalarText.TryParse<T>(Segment(request, name), out var value) ? value : throw NotFound();

    /// <summary>The member of an enum that a route's segment names.</summary>
    /// <exception cref="ApiException">404: the enum has no such member.</exception>
    public static TEnum RouteEnum<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] TEnum>(
        this HttpRequest request, string name)
        where TEnum : struct, Enum =>
        EnumText<TEnum>.TryParse(Segment(request, name), out var value) ? value : throw NotFound();

    /// <summary>The bytes of a route's segment, which holds them as Base64 in its form for URLs.</summary>
    /// <exception cref="ApiException">404: the segment is no Base64.</exception>
    public static byte[] RouteBytes(this HttpRequest request, string name) =>
        Segment(request, name) is var text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : throw NotFound();

    /// <summary>The segments of a key.</summary>
    public static string Of(params ReadOnlySpan<object?> key)
    {
        var segments = new string[key.Length];
        for (var i = 0; i < key.Length; i++)
        {
            segments[i] = Uri.EscapeDataString(Text(key[i]));
        }

        return string.Join('/', segments);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        byte[] bytes => Base64Url.EncodeToString(bytes),
        _ => ScalarText.Format(value),
    };

    private static string Segment(HttpRequest request, string name)
    {
        var decoded = request.RouteValues[name] as string ?? throw NotFound();

        if (decoded.Contains('\0', StringComparison.Ordinal))
        {
            throw NotFound();
        }

        // Servers leave %2F in the path and decode %252F to it, so that only the raw path tells the two apart.
        return decoded.Contains("%2F", StringComparison.OrdinalIgnoreCase) ? FindRawSegment(request, name) ?? decoded : decoded;
    }

    private static string? FindRawSegment(HttpRequest request, string name)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0].TrimEnd('/').Split('/');
        var pattern = (request.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments;
        if (raw is null || pattern is null)
        {
            return null;
        }

        for (var i = 0; i < pattern.Count && i < raw.Length; i++)
        {
            var segment = pattern[^(i + 1)];
            if (segment.IsSimple && segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart part && part.Name == name)
            {
                return Uri.UnescapeDataString(raw[^(i + 1)]);
            }
        }

        return null;
    }

    private static ApiException NotFound() => new(404, "There is no such row.");
}
