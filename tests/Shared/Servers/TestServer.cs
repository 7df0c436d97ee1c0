using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SchemaDeploy.Tests.Servers;

/// <summary>A server of the tests' own: in a folder of its own, on a free port of 127.0.0.1, gone afterwards.</summary>
public abstract class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;
    private ServerProcess? _process;
    private bool _wasKilled;

    /// <summary>The port on 127.0.0.1; the same after a restart.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Where the server keeps its data.</summary>
    protected string DataFolder => Path.Combine(_folder, "data");

    /// <summary>A path within the server's folder.</summary>
    protected string PathOf(string name) => Path.Combine(_folder, name);

    protected string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The server's program and its arguments.</summary>
    protected abstract IReadOnlyList<string> ServerCommand { get; }

    /// <summary>The signal by which the server ends without waiting for its clients.</summary>
    protected virtual string StopSignal => "TERM";

    /// <summary>Prepares the empty data folder.</summary>
    protected virtual Task InstallAsync() => Task.CompletedTask;

    /// <summary>Whether the server answers.</summary>
    protected abstract Task<bool> IsReadyAsync();

    /// <summary>Starts the server, for the first time or after <see cref="Kill"/>, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        if (!Directory.Exists(DataFolder))
        {
            Directory.CreateDirectory(DataFolder);
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", ["-R", "nobody", _folder]);
            }

            await InstallAsync();
        }

        _process = await LaunchAsync();
        var waiting = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (waiting.Elapsed > s_patience || (_process.HasEnded && !_wasKilled))
            {
                var text = await File.ReadAllTextAsync(PathOf("log"));
                throw new InvalidOperationException($"{ServerCommand[0]} did not start:\n{text}");
            }

            await Task.Delay(50);
            if (_wasKilled && _process.HasEnded)
            {
                // Processes of a server that was killed take a moment to notice, and keep the next one from its files.
                _process.Dispose();
                _process = await LaunchAsync();
            }
        }

        _wasKilled = false;
    }

    private Task<ServerProcess> LaunchAsync() => ServerProcess.StartAsync(PathOf("log"), StopSignal, [.. AsServerUser, .. ServerCommand]);

    /// <summary>Ends the server as <c>kill -9</c> does. What it had promised to keep is there after <see cref="StartAsync"/>.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.Dispose();
        _process = null;
        _wasKilled = true;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a program as the server's user, which has to succeed.</summary>
    protected static Task RunAsServerUserAsync(params string[] command)
    {
        string[] whole = [.. AsServerUser, .. command];
        return RunAsync(whole[0], whole[1..]);
    }

    /// <summary>Runs a program, which has to succeed, and gives what it printed.</summary>
    protected static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, string input = "")
    {
        var result = await Command.RunAsync(program, arguments, input);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {result.ExitCode}:\n{result.Output}{result.Error}");
    }

    // Servers refuse to run as root.
    private static string[] AsServerUser =>
        Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] : [];

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
