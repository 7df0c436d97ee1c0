using Microsoft.Extensions.Caching.Memory;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// What the database said a moment ago of the sessions in use. Changes that this process makes count at once, those of
/// other replicas when <see cref="AuthenticationSettings.SessionCheckInterval"/> has passed.
/// </summary>
internal sealed class SessionCache(AuthenticationSettings settings) : IDisposable
{
    private const int MaximumSessions = 10_000;

    private readonly MemoryCache _accounts = new(new MemoryCacheOptions { SizeLimit = MaximumSessions });
    private long _version;

    /// <summary>The account of a session; null where the session does not let it in.</summary>
    public async ValueTask<Account?> GetAsync(string user, string session, Func<Task<Account?>> read)
    {
        if (_accounts.TryGetValue((user, session), out Account? known))
        {
            return known;
        }

        var version = Interlocked.Read(ref _version);
        var account = await read();
        if (account is not null && settings.SessionCheckInterval > TimeSpan.Zero && version == Interlocked.Read(ref _version))
        {
            _accounts.Set((user, session), account, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = settings.SessionCheckInterval });
        }

        return account;
    }

    /// <summary>Forgets everything: somebody's rights may have changed.</summary>
    public void Clear()
    {
        Interlocked.Increment(ref _version);
        _accounts.Clear();
    }

    public void Dispose() => _accounts.Dispose();
}
