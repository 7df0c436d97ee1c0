using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll script [--database NAME] [--output FOLDER]</c>: writes the statements that make the database, for
/// each database that the application has a provider for or for one, to files, with snapshots of the schema beside
/// them, or to the console. It needs no database and no configuration.
/// </summary>
internal static class ScriptCommand
{
    public const string Name = "script";

    public static async Task RunAsync<TContext>(SchemaApiOptions options, IReadOnlyList<string> arguments)
        where TContext : DbContext
    {
        var (database, folder) = Read(arguments);
        if (database is not null && !options.Providers.Contains(database))
        {
            throw new StartupException($"The application has no database '{database}'. It has {string.Join(", ", options.Providers)}.");
        }

        foreach (var provider in options.Providers.Where(provider => database is null || provider == database))
        {
            await using var context = options.CreateUnconnectedContext<TContext>(provider);
            var snapshot = SchemaSnapshot.Of(context, provider, options);
            var script = SchemaScript.Of(context, options.Title, snapshot);
            if (folder is null)
            {
                await Console.Out.WriteAsync(script);
                continue;
            }

            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, provider + ".sql");
            await File.WriteAllTextAsync(file, script);
            await snapshot.WriteAsync(SchemaSnapshot.FileOf(folder, provider));
            Console.WriteLine(file);
        }
    }

    private static (string? Database, string? Folder) Read(IReadOnlyList<string> arguments)
    {
        string? database = null, folder = null;
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--database" when value is not null:
                    database = value;
                    break;
                case "--output" when value is not null:
                    folder = value;
                    break;
                default:
                    throw new StartupException($"'{arguments[i]}' is not understood. Usage: {Name} [--database NAME] [--output FOLDER]");
            }
        }

        return (database, folder);
    }
}
