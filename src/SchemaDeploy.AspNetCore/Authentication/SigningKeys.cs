using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The keys of access tokens: the first signs, and all are taken, so that a new key can be put before an old one.</summary>
/// <param name="Credentials">The keys, each with the one algorithm that it is used with.</param>
internal sealed record SigningKeys(IReadOnlyList<SigningCredentials> Credentials)
{
    private const int MinimumSecretBytes = 32;
    private const int MinimumRsaBits = 2048;

    /// <summary>The key that signs.</summary>
    public SigningCredentials Current => Credentials[0];

    /// <summary>JWT_KEY (PEM), else JWT_SECRET with JWT_SECRET_PREVIOUS, else in Development a key kept beside the user's other settings.</summary>
    /// <exception cref="StartupException">There is none, or one that is too weak.</exception>
    public static SigningKeys From(IConfiguration configuration, IHostEnvironment environment)
    {
        var keys = new List<SigningCredentials>();
        if (configuration["JWT_KEY"] is { Length: > 0 } pem)
        {
            keys.AddRange(ReadPem(pem));
        }

        if (configuration["JWT_SECRET"] is { Length: > 0 } secret)
        {
            keys.Add(OfSecret(Encoding.UTF8.GetBytes(secret.Trim()), "JWT_SECRET"));
        }

        foreach (var previous in (configuration["JWT_SECRET_PREVIOUS"] ?? "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            keys.Add(OfSecret(Encoding.UTF8.GetBytes(previous), "JWT_SECRET_PREVIOUS"));
        }

        if (keys.Count > 0 && !CanSign(keys[0].Key))
        {
            throw new StartupException("The first key of JWT_KEY is public and cannot sign: put the private key first.");
        }

        return keys.Count > 0 ? new SigningKeys(keys)
            : environment.IsDevelopment() ? new SigningKeys([OfSecret(DevelopmentKey.Get(environment.ApplicationName), "The key of Development")])
            : throw new StartupException(
                "No key for tokens is configured. Set JWT_SECRET to at least 32 random bytes (openssl rand -base64 48), or JWT_KEY to a private RSA or EC key in PEM.");
    }

    private static SigningCredentials OfSecret(byte[] secret, string name)
    {
        if (secret.Length < MinimumSecretBytes)
        {
            throw new StartupException($"{name} has {secret.Length} bytes, and must have at least {MinimumSecretBytes}: openssl rand -base64 48 makes one.");
        }

        var id = HMACSHA256.HashData(secret, "kid"u8);
        return new SigningCredentials(new SymmetricSecurityKey(secret) { KeyId = IdOf(id) }, SecurityAlgorithms.HmacSha256);
    }

    private static IEnumerable<SigningCredentials> ReadPem(string pem)
    {
        var text = pem.AsMemory();
        var found = false;
        while (PemEncoding.TryFind(text.Span, out var fields))
        {
            found = true;
            yield return ReadKey(text[fields.Location].ToString(), text[fields.Label].ToString());
            text = text[fields.Location.End..];
        }

        if (!found)
        {
            throw new StartupException("JWT_KEY holds no key in PEM (-----BEGIN PRIVATE KEY-----).");
        }
    }

    private static SigningCredentials ReadKey(string pem, string label)
    {
        if (label.Contains("CERTIFICATE", StringComparison.Ordinal) || label.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new StartupException($"JWT_KEY holds '{label}', and must hold keys without a password: openssl pkey -in FILE writes one.");
        }

        try
        {
            // A key tells what it is only when it is read.
            return label.Contains("RSA", StringComparison.Ordinal) || !TryReadEc(pem, out var ec) ? ReadRsa(pem) : ec!;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new StartupException($"JWT_KEY holds a key that cannot be read: {exception.Message}");
        }
    }

    private static SigningCredentials ReadRsa(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa.KeySize >= MinimumRsaBits
            ? new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = IdOf(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())) }, SecurityAlgorithms.RsaSha256)
            : throw new StartupException($"JWT_KEY holds an RSA key of {rsa.KeySize} bits, and must hold one of at least {MinimumRsaBits}.");
    }

    private static bool TryReadEc(string pem, out SigningCredentials? credentials)
    {
        var key = ECDsa.Create();
        credentials = null;
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return false;
        }

        var algorithm = key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value switch
        {
            "1.2.840.10045.3.1.7" => SecurityAlgorithms.EcdsaSha256,
            "1.3.132.0.34" => SecurityAlgorithms.EcdsaSha384,
            "1.3.132.0.35" => SecurityAlgorithms.EcdsaSha512,
            _ => throw new StartupException("JWT_KEY holds an EC key of another curve than P-256, P-384 and P-521."),
        };
        credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = IdOf(SHA256.HashData(key.ExportSubjectPublicKeyInfo())) }, algorithm);
        return true;
    }

    // Whether a key has its private half is known only when it is used.
    private static bool CanSign(SecurityKey key)
    {
        try
        {
            return key switch
            {
                RsaSecurityKey { Rsa: var rsa } => rsa.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).Length > 0,
                ECDsaSecurityKey { ECDsa: var ec } => ec.SignData([], HashAlgorithmName.SHA256).Length > 0,
                _ => true,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string IdOf(byte[] hash) => Base64Url.EncodeToString(hash.AsSpan(0, 8));
}
