using SchemaDeploy.AspNetCore.Hosting;
using StackExchange.Redis;

namespace SchemaDeploy.AspNetCore.State;

/// <summary>Redis as REDIS_URL names it, such as <c>redis://user:password@host:6379/0</c>, or <c>rediss://</c> for TLS.</summary>
internal static class RedisUrl
{
    private const string Example = "An example: redis://user:password@localhost:6379";

    /// <summary>Reads a URL or, where there is no scheme, StackExchange.Redis's own form (<c>host:6379,password=…</c>).</summary>
    /// <exception cref="StartupException">It is neither.</exception>
    public static ConfigurationOptions Parse(string text)
    {
        var options = text.Contains("://", StringComparison.Ordinal) ? ParseUrl(text) : ParseOptions(text);
        // The application serves without Redis, and takes it up when it is there.
        options.AbortOnConnectFail = false;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 2000;
        options.AsyncTimeout = 2000;
        return options;
    }

    private static ConfigurationOptions ParseUrl(string text)
    {
        // What is wrong is told without the text: it holds a password.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            throw new StartupException($"REDIS_URL is no URL. {Example}");
        }

        if (url.Scheme is not ("redis" or "rediss"))
        {
            throw new StartupException($"REDIS_URL begins with '{url.Scheme}://', and must begin with redis:// or rediss://. {Example}");
        }

        var options = new ConfigurationOptions { EndPoints = { { url.IdnHost, url.Port < 0 ? 6379 : url.Port } }, Ssl = url.Scheme == "rediss" };
        var login = url.UserInfo.Split(':', 2);
        if (login[0].Length > 0)
        {
            options.User = Uri.UnescapeDataString(login[0]);
        }

        if (login.Length == 2)
        {
            options.Password = Uri.UnescapeDataString(login[1]);
        }

        var database = url.AbsolutePath.Trim('/');
        if (database.Length > 0)
        {
            options.DefaultDatabase = byte.TryParse(database, out var number)
                ? number
                : throw new StartupException($"REDIS_URL ends with '/{database}', and the database must be a number. {Example}/0");
        }

        return options;
    }

    private static ConfigurationOptions ParseOptions(string text)
    {
        try
        {
            var options = ConfigurationOptions.Parse(text);
            return options.EndPoints.Count > 0 ? options : throw new StartupException($"REDIS_URL names no host. {Example}");
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"REDIS_URL cannot be read: {exception.Message} {Example}");
        }
    }
}
