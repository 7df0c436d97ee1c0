namespace SchemaDeploy.Security.Tests.Apps;

/// <summary>Settings of the application's limits.</summary>
internal static class Limits
{
    /// <summary>No limit on how often anybody may ask, and no request taken for a repeated one.</summary>
    public static (string Name, string Value)[] None =>
        [("RateLimits__Enabled", "false"), ("Fingerprints__Enabled", "false"), ("Auth__LockOut__AddressFailures", "1000000")];
}
