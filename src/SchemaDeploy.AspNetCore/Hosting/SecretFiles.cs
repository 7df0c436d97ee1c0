using Microsoft.Extensions.Configuration;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>
/// Secrets out of files, as Docker and Kubernetes mount them: NAME_FILE names the file that holds the setting NAME.
/// </summary>
internal static class SecretFiles
{
    /// <summary>The settings that may be in files.</summary>
    public static readonly string[] Settings =
        ["DATABASE_URL", "REDIS_URL", "JWT_SECRET", "JWT_SECRET_PREVIOUS", "JWT_KEY", "ADMIN_EMAIL", "ADMIN_PASSWORD", "ConnectionStrings:Default"];

    private const string Suffix = "_FILE";

    /// <summary>Reads the files that the configuration names.</summary>
    /// <exception cref="StartupException">A file cannot be read or is empty, or the setting is given as well.</exception>
    public static void AddSecretFiles(this ConfigurationManager configuration)
    {
        var secrets = new Dictionary<string, string?>();
        foreach (var setting in Settings)
        {
            if (configuration[setting + Suffix] is not { Length: > 0 } file)
            {
                continue;
            }

            if (!string.IsNullOrEmpty(configuration[setting]))
            {
                throw new StartupException($"Both {setting} and {setting}{Suffix} are set. Set one of them.");
            }

            secrets[setting] = Read(setting + Suffix, file);
        }

        configuration.AddInMemoryCollection(secrets);
    }

    private static string Read(string setting, string file)
    {
        try
        {
            // Editors and `echo` end files with a new line, which is no part of the secret.
            return File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } secret
                ? secret
                : throw new StartupException($"{setting} names {file}, which is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new StartupException($"{setting} names a file that cannot be read: {exception.Message}");
        }
    }
}
