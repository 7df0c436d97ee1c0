using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace BuildBenchmark;

/// <summary>
/// A finished process: how long it took, until it said that its sources are in place (until its end where it says nothing of the
/// kind) and altogether, how much time of processors, and how much memory at most.
/// </summary>
internal sealed record Measured(double SecondsToSources, double Seconds, double ProcessorSeconds, double PeakMegabytes)
{
    private const int Children = -1;

    /// <summary>Runs a command to its end.</summary>
    public static Measured Run(string directory, string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A node or compiler server left over would do the next run's work.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        var before = ProcessorSecondsOfChildren();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var (peak, secondsToSources) = (0L, 0.0);
        var text = new StringBuilder();
        process.OutputDataReceived += (_, line) =>
        {
            secondsToSources = line.Data == SchemaDeploy.Tool.Announcement.SourcesInPlace ? clock.Elapsed.TotalSeconds : secondsToSources;
            text.AppendLine(line.Data);
        };
        process.BeginOutputReadLine();
        while (!process.WaitForExit(20))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                break;
            }
        }

        process.WaitForExit();
        var seconds = clock.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? new Measured(secondsToSources > 0 ? secondsToSources : seconds, seconds, ProcessorSecondsOfChildren() - before, peak / 1048576.0)
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} failed:\n{text}{error.Result}");
    }

    /// <summary>Runs two commands in turns, so that a slow spell of the machine hits both.</summary>
    public static Comparison InTurns(int runs, Func<int, Measured> ours, Func<int, Measured> theirs)
    {
        var (a, b) = (new List<Measured>(), new List<Measured>());
        for (var i = 0; i <= runs; i++)
        {
            var (first, second) = (ours(i), theirs(i));
            // The first pair warms the disk cache.
            if (i > 0)
            {
                a.Add(first);
                b.Add(second);
            }
        }

        return new Comparison(a, b);
    }

    // Of children that have ended, and of theirs; the runtime waits for each.
    private static double ProcessorSecondsOfChildren() =>
        getrusage(Children, out var usage) == 0
            ? usage.UserSeconds + usage.SystemSeconds + ((usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6)
            : throw new InvalidOperationException("The system does not say how much time of processors its children took.");

    [DllImport("libc")]
    private static extern int getrusage(int who, out ResourceUsage usage);

    // The first members of the system's structure, and its size.
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    private struct ResourceUsage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
