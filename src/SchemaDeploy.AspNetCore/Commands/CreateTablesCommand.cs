using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll create-tables</c>: makes the tables of an empty database and ends. To be run once before the
/// application is, which outside of Development expects them to be there.
/// </summary>
internal static class CreateTablesCommand
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "create-tables";

    /// <summary>Makes the tables; a database that has some is left as it is.</summary>
    /// <exception cref="Hosting.StartupException">The database cannot be used.</exception>
    public static async Task<int> RunAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<IDatabaseCreator>().CreateAsync(app.Lifetime.ApplicationStopping);
        return 0;
    }
}
