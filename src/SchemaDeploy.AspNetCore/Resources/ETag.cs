using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Primitives;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>Entity tags (RFC 9110 §8.8.3) from the content of a row: no column is needed for them.</summary>
internal static class ETag
{
    private const int HashBytes = 12;

    /// <summary>Whether rows hold JSON documents, whose members databases may reorder.</summary>
    public static bool HoldsDocuments(JsonTypeInfo json) =>
        json.Properties.Any(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) == typeof(JsonElement));

    /// <summary>The tag of a row.</summary>
    /// <param name="row">The row as JSON.</param>
    /// <param name="holdsDocuments">What <see cref="HoldsDocuments"/> says of its type.</param>
    public static string Of(ReadOnlySpan<byte> row, bool holdsDocuments)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (holdsDocuments)
        {
            using var form = new RentedBuffer();
            CanonicalJson.WriteMembers(row, form);
            SHA256.HashData(form.Written.Span, hash);
        }
        else
        {
            SHA256.HashData(row, hash);
        }

        return $"\"{Base64Url.EncodeToString(hash[..HashBytes])}\"";
    }

    /// <summary>Whether an If-Match or If-None-Match header names <paramref name="etag"/>.</summary>
    public static bool Matches(StringValues header, string etag)
    {
        foreach (var line in header)
        {
            foreach (var part in (line ?? "").Split(','))
            {
                var candidate = part.Trim();
                if (candidate == "*" || candidate == etag || (candidate.StartsWith("W/", StringComparison.Ordinal) && candidate[2..] == etag))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
