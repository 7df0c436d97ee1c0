using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Backups;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Commands;

/// <summary>
/// <c>dotnet App.dll backup [FILE|every] [--Setting=value]</c>: copies a SQLite database that is in use, to a file or into the
/// folder of backups, of which the newest stay; once, or whenever the last one is old.
/// </summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    private const string Every = "every";

    private static readonly TimeSpan s_retry = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(SchemaApiOptions options, IReadOnlyList<string> arguments)
    {
        var settings = arguments.Where(CommandLine.IsSetting).ToArray();
        var words = arguments.Except(settings).ToArray();
        if (words.Length > 1 || words is [['-', ..]])
        {
            throw new StartupException($"'{words[^1]}' is not understood. Usage: {Name} [FILE|{Every}] [--Setting=value]");
        }

        var builder = SchemaApplication.CreateBuilder(settings);
        var database = DatabaseChoice.From(builder.Configuration, builder.Environment, options).Sqlite(Name);
        switch (words)
        {
            case [Every]:
                await MakeEveryAsync(database, builder.Configuration);
                break;
            case [var file]:
                SqliteCopy.Make(database.ConnectionString, file);
                Console.WriteLine($"Made {file}");
                break;
            default:
                Make(database.ConnectionString, BackupFolder.From(builder.Configuration, database.DataSource), new BackupMarker(builder.Configuration));
                break;
        }
    }

    private static void Make(string connectionString, BackupFolder folder, BackupMarker marker)
    {
        var time = DateTimeOffset.UtcNow;
        var file = folder.FileAt(time);
        SqliteCopy.Make(connectionString, file);
        marker.Write(time);
        Console.WriteLine($"Made {file}");
        foreach (var old in folder.DeleteOld())
        {
            Console.WriteLine($"Deleted {old}");
        }
    }

    // Until it is told to stop; what has begun is finished.
    private static async Task MakeEveryAsync(SqliteConnectionStringBuilder database, IConfiguration configuration)
    {
        var (folder, marker) = (BackupFolder.From(configuration, database.DataSource), new BackupMarker(configuration));
        var interval = TimeSpan.FromSeconds(configuration.ReadCount("BACKUP_INTERVAL", otherwise: 86_400));
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        marker.Write(folder.Newest ?? DateTimeOffset.UnixEpoch);
        var due = (folder.Newest ?? DateTimeOffset.UnixEpoch) + interval;
        while (await WaitAsync(due, stop.Token))
        {
            try
            {
                Make(database.ConnectionString, folder, marker);
                due = DateTimeOffset.UtcNow + interval;
            }
            catch (StartupException exception)
            {
                await Console.Error.WriteLineAsync($"{exception.Message} The next attempt is in {s_retry.TotalMinutes} minutes.");
                due = DateTimeOffset.UtcNow + s_retry;
            }
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<bool> WaitAsync(DateTimeOffset due, CancellationToken stop)
    {
        try
        {
            // A timer takes some weeks at most.
            for (TimeSpan wait; (wait = due - DateTimeOffset.UtcNow) > TimeSpan.Zero;)
            {
                await Task.Delay(wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1), stop);
            }

            return !stop.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
