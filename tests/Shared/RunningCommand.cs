using System.Diagnostics;
using System.Text;

namespace SchemaDeploy.Tests;

/// <summary>What a command printed, both streams, and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output);

/// <summary>A command as a user would give it: what it prints is kept, and what it started ends with it.</summary>
internal sealed class RunningCommand : IDisposable
{
    // What the test runner sets for itself, and what would make an app start otherwise than it does for a user.
    private static readonly string[] s_notInherited =
        ["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "PORT"];

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public RunningCommand(string name, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(name, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in s_notInherited)
        {
            start.Environment.Remove(variable);
        }

        // A build server would keep the output open. The compiler's does not; whoever gives it a name stops it afterwards.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (Environment.GetEnvironmentVariable("SharedCompilationId") is null)
        {
            start.Environment["UseSharedCompilation"] = "false";
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[variable] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Append;
        _process.ErrorDataReceived += Append;
        _process.Start();
        _process.StandardInput.Close();
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

    /// <summary>Runs a command to its end.</summary>
    public static async Task<CommandResult> RunAsync(
        string name, IEnumerable<string> arguments, string folder, TimeSpan limit, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var command = new RunningCommand(name, arguments, folder, environment);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        ended.CancelAfter(limit);
        try
        {
            await command._process.WaitForExitAsync(ended.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{name} {string.Join(' ', arguments)} did not end within {limit}:\n{command.Output}");
        }

        return new CommandResult(command._process.ExitCode, command.Output);
    }

    /// <summary>Waits until it has printed a text.</summary>
    public async Task WaitForAsync(string text, TimeSpan limit)
    {
        for (var end = DateTime.UtcNow + limit; !Output.Contains(text, StringComparison.Ordinal); await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            Assert.False(HasExited, $"Ended before it printed '{text}':\n{Output}");
            Assert.True(DateTime.UtcNow < end, $"Did not print '{text}' within {limit}:\n{Output}");
        }
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
