using System.Net;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.Tests.State;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://cache", "cache", 6379, null, null, null, false)]
    [InlineData("redis://:p%40ss@cache:7000/3", "cache", 7000, null, "p@ss", 3, false)]
    [InlineData("rediss://user:secret@cache.example.com:6380/", "cache.example.com", 6380, "user", "secret", null, true)]
    [InlineData("cache:6380,password=secret,ssl=true,defaultDatabase=2", "cache", 6380, null, "secret", 2, true)]
    public void A_URL_and_the_librarys_own_form_are_read(
        string text, string host, int port, string? user, string? password, int? database, bool isEncrypted)
    {
        var options = RedisUrl.Parse(text);
        Assert.Equal(new DnsEndPoint(host, port), Assert.Single(options.EndPoints));
        Assert.Equal((user, password, database, isEncrypted), (options.User, options.Password, options.DefaultDatabase, options.Ssl));
        Assert.False(options.AbortOnConnectFail);
    }

    [Theory]
    [InlineData("http://cache", "must begin with redis:// or rediss://")]
    [InlineData("redis://:secret@", "is no URL")]
    [InlineData("redis://:secret@cache/one", "the database must be a number")]
    [InlineData("cache,color=blue", "cannot be read")]
    [InlineData(",", "names no host")]
    public void What_cannot_be_read_is_told_without_the_password(string text, string message)
    {
        var exception = Assert.Throws<StartupException>(() => RedisUrl.Parse(text));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }
}
