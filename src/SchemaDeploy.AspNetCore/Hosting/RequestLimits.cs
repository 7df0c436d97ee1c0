using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>How much a request may ask of the server; the configuration's section Limits changes it.</summary>
internal sealed class RequestLimits
{
    public const string Section = "Limits";

    /// <summary>The most bytes in the body of a request for one row.</summary>
    public int RequestBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>The most bytes in the body of a request for many rows.</summary>
    public int BatchBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>The most bytes in all headers of a request.</summary>
    public int HeaderBytes { get; set; } = 32 * 1024;

    /// <summary>How long a client may take to send the headers.</summary>
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How slowly a client may send a body, in bytes a second, once it has had a few seconds.</summary>
    public int BodyBytesPerSecond { get; set; } = 240;

    /// <summary>How long the server works on a request.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <exception cref="StartupException">A limit is not above zero.</exception>
    public void Check()
    {
        foreach (var (name, isPositive) in (ReadOnlySpan<(string, bool)>)
            [
                (nameof(RequestBodyBytes), RequestBodyBytes > 0),
                (nameof(BatchBodyBytes), BatchBodyBytes > 0),
                (nameof(HeaderBytes), HeaderBytes > 0),
                (nameof(HeaderTimeout), HeaderTimeout > TimeSpan.Zero),
                (nameof(BodyBytesPerSecond), BodyBytesPerSecond > 0),
                (nameof(RequestTimeout), RequestTimeout > TimeSpan.Zero),
            ])
        {
            if (!isPositive)
            {
                throw new StartupException($"{Section}:{name} must be greater than zero.");
            }
        }
    }

    /// <summary>Gives the server those that are its own. Bodies of resources are limited where they are read.</summary>
    public void Apply(KestrelServerLimits server)
    {
        server.MaxRequestBodySize = RequestBodyBytes;
        server.MaxRequestHeadersTotalSize = HeaderBytes;
        server.MaxRequestLineSize = Math.Min(server.MaxRequestLineSize, HeaderBytes);
        server.RequestHeadersTimeout = HeaderTimeout;
        server.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecond, TimeSpan.FromSeconds(5));
        server.MinResponseDataRate = new MinDataRate(BodyBytesPerSecond, TimeSpan.FromSeconds(5));
    }
}
