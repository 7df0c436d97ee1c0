using System.Diagnostics;
using System.Text;

namespace SchemaDeploy.Compatibility.Tests.App;

/// <summary>A process of the tests' own: what it prints is kept, and it ends with them.</summary>
internal sealed class Command : IDisposable
{
    // What the test runner sets for itself, and what would make an app start otherwise than it does for a user.
    private static readonly string[] s_notInherited =
        ["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "PORT"];

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public Command(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in s_notInherited)
        {
            start.Environment.Remove(name);
        }

        // A build server would keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>What it has printed so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, TimeSpan limit, params string[] arguments)
    {
        using var command = new Command(folder, arguments);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ended.CancelAfter(limit);
        try
        {
            await command._process.WaitForExitAsync(ended.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {limit}:\n{command.Output}");
        }

        return (command._process.ExitCode, command.Output);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
