namespace SchemaDeploy.Tests.Servers;

/// <summary>A MariaDB server with its built-in defaults but for sizes. A commit survives <see cref="TestServer.Kill"/>.</summary>
public sealed class MariaDbServer : TestServer, IDatabaseServer
{
    // Debian puts it where only root looks.
    private static readonly string s_server = File.Exists("/usr/sbin/mariadbd") ? "/usr/sbin/mariadbd" : "mariadbd";
    private int _databases;

    public static string? WhyMissing => Command.Exists("mariadb-install-db") ? null : "MariaDB is not installed (Debian package mariadb-server).";

    protected override IReadOnlyList<string> ServerCommand =>
    [
        s_server, "--no-defaults", $"--datadir={DataFolder}", $"--socket={PathOf("socket")}", $"--pid-file={PathOf("pid")}",
        TemporaryFolder, "--bind-address=127.0.0.1", $"--port={PortText}", "--max-connections=500", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=16M",
        // The kernel grants asynchronous I/O to a few processes only.
        "--innodb-flush-log-at-trx-commit=2", "--innodb-use-native-aio=0",
    ];

    protected override Task InstallAsync() => RunAsServerUserAsync(
        "mariadb-install-db", "--no-defaults", $"--datadir={DataFolder}", "--auth-root-authentication-method=normal", "--skip-test-db",
        "--innodb-use-native-aio=0", TemporaryFolder);

    protected override async Task<bool> IsReadyAsync() =>
        (await Command.RunAsync("mariadb-admin", [.. Login, "ping"])).ExitCode == 0;

    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        await RunAsync("mariadb-admin", [.. Login, "create", name]);
        return $"mysql://root@127.0.0.1:{PortText}/{name}";
    }

    public Task DropDatabaseAsync(string databaseUrl) => RunAsync("mariadb-admin", [.. Login, "--force", "drop", NameOf(databaseUrl)]);

    public Task<string> RunSqlAsync(string databaseUrl, string sql) =>
        RunAsync("mariadb", [.. Login, "--default-character-set=utf8mb4", "--batch", "--skip-column-names", NameOf(databaseUrl)], sql);

    public Task<string> DumpSchemaAsync(string databaseUrl) =>
        RunAsync("mariadb-dump", [.. Login, "--no-data", "--skip-comments", NameOf(databaseUrl)]);

    private static string NameOf(string databaseUrl) => new Uri(databaseUrl).AbsolutePath.Trim('/');

    // A server that starts deletes the temporary tables that it finds: those of its neighbours too, were the folder shared.
    private string TemporaryFolder => $"--tmpdir={PathOf(".")}";

    private string[] Login => ["--no-defaults", "--protocol=tcp", "--host=127.0.0.1", $"--port={PortText}", "--user=root"];
}
