using System.Diagnostics;
using System.Globalization;

namespace SchemaDeploy.Tests.Servers;

/// <summary>A server's process. It ends with that of the tests, however that ends: a shell waits for its input to close.</summary>
internal sealed class ServerProcess : IDisposable
{
    // The first line printed is the server's process id. It is told to end again and again, because one that has only
    // just begun does not listen yet.
    private const string Script = """
        log=$1 signal=$2
        shift 2
        exec 3<&0
        "$@" </dev/null >>"$log" 2>&1 3<&- &
        server=$!
        echo "$server"
        { cat <&3 >/dev/null; while kill -s "$signal" "$server"; do sleep 0.2; done; } >/dev/null 2>&1 &
        wait "$server"
        """;

    private readonly Process _shell;
    private readonly int _id;

    private ServerProcess(Process shell, int id)
    {
        _shell = shell;
        _id = id;
    }

    public bool HasEnded => _shell.HasExited;

    /// <summary>Starts <paramref name="command"/>, which writes to <paramref name="log"/> and is ended by <paramref name="stopSignal"/>.</summary>
    public static async Task<ServerProcess> StartAsync(string log, string stopSignal, IEnumerable<string> command)
    {
        var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", log, stopSignal, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var id = await shell.StandardOutput.ReadLineAsync();
        return new ServerProcess(shell, int.Parse(id!, CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the server as a loss of power would: <c>kill -9</c>.</summary>
    public void Kill() => Process.GetProcessById(_id).Kill();

    /// <summary>Stops the server and waits for its end.</summary>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.WaitForExit();
        _shell.Dispose();
    }
}
