using System.Net;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Security;

namespace SchemaDeploy.AspNetCore.Tests.Security;

public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    public void Nobody_is_trusted_unless_named(string? setting) => Assert.Null(TrustedProxies.Parse(setting));

    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("10.0.0.0/8, 2001:db8::/32", "10.9.9.9", true)]
    [InlineData("10.0.0.0/8 2001:db8::/32", "2001:db8::1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("loopback", "127.0.0.1", true)]
    [InlineData("Loopback", "::1", true)]
    [InlineData("loopback", "10.0.0.1", false)]
    [InlineData("private", "172.31.0.1", true)]
    [InlineData("private", "172.32.0.1", false)]
    [InlineData("private,203.0.113.7", "203.0.113.7", true)]
    public void Addresses_networks_and_names_are_trusted(string setting, string address, bool isTrusted) =>
        Assert.Equal(isTrusted, TrustedProxies.Parse(setting)!.KnownIPNetworks.Any(network => network.Contains(IPAddress.Parse(address))));

    [Theory]
    [InlineData("proxy.example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.1,*")]
    public void Anything_else_is_told_at_the_start(string setting) =>
        Assert.Contains("TRUSTED_PROXIES has '", Assert.Throws<StartupException>(() => TrustedProxies.Parse(setting)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002")]
    [InlineData("2001:db8:1:2::", "20010db800010002")]
    [InlineData(null, "local")]
    public void Addresses_that_one_client_can_choose_among_are_one(string? address, string group) =>
        Assert.Equal(group, ClientAddress.GroupOf(address is null ? null : IPAddress.Parse(address)));
}
