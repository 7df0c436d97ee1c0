using System.Diagnostics;

namespace BuildBenchmark;

/// <summary>A finished process: how long it took and how much memory it needed at most.</summary>
internal sealed record Measured(double Seconds, double PeakMegabytes)
{
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
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        var reader = process.StandardOutput.ReadToEndAsync();
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
            ? new Measured(seconds, peak / 1048576.0)
            : throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} failed:\n{reader.Result}{error.Result}");
    }

    /// <summary>The median of several runs of two commands in turns, so that a slow spell of the machine hits both.</summary>
    public static (Measured Ours, Measured Theirs, double Lowest, double Highest) InTurns(int runs, Func<int, Measured> ours, Func<int, Measured> theirs)
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

        var ratios = a.Zip(b, (x, y) => x.Seconds / y.Seconds).ToList();
        return (Median(a), Median(b), ratios.Min(), ratios.Max());
    }

    private static Measured Median(List<Measured> runs) => runs.OrderBy(run => run.Seconds).ElementAt(runs.Count / 2);
}
