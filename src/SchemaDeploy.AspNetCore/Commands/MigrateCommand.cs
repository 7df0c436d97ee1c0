using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll migrate [--plan|--script|--baseline] [--allow-data-loss] [--Setting=value]</c>: brings the configured database to the
/// application's schema, or shows how it would, as text or as SQL, or records that the database has it already.
/// </summary>
internal static class MigrateCommand
{
    public const string Name = "migrate";

    private const string Plan = "--plan";
    private const string Script = "--script";
    private const string Baseline = "--baseline";
    private const string AllowDataLoss = "--allow-data-loss";

    public static async Task RunAsync<TContext>(SchemaApiOptions options, IReadOnlyList<string> arguments)
        where TContext : DbContext
    {
        var (mode, allowDataLoss, settings) = Read(arguments);
        var builder = SchemaApplication.CreateBuilder(settings);
        await using var database = DatabaseChoice.From(builder.Configuration, builder.Environment, options).CreateContext<TContext>();
        try
        {
            await RunAsync(Migrator.For(database, options), mode, allowDataLoss);
        }
        catch (DbException exception)
        {
            throw Migrator.CannotUse(database, exception);
        }
    }

    private static async Task RunAsync(Migrator migrator, string? mode, bool allowDataLoss)
    {
        switch (mode)
        {
            case Plan:
                var plan = await migrator.PlanAsync(CancellationToken.None);
                await Console.Out.WriteAsync(Told(plan));
                break;
            case Script:
                await Console.Out.WriteAsync(await migrator.ScriptAsync(allowDataLoss, CancellationToken.None));
                break;
            case Baseline:
                var missing = await migrator.AdoptAsync(CancellationToken.None);
                Console.WriteLine(missing.Count == 0
                    ? "Recorded: the database has the application's schema."
                    : $"Recorded what is there. The database lacks {string.Join(", ", missing)}: run {Name} to make them.");
                break;
            default:
                var done = await migrator.MigrateAsync(allowDataLoss, CancellationToken.None);
                await Console.Out.WriteAsync(Told(done) + (done.IsUpToDate ? "" : "Done.\n"));
                break;
        }
    }

    private static string Told(MigrationPlan plan) =>
        plan.IsUpToDate ? "The database is up to date.\n" : plan.Changes.Count == 0 ? "No table changes.\n" : plan.Describe();

    private static (string? Mode, bool AllowDataLoss, string[] Settings) Read(IReadOnlyList<string> arguments)
    {
        string? mode = null;
        var allowDataLoss = false;
        var settings = new List<string>();
        foreach (var argument in arguments)
        {
            if (argument is Plan or Script or Baseline && mode is null)
            {
                mode = argument;
            }
            else if (argument == AllowDataLoss)
            {
                allowDataLoss = true;
            }
            else if (argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('='))
            {
                settings.Add(argument);
            }
            else
            {
                throw new StartupException($"'{argument}' is not understood. Usage: {Name} [{Plan}|{Script}|{Baseline}] [{AllowDataLoss}] [--Setting=value]");
            }
        }

        return (mode, allowDataLoss, [.. settings]);
    }
}
