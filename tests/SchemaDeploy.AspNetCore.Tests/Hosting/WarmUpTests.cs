using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Hosting;

/// <summary>What is done beside the start. Memory is the process's, so nothing else runs meanwhile.</summary>
[Collection("alone")]
public sealed class WarmUpTests
{
    [Fact]
    public async Task The_memory_that_the_start_needed_is_given_back_when_it_is_over()
    {
        var clock = new FakeTimeProvider();
        await using var app = new RunningApp { Configure = builder => builder.Services.AddSingleton<TimeProvider>(clock) };
        await app.InitializeAsync();
        var garbage = LeaveGarbage();
        await Task.Delay(TimeSpan.FromSeconds(0.5), TestContext.Current.CancellationToken);
        Assert.True(garbage.IsAlive);

        for (var attempt = 0; garbage.IsAlive && attempt < 100; attempt++)
        {
            clock.Advance(WarmUp<AppDbContext>.Settled);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        Assert.False(garbage.IsAlive);
    }

    // Of a size that is looked at only where all generations are.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LeaveGarbage() => new(new byte[1_000_000]);
}
