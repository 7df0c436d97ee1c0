using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>Settings below all others: the user's appsettings, environment and arguments win over them.</summary>
internal static class DefaultConfiguration
{
    public static void AddDefaults(this ConfigurationManager configuration) => configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
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
        },
    });
}
