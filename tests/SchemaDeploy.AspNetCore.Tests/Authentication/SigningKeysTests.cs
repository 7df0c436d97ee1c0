using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public sealed class SigningKeysTests
{
    private const string Secret = "a secret that has thirty-two bytes and more";

    [Fact]
    public void Production_without_a_key_does_not_start() =>
        Assert.StartsWith("No key for tokens is configured. Set JWT_SECRET", Fail(), StringComparison.Ordinal);

    [Theory]
    [InlineData("JWT_SECRET", "thirty-one bytes are not enough", "JWT_SECRET has 31 bytes")]
    [InlineData("JWT_SECRET_PREVIOUS", "short", "JWT_SECRET_PREVIOUS has 5 bytes")]
    [InlineData("JWT_KEY", "no key", "no key in PEM")]
    [InlineData("JWT_KEY", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "cannot be read")]
    [InlineData("JWT_KEY", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "holds 'CERTIFICATE'")]
    public void A_key_that_will_not_do_is_named(string name, string value, string message) =>
        Assert.Contains(message, Fail((name, value)), StringComparison.Ordinal);

    [Fact]
    public void A_key_that_is_weak_or_cannot_sign_is_refused()
    {
        using var weak = RSA.Create(1024);
        using var strong = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.Contains("RSA key of 1024 bits", Fail(("JWT_KEY", weak.ExportPkcs8PrivateKeyPem())), StringComparison.Ordinal);
        Assert.Contains("cannot sign", Fail(("JWT_KEY", strong.ExportSubjectPublicKeyInfoPem())), StringComparison.Ordinal);
        Assert.Contains("P-256", Fail(("JWT_KEY", curve.ExportPkcs8PrivateKeyPem())), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_key_signs_and_all_are_taken_each_with_its_own_algorithm()
    {
        using var current = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var before = RSA.Create(2048);
        var keys = Read(
            ("JWT_KEY", current.ExportECPrivateKeyPem() + "\n" + before.ExportRSAPublicKeyPem()),
            ("JWT_SECRET", Secret),
            ("JWT_SECRET_PREVIOUS", Secret + " before\n" + Secret + " long before"));
        Assert.Equal(["ES384", "RS256", "HS256", "HS256", "HS256"], keys.Credentials.Select(credentials => credentials.Algorithm));
        Assert.Equal(5, keys.Credentials.Select(credentials => credentials.Key.KeyId).Distinct().Count());
        Assert.Same(keys.Credentials[0], keys.Current);
    }

    [Fact]
    public void Development_makes_a_key_and_keeps_it_where_only_the_user_reads_it()
    {
        var folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
        var before = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        try
        {
            Environment.SetEnvironmentVariable("XDG_DATA_HOME", folder);
            var key = DevelopmentKey.Get("Shop");
            Assert.Equal(64, key.Length);
            Assert.Equal(key, DevelopmentKey.Get("Shop"));
            Assert.NotEqual(key, DevelopmentKey.Get("Depot"));
            var file = Path.Combine(folder, "SchemaDeploy", "keys", "Shop.key");
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }

            File.WriteAllText(file, "broken");
            Assert.Equal(64, DevelopmentKey.Get("Shop").Length);
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_DATA_HOME", before);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Fail(params (string Name, string Value)[] settings) =>
        Assert.Throws<StartupException>(() => Read(settings)).Message;

    private static SigningKeys Read(params (string Name, string Value)[] settings) => SigningKeys.From(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build(),
        new Production());

    private sealed class Production : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;

        public string ApplicationName { get; set; } = "App";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
