using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>What makes two requests the same.</summary>
internal static class RequestIdentity
{
    /// <summary>Whether the request may change something.</summary>
    public static bool IsWrite(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method) || HttpMethods.IsDelete(request.Method);

    /// <summary>Who asks: the user, else the address.</summary>
    public static string ClientOf(HttpContext context) => context.RequestServices.GetRequiredService<Caller>().Id is { } user
        ? "user:" + user
        : "address:" + ClientAddress.GroupOf(context.Connection.RemoteIpAddress);

    /// <summary>A hash over what is asked and of what, to which the body is to be added.</summary>
    public static IncrementalHash Begin(HttpRequest request)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, request.Method);
        Append(hash, request.PathBase + request.Path);
        Append(hash, request.QueryString.Value);
        Append(hash, request.Headers.IfMatch);
        return hash;
    }

    /// <summary>The identity of a request whose body has been read.</summary>
    public static string Of(HttpContext context, ReadOnlySpan<byte> body)
    {
        using var hash = Begin(context.Request);
        Append(hash, ClientOf(context));
        hash.AppendData(body);
        return End(hash);
    }

    /// <summary>Adds a text with its end.</summary>
    public static void Append(IncrementalHash hash, string? text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        hash.AppendData([0]);
    }

    /// <summary>The hash as text.</summary>
    public static string End(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
