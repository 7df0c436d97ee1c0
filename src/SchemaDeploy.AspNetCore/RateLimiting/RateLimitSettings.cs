using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.RateLimiting;

/// <summary>How often clients may ask; the configuration's section RateLimits changes it.</summary>
internal sealed class RateLimitSettings
{
    public const string Section = "RateLimits";

    /// <summary>Whether there are limits at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>For each user who has signed in.</summary>
    public RateLimit User { get; set; } = new() { Requests = 600 };

    /// <summary>For each address from which nobody has signed in.</summary>
    public RateLimit Anonymous { get; set; } = new() { Requests = 120 };

    /// <summary>For each address, of requests that register, sign in or change a password: whoever guesses is to be slow.</summary>
    public RateLimit Authentication { get; set; } = new() { Requests = 20 };

    /// <exception cref="StartupException">A limit is none.</exception>
    public void Check()
    {
        User.ToBucket(nameof(User));
        Anonymous.ToBucket(nameof(Anonymous));
        Authentication.ToBucket(nameof(Authentication));
    }
}

/// <summary>So many requests in a period, on average and at once.</summary>
internal sealed class RateLimit
{
    /// <summary>How many requests a period allows.</summary>
    public int Requests { get; set; }

    /// <summary>The period.</summary>
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests may come at once after a pause; as many as in a period unless set.</summary>
    public int? Burst { get; set; }

    /// <summary>The bucket that a client takes tokens out of.</summary>
    /// <param name="name">The limit's name, for the operator.</param>
    /// <exception cref="StartupException">A number is not above zero, or the limit is none.</exception>
    public TokenBucket ToBucket(string name) => Requests > 0 && Period >= TimeSpan.FromMicroseconds(Requests) && Burst is null or > 0
        ? new TokenBucket(Burst ?? Requests, Period / Requests)
        : throw new StartupException($"{RateLimitSettings.Section}:{name} needs Requests and Burst of 1 or more, and no more than one request in a microsecond of its Period.");
}
