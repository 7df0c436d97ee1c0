using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace SchemaDeploy.Tasks;

/// <summary>The schema compiler at work, beyond the task that started it.</summary>
internal sealed class SchemaCompilation : IDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly string _responseFile = Path.GetTempFileName();
    private readonly string _stampFile;
    private readonly Process _process;

    /// <summary>Starts it.</summary>
    /// <param name="host">The dotnet executable.</param>
    /// <param name="tool">SchemaDeploy.Tool.dll.</param>
    /// <param name="arguments">One <c>--name=value</c> each.</param>
    /// <param name="stampFile">The file whose time is that of the last success.</param>
    public SchemaCompilation(string host, string tool, IEnumerable<string> arguments, string stampFile)
    {
        _stampFile = stampFile;
        File.WriteAllLines(_responseFile, arguments, SchemaToolCommand.Encoding);
        var commandLine = SchemaToolCommand.Of(tool, "compile");
        commandLine.AppendFileNameIfNotNull("@" + _responseFile);
        CommandLine = $"{host} {commandLine}";
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(host, commandLine.ToString())
            {
                UseShellExecute = false,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = SchemaToolCommand.Encoding,
                StandardErrorEncoding = SchemaToolCommand.Encoding,
            },
        };
        _process.ErrorDataReceived += (_, line) => _complaints.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>The command that was started.</summary>
    public string CommandLine { get; }

    /// <summary>Logs what it says until its sources are in place; false where it has ended instead.</summary>
    public bool AwaitSources(TaskLoggingHelper log)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line == Tool.Announcement.SourcesInPlace)
            {
                return true;
            }

            log.LogMessageFromText(line, MessageImportance.Normal);
        }

        return false;
    }

    /// <summary>Lets go of the sources, logs the rest of what it says, and waits for its end; gives its exit code.</summary>
    public int Finish(TaskLoggingHelper log)
    {
        _process.StandardInput.Close();
        while (AwaitSources(log))
        {
        }

        var exitCode = Finish();
        foreach (var line in _complaints)
        {
            log.LogMessageFromText(line, MessageImportance.Normal);
        }

        if (exitCode != 0)
        {
            SchemaToolExit.Report(log, exitCode);
        }

        return exitCode;
    }

    /// <summary>Ends it.</summary>
    public void Cancel()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Waits for its end: where the C# compiler has failed, nobody else does.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.StandardOutput.ReadToEnd();
        Finish();
        _process.Dispose();
        File.Delete(_responseFile);
    }

    private int Finish()
    {
        _process.WaitForExit();
        if (_process.ExitCode == 0)
        {
            File.WriteAllText(_stampFile, "");
        }

        return _process.ExitCode;
    }
}
