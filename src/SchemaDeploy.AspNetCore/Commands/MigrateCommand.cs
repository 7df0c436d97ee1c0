using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Migrations;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll migrate [--plan|--script|--check|--baseline] [--to-snapshot FILE] [--allow-data-loss] [--Setting=value]</c>: brings the
/// configured database to the application's schema, or that of a snapshot, or shows how it would, as text or as SQL, or finds where
/// the database is not what the schema says, or records that the database has it already.
/// </summary>
internal static class MigrateCommand
{
    public const string Name = "migrate";

    private const string Plan = "--plan";
    private const string Script = "--script";
    private const string Check = "--check";
    private const string Baseline = "--baseline";
    private const string ToSnapshot = "--to-snapshot";
    private const string AllowDataLoss = "--allow-data-loss";

    public static async Task RunAsync<TContext>(SchemaApiOptions options, IReadOnlyList<string> arguments)
        where TContext : DbContext
    {
        var (mode, snapshot, allowDataLoss, settings) = Read(arguments);
        var target = snapshot is null ? null : await SchemaSnapshot.ReadAsync(snapshot);
        var builder = SchemaApplication.CreateBuilder(settings);
        var choice = DatabaseChoice.From(builder.Configuration, builder.Environment, options);
        if (target is not null && target.Provider != choice.Provider)
        {
            throw new StartupException($"SD4108: {snapshot} is of a schema for {target.Provider}, and the database is {choice.Provider}. Take the snapshot for {choice.Provider}, which is beside it.");
        }

        await using var database = choice.CreateContext<TContext>();
        try
        {
            var migrator = target is null ? Migrator.For(database, options) : Migrator.To(target, database);
            await RunAsync(migrator, mode, allowDataLoss);
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
            case Check:
                await migrator.CheckAsync(CancellationToken.None);
                Console.WriteLine("The database is what the schema says.");
                break;
            case Baseline:
                var missing = await migrator.AdoptAsync(CancellationToken.None);
                Console.WriteLine(missing.Count == 0
                    ? "Recorded: the database has the application's schema."
                    : $"Recorded what is there. The database lacks {string.Join(", ", missing)}: run {Name} to make them.");
                break;
            default:
                var done = await MigrateAsync(migrator, allowDataLoss);
                await Console.Out.WriteAsync(Told(done) + (done.IsUpToDate ? "" : "Done.\n"));
                break;
        }
    }

    private static async Task<MigrationPlan> MigrateAsync(Migrator migrator, bool allowDataLoss)
    {
        using var progress = ProgressLine.Find();
        return await migrator.MigrateAsync(allowDataLoss, progress, CancellationToken.None);
    }

    private static string Told(MigrationPlan plan) =>
        plan.IsUpToDate ? "The database is up to date.\n" : plan.Changes.Count == 0 ? "No table changes.\n" : plan.Describe();

    private static (string? Mode, string? Snapshot, bool AllowDataLoss, string[] Settings) Read(IReadOnlyList<string> arguments)
    {
        string? mode = null, snapshot = null;
        var allowDataLoss = false;
        var settings = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is Plan or Script or Check or Baseline && mode is null)
            {
                mode = argument;
            }
            else if (argument == AllowDataLoss)
            {
                allowDataLoss = true;
            }
            else if (argument == ToSnapshot && i + 1 < arguments.Count)
            {
                snapshot = arguments[++i];
            }
            else if (CommandLine.IsSetting(argument))
            {
                settings.Add(argument);
            }
            else
            {
                throw new StartupException($"'{argument}' is not understood. Usage: {Name} [{Plan}|{Script}|{Check}|{Baseline}] [{ToSnapshot} FILE] [{AllowDataLoss}] [--Setting=value]");
            }
        }

        return (mode, snapshot, allowDataLoss, [.. settings]);
    }
}
