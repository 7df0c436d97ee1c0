using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using SchemaDeploy.AspNetCore.Monitoring;
using SchemaDeploy.AspNetCore.Problems;

namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>Hands changes of rows to those who listen in this process, and to the relay for those at others.</summary>
internal sealed class ChangeFeed(GraphQLSettings settings)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, ImmutableArray<ChangeListener>> _listeners = [];
    private readonly ConcurrentDictionary<Type, long> _heardElsewhere = [];
    private int _count;
    private long _heardElsewhereUntil;

    /// <summary>What passes changes on to other processes; null where there are none.</summary>
    public Action<RowChange>? Relay { get; set; }

    /// <summary>Whether anybody listens to anything: what every write asks first.</summary>
    public bool IsHeard => Volatile.Read(ref _count) > 0 || Environment.TickCount64 < Volatile.Read(ref _heardElsewhereUntil);

    /// <summary>The types of the rows that somebody listens to in this process.</summary>
    public IEnumerable<Type> Heard => _listeners.Where(listeners => listeners.Value.Length > 0).Select(listeners => listeners.Key);

    /// <summary>Whether anybody listens to changes of rows of <paramref name="entity"/>.</summary>
    public bool Hears(Type entity) => IsHeardElsewhere(entity) || (_listeners.TryGetValue(entity, out var listeners) && listeners.Length > 0);

    /// <summary>Somebody listens at another process, which says so again within <paramref name="time"/> while that is so.</summary>
    public void HearElsewhere(Type entity, TimeSpan time)
    {
        var until = Environment.TickCount64 + (long)time.TotalMilliseconds;
        _heardElsewhere[entity] = until;
        Volatile.Write(ref _heardElsewhereUntil, until);
    }

    /// <summary>Begins to listen, for a user or whoever is at an address.</summary>
    /// <exception cref="ApiException">429: the client has as many subscriptions as it may have.</exception>
    public ChangeListener Listen(Type entity, string client)
    {
        lock (_lock)
        {
            var count = _clients.GetValueOrDefault(client);
            if (count >= settings.MaximumSubscriptions)
            {
                throw new ApiException(429, $"You have {settings.MaximumSubscriptions} subscriptions open, which is the most.") { Reason = RefusalReason.RateLimit };
            }

            var listener = new ChangeListener(settings.MaximumQueuedChanges, left => Leave(entity, client, left));
            _clients[client] = count + 1;
            _listeners[entity] = _listeners.GetValueOrDefault(entity, []).Add(listener);
            Interlocked.Increment(ref _count);
            Instruments.Subscriptions.Add(1);
            return listener;
        }
    }

    /// <summary>A change was made by this process.</summary>
    public void Publish(RowChange change)
    {
        Hand(change);
        if (IsHeardElsewhere(change.Entity))
        {
            Relay?.Invoke(change);
        }
    }

    /// <summary>Hands a change to all who listen here to such rows. It never waits: who does not keep up is cut off.</summary>
    public void Hand(RowChange change)
    {
        foreach (var listener in _listeners.GetValueOrDefault(change.Entity, []))
        {
            listener.Hand(change);
        }
    }

    private bool IsHeardElsewhere(Type entity) => _heardElsewhere.TryGetValue(entity, out var until) && Environment.TickCount64 < until;

    private void Leave(Type entity, string client, ChangeListener listener)
    {
        lock (_lock)
        {
            Interlocked.Decrement(ref _count);
            Instruments.Subscriptions.Add(-1);
            _listeners[entity] = _listeners[entity].Remove(listener);
            if (--_clients[client] == 0)
            {
                _clients.Remove(client);
            }
        }
    }
}

/// <summary>Changes that wait for one subscriber.</summary>
internal sealed class ChangeListener(int capacity, Action<ChangeListener> leave) : IDisposable
{
    private readonly Channel<RowChange> _changes = Channel.CreateBounded<RowChange>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private Action<ChangeListener>? _leave = leave;

    /// <summary>What is to be told; behind it comes a <see cref="ListenerTooSlowException"/> where more has happened than fits.</summary>
    public ChannelReader<RowChange> Changes => _changes.Reader;

    public void Hand(RowChange change)
    {
        if (!_changes.Writer.TryWrite(change))
        {
            _changes.Writer.TryComplete(new ListenerTooSlowException());
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke(this);
}

/// <summary>More changes were made than a subscriber has taken.</summary>
internal sealed class ListenerTooSlowException : Exception;
