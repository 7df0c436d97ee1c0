using System.Net;
using System.Net.Sockets;

namespace SchemaDeploy.AspNetCore.Security;

/// <summary>What an address says about who is behind it.</summary>
internal static class ClientAddress
{
    /// <summary>
    /// The addresses that are to be counted as one client: an IPv4 address alone, an IPv6 address with all of its /64,
    /// out of which any customer of a provider may pick another for each request.
    /// </summary>
    public static string GroupOf(IPAddress? address)
    {
        if (address is null)
        {
            // A local socket that says nothing of the client.
            return "local";
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.ToString();
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return Convert.ToHexStringLower(bytes[..8]);
    }
}
