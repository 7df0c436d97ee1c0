using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using SchemaDeploy.AspNetCore.Hosting;
using IPNetwork = System.Net.IPNetwork;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>
/// The proxies whose word on a client's address and scheme is taken. Anybody can send X-Forwarded-For; without a
/// proxy to trust it is ignored.
/// </summary>
internal static class TrustedProxies
{
    public const string Setting = "TRUSTED_PROXIES";

    /// <summary>Any peer, whose last entry alone is believed: for platforms whose proxies have no known addresses.</summary>
    private const string Any = "*";

    private static readonly Dictionary<string, string[]> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["loopback"] = ["127.0.0.0/8", "::1/128"],
        ["private"] = ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"],
    };

    /// <summary>How to read the headers of the proxies that <paramref name="setting"/> names; null where it names none.</summary>
    /// <exception cref="StartupException">An entry is no address, network or known name.</exception>
    public static ForwardedHeadersOptions? Parse(string? setting)
    {
        var entries = (setting ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (entries.Length == 0)
        {
            return null;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // Every proxy on the way adds an entry; the first that is not trusted is the client.
            ForwardLimit = null,
        };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        if (entries is [Any])
        {
            options.ForwardLimit = 1;
            return options;
        }

        foreach (var entry in entries)
        {
            foreach (var network in s_names.GetValueOrDefault(entry, [entry]))
            {
                options.KnownIPNetworks.Add(ParseNetwork(network));
            }
        }

        return options;
    }

    private static IPNetwork ParseNetwork(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new StartupException(
                $"{Setting} has '{text}', which is neither an address nor a network such as 10.0.0.0/8, nor loopback, private or, alone, {Any}.");
    }
}
