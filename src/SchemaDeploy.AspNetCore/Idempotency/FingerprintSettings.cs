using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>How long the same request is taken for a mistake; the configuration's section Fingerprints changes it.</summary>
internal sealed class FingerprintSettings
{
    public const string Section = "Fingerprints";

    /// <summary>Whether the same request is recognised at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long after a success the same POST is refused.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a request that is never answered, because the server died over it, stands in the way of the same one.</summary>
    public TimeSpan LongestRequest { get; set; } = TimeSpan.FromSeconds(10);

    /// <exception cref="StartupException">A time is not above zero.</exception>
    public void Check()
    {
        if (Window <= TimeSpan.Zero || LongestRequest <= TimeSpan.Zero)
        {
            throw new StartupException($"{Section}:{nameof(Window)} and {Section}:{nameof(LongestRequest)} must be greater than zero; {Section}:{nameof(Enabled)}=false turns them off.");
        }
    }
}
