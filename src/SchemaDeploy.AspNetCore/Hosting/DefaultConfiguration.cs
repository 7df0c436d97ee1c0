using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Console;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Settings below all others: the user's appsettings, environment and arguments win over them.</summary>
internal static class DefaultConfiguration
{
    /// <summary>The form of lines on the console.</summary>
    public const string LogFormat = "Logging:Console:FormatterName";

    private static readonly Dictionary<string, string?> s_everywhere = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        // Every SQL statement and every request is a line of theirs.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        // Its lines hold query strings, in which people search for other people. Named here on its own, so that
        // asking for more of ASP.NET Core does not ask for them.
        ["Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics"] = "Warning",
        // An application that does not know its HTTPS port does not redirect to it, and need not say so.
        ["Logging:LogLevel:Microsoft.AspNetCore.HttpsPolicy.HttpsRedirectionMiddleware"] = "Error",
        [LogFormat] = ConsoleFormatterNames.Simple,
    };

    // Programs read the log, and find what belongs together by the trace.
    private static readonly Dictionary<string, string?> s_outsideDevelopment = new()
    {
        [LogFormat] = ConsoleFormatterNames.Json,
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ",
    };

    public static void AddDefaults(this ConfigurationManager configuration, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment())
        {
            configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_outsideDevelopment });
        }

        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_everywhere });
    }
}
