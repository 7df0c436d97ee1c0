using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>How long and how many answers are kept for Idempotency-Key; the configuration's section Idempotency changes it.</summary>
internal sealed class IdempotencySettings
{
    public const string Section = "Idempotency";

    /// <summary>How long an answer is given again.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How many answers are kept for one client.</summary>
    public int KeysPerClient { get; set; } = 1000;

    /// <summary>The most bytes of an answer that are kept.</summary>
    public int ResponseBytes { get; set; } = 1024 * 1024;

    /// <exception cref="StartupException">A setting is not above zero.</exception>
    public void Check()
    {
        if (Lifetime <= TimeSpan.Zero || KeysPerClient <= 0 || ResponseBytes <= 0)
        {
            throw new StartupException($"{Section}:{nameof(Lifetime)}, {nameof(KeysPerClient)} and {nameof(ResponseBytes)} must be greater than zero.");
        }
    }
}
