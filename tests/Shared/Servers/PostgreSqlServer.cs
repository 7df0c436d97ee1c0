namespace SchemaDeploy.Tests.Servers;

/// <summary>A PostgreSQL server. A commit survives <see cref="TestServer.Kill"/>, though not a loss of power.</summary>
public sealed class PostgreSqlServer : TestServer, IDatabaseServer
{
    // Debian keeps the programs of each version in a folder of its own, outside PATH.
    private static readonly string? s_programs = FindPrograms();
    private int _databases;

    public static string? WhyMissing => s_programs is null ? "PostgreSQL is not installed (Debian package postgresql)." : null;

    protected override string StopSignal => "INT";

    protected override IReadOnlyList<string> ServerCommand =>
    [
        Program("postgres"), "-D", DataFolder, "-p", PortText, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
        "-c", "fsync=off", "-c", "max_connections=500", "-c", "shared_buffers=32MB",
    ];

    protected override Task InstallAsync() => RunAsServerUserAsync(
        Program("initdb"), "-D", DataFolder, "-U", "test", "--auth=trust", "--no-sync",
        // As on most servers, text is sorted as people sort it, unless a column says otherwise.
        "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en");

    protected override async Task<bool> IsReadyAsync() =>
        (await Command.RunAsync(Program("pg_isready"), ["-h", "127.0.0.1", "-p", PortText])).ExitCode == 0;

    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsync(Program("createdb"), ["-h", "127.0.0.1", "-p", PortText, "-U", "test", "-T", "template0", name]);
        return $"postgres://test@127.0.0.1:{PortText}/{name}";
    }

    public Task DropDatabaseAsync(string databaseUrl) =>
        RunAsync(Program("dropdb"), ["-h", "127.0.0.1", "-p", PortText, "-U", "test", "--force", new Uri(databaseUrl).AbsolutePath.Trim('/')]);

    public Task<string> RunSqlAsync(string databaseUrl, string sql) =>
        RunAsync(Program("psql"), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-", databaseUrl], sql);

    public async Task<string> DumpSchemaAsync(string databaseUrl)
    {
        var dump = await RunAsync(Program("pg_dump"), ["--schema-only", "--no-owner", databaseUrl]);
        // What a dump protects itself with is another word each time.
        return string.Join('\n', dump.Split('\n').Where(line => !line.StartsWith('\\')));
    }

    private static string Program(string name) => Path.Combine(s_programs!, name);

    private static string? FindPrograms() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [])
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "createdb")));
}
