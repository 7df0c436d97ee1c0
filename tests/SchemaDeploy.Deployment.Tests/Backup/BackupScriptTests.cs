using System.Globalization;
using System.Runtime.Versioning;
using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Backup;

/// <summary>What becomes of backups when something goes wrong, with programs in place of PostgreSQL's and MariaDB's that do it.</summary>
[Trait("Category", "Integration")]
[UnsupportedOSPlatform("windows")]
public sealed class BackupScriptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public BackupScriptTests()
    {
        Assert.SkipUnless(Command.Exists("bash"), "bash is not installed.");
        Directory.CreateDirectory(Path.Combine(_folder, "programs"));
        Directory.CreateDirectory(Backups);
    }

    private string Backups => Path.Combine(_folder, "backups");

    private string Marker => Path.Combine(_folder, "marker");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_that_was_read_makes_room_by_deleting_the_oldest()
    {
        Write(DatabaseKind.PostgreSql);
        Program("pg_dump", "for file; do :; done; echo data > \"${file#--file=}\"");
        Program("pg_restore", "grep -q data \"$2\"");
        var (first, second, third) = (Old("20240101T000000Z"), Old("20240102T000000Z"), Old("20240103T000000Z"));
        Old("20240101T000000Z", "other-");

        var result = await RunAsync("backup");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.False(File.Exists(first) || File.Exists(second));
        Assert.True(File.Exists(third));
        Assert.Equal(3, Directory.GetFiles(Backups).Length);
        var made = Assert.Single(Directory.GetFiles(Backups, "shop-*"), file => file != third);
        Assert.Equal("data\n", await File.ReadAllTextAsync(made, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(made));
        var marked = long.Parse(await File.ReadAllTextAsync(Marker, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(marked), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
    }

    [Theory]
    [InlineData(DatabaseKind.PostgreSql, "echo half > \"${!#/--file=}\"; exit 1", "cannot be dumped")]
    [InlineData(DatabaseKind.PostgreSql, "echo half > \"${!#/--file=}\"", "cannot be read")]
    [InlineData(DatabaseKind.MySql, "echo half; exit 1", "cannot be dumped")]
    [InlineData(DatabaseKind.MySql, "echo half", "cannot be read")]
    public async Task A_dump_that_is_no_whole_one_is_thrown_away_and_all_before_stay(DatabaseKind database, string program, string expected)
    {
        Write(database);
        Program(database == DatabaseKind.MySql ? "mariadb-dump" : "pg_dump", program);
        Program("pg_restore", "grep -q data \"$2\"");
        foreach (var day in Enumerable.Range(1, 5))
        {
            Old($"2024010{day}T000000Z", extension: database == DatabaseKind.MySql ? "sql.gz" : "dump");
        }

        var result = await RunAsync("backup");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(5, Directory.GetFiles(Backups).Length);
        Assert.False(File.Exists(Marker));
    }

    [Fact]
    public async Task The_server_is_found_by_the_URL_and_the_password_is_on_no_command_line()
    {
        Write(DatabaseKind.PostgreSql);
        Program("pg_dump", "echo \"$*\" > \"$PROBE\"; env | grep ^PG | sort >> \"$PROBE\"; exit 1");

        await RunAsync("backup", "postgres://own%40er:p%25a%2Fs%5Cs@[::1]/my%20shop?Pooling=true&SslMode=VerifyFull\n");

        var seen = await File.ReadAllTextAsync(Path.Combine(_folder, "probe"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("p%a", seen.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(
            ["PGCONNECT_TIMEOUT=15", "PGDATABASE=my shop", "PGHOST=::1", @"PGPASSWORD=p%a/s\s", "PGPORT=5432", "PGSSLMODE=verify-full", "PGSSLROOTCERT=system", "PGUSER=own@er"],
            seen.TrimEnd().Split('\n')[1..]);
    }

    [Fact]
    public async Task The_login_to_MariaDB_is_in_a_file()
    {
        Write(DatabaseKind.MySql);
        Program("mariadb-dump", "echo \"$*\" > \"$PROBE\"; cat \"${1#*=}\" >> \"$PROBE\"; exit 1");

        await RunAsync("backup", """mysql://app:p%22a%5Cs@db.example.org:3307/shop""");

        var seen = await File.ReadAllTextAsync(Path.Combine(_folder, "probe"), TestContext.Current.CancellationToken);
        Assert.EndsWith(" shop", seen.Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("p\"a", seen.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(
            ["[client]", "host=\"db.example.org\"", "port=3307", "user=\"app\"", """password="p\"a\\s" """.TrimEnd(), "default-character-set=utf8mb4", "loose-ssl-verify-server-cert=0"],
            seen.TrimEnd().Split('\n')[1..]);
    }

    [Theory]
    [InlineData(2, "usage: ")]
    [InlineData(2, "usage: ", "bakcup")]
    [InlineData(2, "usage: ", "restore", "a", "b")]
    [InlineData(1, "has no backup yet", "restore", "newest")]
    [InlineData(1, "has no backup nothing", "restore", "nothing")]
    public async Task What_it_does_not_know_is_refused(int exitCode, string expected, params string[] arguments)
    {
        Write(DatabaseKind.PostgreSql);

        var result = await RunAsync(arguments);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private void Write(DatabaseKind database) => new BundleFolder(_folder).Write(Bundle.Generate(database), new DiagnosticBag());

    private void Program(string name, string script)
    {
        var file = Path.Combine(_folder, "programs", name);
        File.WriteAllText(file, $"#!/usr/bin/env bash\nset -e\n{script}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Old(string time, string start = "", string extension = "dump")
    {
        var file = Path.Combine(Backups, $"{start}shop-{time}.{extension}");
        File.WriteAllText(file, "old");
        return file;
    }

    private Task<Command.Result> RunAsync(string verb, string url) => RunAsync([verb], url);

    private Task<Command.Result> RunAsync(params string[] arguments) => RunAsync(arguments, "postgres://app:secret@127.0.0.1:1/app");

    private Task<Command.Result> RunAsync(string[] arguments, string url)
    {
        File.WriteAllText(Path.Combine(_folder, "url"), url);
        return Command.RunAsync("env",
        [
            $"PATH={Path.Combine(_folder, "programs")}:{Environment.GetEnvironmentVariable("PATH")}", $"DATABASE_URL_FILE={_folder}/url",
            $"BACKUP_DIR={Backups}", "BACKUP_KEEP=2", $"BACKUP_MARKER={Marker}", $"PROBE={_folder}/probe", Path.Combine(_folder, "backup.sh"), .. arguments,
        ]);
    }
}
