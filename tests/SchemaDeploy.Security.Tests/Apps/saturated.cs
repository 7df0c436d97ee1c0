using System.Diagnostics;

namespace App;

/// <summary>Code of a user's that uses up what the application has.</summary>
public static partial class Api
{
    private static readonly List<byte[]> s_kept = [];

    static partial void Configure(WebApplication app)
    {
        app.MapGet("/computes", static () => ComputeAsync(TimeSpan.FromMilliseconds(200), threads: 8)).AllowAnonymous();
        app.MapGet("/blocks", static () => Thread.Sleep(10)).AllowAnonymous();
        app.MapGet("/leaks", static () => Keep(megabytes: 20)).AllowAnonymous();
    }

    // On threads of its own: that the pool's are used up is another matter.
    private static Task ComputeAsync(TimeSpan time, int threads) =>
        Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(() => Compute(time), TaskCreationOptions.LongRunning)));

    private static void Compute(TimeSpan time)
    {
        for (var begun = Stopwatch.StartNew(); begun.Elapsed < time;)
        {
        }
    }

    private static void Keep(int megabytes)
    {
        var bytes = new byte[megabytes * 1024 * 1024];
        // Memory that nobody has written to is none yet.
        Array.Fill(bytes, (byte)1);
        lock (s_kept)
        {
            s_kept.Add(bytes);
        }
    }
}
