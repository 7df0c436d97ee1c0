using System.Collections.Concurrent;

namespace SchemaDeploy.AspNetCore.State;

/// <summary>State of this process alone.</summary>
internal sealed class ProcessState : ISharedState, IDisposable
{
    /// <summary>
    /// How often what has expired is removed. A bucket expires as soon as it is full, so that clients who ask once
    /// leave nothing behind, be they many.
    /// </summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer _sweeper;

    public ProcessState(TimeProvider clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
        _sweeper = clock.CreateTimer(static state => ((ProcessState)state!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>How many counters, marks and buckets there are.</summary>
    public int Count => _entries.Count;

    // Monotonic: setting the machine's clock neither frees nor locks anybody.
    private long Now => _clock.GetElapsedTime(_start).Ticks;

    public ValueTask<Counter> IncrementAsync(string key, TimeSpan life)
    {
        using var held = Hold(key);
        var (entry, now) = (held.Entry, Now);
        if (entry.Expires <= now)
        {
            (entry.Value, entry.Expires) = (0, now + life.Ticks);
        }

        return new(new Counter(++entry.Value, new TimeSpan(entry.Expires - now)));
    }

    public ValueTask<Counter> GetCounterAsync(string key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            lock (entry)
            {
                var remaining = entry.Expires - Now;
                if (remaining > 0)
                {
                    return new(new Counter(entry.Value, new TimeSpan(remaining)));
                }
            }
        }

        return default;
    }

    public ValueTask<bool> AddAsync(string key, TimeSpan life)
    {
        using var held = Hold(key);
        var (entry, now) = (held.Entry, Now);
        if (entry.Expires > now)
        {
            return new(false);
        }

        entry.Expires = now + life.Ticks;
        return new(true);
    }

    public ValueTask ExpireAsync(string key, TimeSpan life)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            lock (entry)
            {
                var now = Now;
                if (entry.Expires > now)
                {
                    entry.Expires = now + life.Ticks;
                }
            }
        }

        return default;
    }

    public ValueTask RemoveAsync(string key)
    {
        if (_entries.TryRemove(key, out var entry))
        {
            lock (entry)
            {
                entry.IsRemoved = true;
            }
        }

        return default;
    }

    public ValueTask<TokenGrant> TakeAsync(string key, TokenBucket bucket)
    {
        using var held = Hold(key);
        var (entry, now) = (held.Entry, Now);
        var full = Math.Max(entry.Expires, now) + bucket.Interval.Ticks;
        if (full - now > bucket.Interval.Ticks * bucket.Capacity)
        {
            return new(bucket.Grant(false, new TimeSpan(entry.Expires - now)));
        }

        entry.Expires = full;
        return new(bucket.Grant(true, new TimeSpan(full - now)));
    }

    public void Dispose() => _sweeper.Dispose();

    /// <summary>Removes what has expired.</summary>
    internal void Sweep()
    {
        var now = Now;
        foreach (var (key, entry) in _entries)
        {
            lock (entry)
            {
                if (entry.Expires <= now && _entries.TryRemove(new KeyValuePair<string, Entry>(key, entry)))
                {
                    entry.IsRemoved = true;
                }
            }
        }
    }

    private Held Hold(string key)
    {
        while (true)
        {
            var held = new Held(_entries.GetOrAdd(key, static _ => new Entry()));
            if (!held.Entry.IsRemoved)
            {
                return held;
            }

            // Removed while this waited for the lock.
            held.Dispose();
        }
    }

    /// <summary>A counter, a mark or a bucket: what has expired is the same as what was never there.</summary>
    private sealed class Entry
    {
        public long Value { get; set; }

        public long Expires { get; set; }

        public bool IsRemoved { get; set; }
    }

    /// <summary>An entry under its lock. Callers with different keys never wait for each other.</summary>
    private readonly ref struct Held
    {
        public Held(Entry entry)
        {
            Entry = entry;
            Monitor.Enter(entry);
        }

        public Entry Entry { get; }

        public void Dispose() => Monitor.Exit(Entry);
    }
}
