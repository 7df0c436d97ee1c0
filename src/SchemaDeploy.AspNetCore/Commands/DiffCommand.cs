using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll diff --from FOLDER [--output FOLDER] [--allow-data-loss]</c>: shows what would bring databases from
/// the schema of the snapshots in a folder to the application's, writes the statements (for SQL Server also a refactor
/// log, for its own tools), and fails where values would go.
/// It needs no database and no configuration.
/// </summary>
internal static class DiffCommand
{
    public const string Name = "diff";

    private const string Usage = $"Usage: {Name} --from FOLDER [--output FOLDER] [--allow-data-loss]";

    public static async Task RunAsync<TContext>(SchemaApiOptions options, IReadOnlyList<string> arguments)
        where TContext : DbContext
    {
        var (from, folder, allowDataLoss) = Read(arguments);
        var providers = options.Providers.Where(provider => File.Exists(SchemaSnapshot.FileOf(from, provider))).ToList();
        if (providers.Count == 0)
        {
            throw new StartupException($"SD4108: {from} holds no snapshot for {string.Join(" or ", options.Providers)}. Snapshots are written beside the scripts by 'dotnet build -t:SchemaScript'.");
        }

        List<string> lost = [];
        foreach (var provider in providers)
        {
            await using var context = options.CreateUnconnectedContext<TContext>(provider);
            var plan = MigrationPlanner.For(context, options).Plan((await SchemaSnapshot.ReadAsync(SchemaSnapshot.FileOf(from, provider))).ToRecord());
            var name = SchemaScript.NameOf(context.Database);
            await Console.Out.WriteAsync(plan.Changes.Count == 0 ? $"{name}: no table changes.\n" : $"{name}:\n{plan.Describe()}");
            lost.AddRange(plan.Changes.Where(change => change.Danger == Danger.LosesData).Select(change => change.Text).Except(lost));
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
                var file = Path.Combine(folder, provider + ".sql");
                await File.WriteAllTextAsync(file, SchemaScript.ForReview(context, plan));
                Console.WriteLine(file);
                if (context.Database.ProviderName == ProviderSql.SqlServerName)
                {
                    await File.WriteAllTextAsync(Path.ChangeExtension(file, ".refactorlog"), RefactorLog.Write(plan.Renames));
                }
            }
        }

        if (lost.Count > 0 && !allowDataLoss)
        {
            throw new StartupException($"SD4102: The change loses data: {string.Join("; ", lost)}. Keep the columns and tables in the schema, name renamed ones with @renamed-from, or allow it.");
        }
    }

    private static (string From, string? Folder, bool AllowDataLoss) Read(IReadOnlyList<string> arguments)
    {
        string? from = null, folder = null;
        var allowDataLoss = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--allow-data-loss":
                    allowDataLoss = true;
                    break;
                case "--from" when i + 1 < arguments.Count:
                    from = arguments[++i];
                    break;
                case "--output" when i + 1 < arguments.Count:
                    folder = arguments[++i];
                    break;
                default:
                    throw new StartupException($"'{arguments[i]}' is not understood. {Usage}");
            }
        }

        return (from ?? throw new StartupException($"--from is missing. {Usage}"), folder, allowDataLoss);
    }
}
