using System.Reflection.Metadata;
using Microsoft.Extensions.Logging;

namespace SchemaDeploy.AspNetCore.Hosting;

/// <summary>
/// Tells whoever runs <c>dotnet watch</c> that it applies changed C# alone to a running application: a changed schema
/// it passes over in silence, unless it is told to start the application anew with every change.
/// </summary>
internal static partial class WatchHint
{
    // dotnet watch says of itself in the processes that it starts.
    private const string Variable = "DOTNET_WATCH";

    public static void LogIfHotReloaded(ILogger logger)
    {
        if (Environment.GetEnvironmentVariable(Variable) == "1" && MetadataUpdater.IsSupported)
        {
            LogHint(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "dotnet watch applies changed C# alone here. With --no-hot-reload it starts anew with a changed schema too")]
    private static partial void LogHint(ILogger logger);
}
