using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using SchemaDeploy.AspNetCore.Commands;
using SchemaDeploy.AspNetCore.Tests.App;
using CommandLine = SchemaDeploy.AspNetCore.Tests.Migrations.CommandLine;

namespace SchemaDeploy.AspNetCore.Tests.Commands;

/// <summary>Backups of a SQLite database, and what it takes to bring one back.</summary>
[Collection("console")]
public sealed class BackupCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    private string Database => Path.Combine(_folder, "app.db");

    private string Backups => Path.Combine(_folder, "backups");

    private string Marker => Path.Combine(_folder, "marker");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_database_is_backed_up_while_it_is_written_to_and_brought_back_serves_the_rows_of_then()
    {
        var backup = Path.Combine(_folder, "copy.db");
        var acknowledged = new List<string>();
        await using (var app = new RunningApp { Arguments = [$"--DATABASE_URL=sqlite:{Database}"] })
        {
            await app.InitializeAsync();
            for (var i = 0; i < 20; i++)
            {
                acknowledged.Add(await BookAsync(app));
            }

            using var enough = new CancellationTokenSource();
            var writing = Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await BookAsync(app);
                }
            }));
            Assert.Equal($"Made {backup}\n", await RunAsync(BackupCommand.Name, backup));
            await enough.CancelAsync();
            await writing;
        }

        // What is there now goes.
        Assert.Contains("--replace", await FailAsync(RestoreCommand.Name, backup), StringComparison.Ordinal);
        Assert.Equal($"{backup} is in {Database}\n", await RunAsync(RestoreCommand.Name, backup, "--replace"));

        await using var again = new RunningApp { Arguments = [$"--DATABASE_URL=sqlite:{Database}"] };
        await again.InitializeAsync();
        var rows = await QueryAsync(backup, "SELECT group_concat(room) FROM (SELECT room FROM bookings ORDER BY id)");
        Assert.Equal(acknowledged, rows.Split(',').Take(20));
        var served = (await again.GetAsync("/api/bookings?limit=100&sort=id")).Json.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("room").GetString());
        Assert.Equal(rows.Split(',').Take(100), served);
        // A booking and its row of the audit log are written together.
        Assert.Equal(rows.Split(',').Length.ToString(CultureInfo.InvariantCulture), await QueryAsync(backup, "SELECT count(*) FROM audit_entries"));
        await BookAsync(again);
    }

    [Fact]
    public async Task In_the_folder_the_newest_stay_and_the_application_is_told_when_the_last_was_made()
    {
        await RunAsync(MigrateCommand.Name);
        Directory.CreateDirectory(Backups);
        foreach (var name in (string[])["app-20240101T000000Z.db", "app-20240102T000000Z.db", "app-20240103T000000Z.db", "app-other.db", "other-20240101T000000Z.db"])
        {
            await File.WriteAllTextAsync(Path.Combine(Backups, name), "old", TestContext.Current.CancellationToken);
        }

        await RunAsync(BackupCommand.Name, "--BACKUP_KEEP=2");

        var names = Directory.GetFiles(Backups).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["app-20240103T000000Z.db", "app-other.db", "other-20240101T000000Z.db"], names.Where((_, i) => i != 1));
        Assert.StartsWith("app-2", names[1], StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Backups, names[1])));
        }

        var marked = DateTimeOffset.FromUnixTimeSeconds(long.Parse(await File.ReadAllTextAsync(Marker, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        Assert.InRange(marked, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Equal($"{Path.Combine(Backups, names[1])} is in {Database}\n", await RunAsync(RestoreCommand.Name, "newest", "--replace"));
    }

    [Fact]
    public async Task What_is_damaged_is_not_brought_back_and_what_is_there_stays()
    {
        await RunAsync(MigrateCommand.Name);
        var backup = Path.Combine(_folder, "copy.db");
        await RunAsync(BackupCommand.Name, backup);
        var bytes = await File.ReadAllBytesAsync(backup, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(backup, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);
        var before = await QueryAsync(Database, "SELECT count(*) FROM sqlite_master");

        Assert.Contains(backup, await FailAsync(RestoreCommand.Name, backup, "--replace"), StringComparison.Ordinal);
        Assert.Equal(before, await QueryAsync(Database, "SELECT count(*) FROM sqlite_master"));
    }

    [Theory]
    [InlineData("cannot be used", BackupCommand.Name)]
    [InlineData("is for SQLite", BackupCommand.Name, "--DATABASE_URL=postgres://app@localhost/app")]
    [InlineData("must be a number", BackupCommand.Name, "--BACKUP_KEEP=0")]
    [InlineData("BACKUP_DIR is not set", BackupCommand.Name, "--BACKUP_DIR=")]
    [InlineData("is there already", BackupCommand.Name, "/dev/null")]
    [InlineData("Usage: ", BackupCommand.Name, "a", "b")]
    [InlineData("Usage: ", BackupCommand.Name, "--evry")]
    [InlineData("Usage: ", RestoreCommand.Name)]
    [InlineData("Usage: ", RestoreCommand.Name, "a", "--replce")]
    [InlineData("has no backup yet", RestoreCommand.Name, "newest")]
    [InlineData("has no backup nothing", RestoreCommand.Name, "nothing")]
    public async Task What_cannot_be_done_is_told_in_a_line(string expected, params string[] arguments)
    {
        var told = await FailAsync(arguments);

        Assert.Contains(expected, told, StringComparison.Ordinal);
        Assert.Single(told.TrimEnd().Split('\n'));
        Assert.False(File.Exists(Database) || Directory.Exists(Backups) && Directory.GetFiles(Backups).Length > 0);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await CommandLine.RunAsync(Complete(arguments));
        Assert.True(exitCode == 0, error);
        return output;
    }

    private async Task<string> FailAsync(params string[] arguments)
    {
        var (exitCode, _, error) = await CommandLine.RunAsync(Complete(arguments));
        Assert.Equal(1, exitCode);
        return error;
    }

    private string[] Complete(string[] arguments) =>
        ["--environment=Production", $"--contentRoot={_folder}", $"--DATABASE_URL=sqlite:{Database}", $"--BACKUP_DIR={Backups}", $"--BACKUP_MARKER={Marker}", .. arguments];

    private static async Task<string> BookAsync(RunningApp app)
    {
        var room = Guid.NewGuid().ToString();
        Assert.Equal(HttpStatusCode.Created, (await app.PostAsync("/api/bookings", $$"""{"room":"{{room}}"}""")).Status);
        return room;
    }

    private static async Task<string> QueryAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture)!;
    }
}
