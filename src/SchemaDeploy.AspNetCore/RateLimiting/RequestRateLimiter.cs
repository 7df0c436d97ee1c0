using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.State;

namespace SchemaDeploy.AspNetCore.RateLimiting;

/// <summary>
/// Limits users, and addresses from which nobody has signed in, by buckets in the shared state. It stands in place of
/// the framework's partitions, which take a lock for all clients and keep an object for each.
/// </summary>
internal sealed partial class RequestRateLimiter(ISharedState state, RateLimitSettings settings, ILogger<RequestRateLimiter> logger)
    : PartitionedRateLimiter<HttpContext>
{
    private static readonly Lease s_granted = new(null);

    private readonly Tier _users = new(settings.User.ToBucket(nameof(settings.User)), "rate:user:");
    private readonly Tier _addresses = new(settings.Anonymous.ToBucket(nameof(settings.Anonymous)), "rate:address:");
    private readonly Tier _authentication = new(settings.Authentication.ToBucket(nameof(settings.Authentication)), "rate:auth:");
    private int _hasWarned;

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    // The state may be in Redis, so there is no answer at once; the middleware goes on to ask for one to wait for.
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) => Lease.Unanswered;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        var user = resource.RequestServices.GetRequiredService<Caller>().Id;
        var isStrict = resource.GetEndpoint()?.Metadata.GetMetadata<StrictRateLimit>() is not null;
        var tier = isStrict ? _authentication : user is null ? _addresses : _users;
        var client = isStrict || user is null ? ClientAddress.GroupOf(resource.Connection.RemoteIpAddress) : user;
        var grant = await state.TakeAsync(tier.Prefix + client, tier.Bucket);

        var headers = resource.Response.Headers;
        headers["RateLimit-Limit"] = tier.Capacity;
        headers["RateLimit-Remaining"] = grant.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((long)Math.Ceiling(grant.UntilFull.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (grant.IsGranted)
        {
            return s_granted;
        }

        if (tier != _users)
        {
            WarnOfProxy(resource);
        }

        return new Lease(grant.RetryAfter);
    }

    // Behind a proxy that is not trusted all clients have its address, and are refused for each other's requests.
    private void WarnOfProxy(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey("X-Forwarded-For") && Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            LogProxy(logger, context.Connection.RemoteIpAddress?.ToString() ?? "a local socket", TrustedProxies.Setting);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A rate limit was reached by {Address}, which forwards for others: if it is your proxy, name it in {Setting}")]
    private static partial void LogProxy(ILogger logger, string address, string setting);

    private sealed record Tier(TokenBucket Bucket, string Prefix)
    {
        public string Capacity { get; } = Bucket.Capacity.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Leave to go on, or when to ask again.</summary>
    private sealed class Lease(TimeSpan? retryAfter) : RateLimitLease
    {
        public static Lease Unanswered { get; } = new(TimeSpan.Zero);

        public override bool IsAcquired => retryAfter is null;

        public override IEnumerable<string> MetadataNames => retryAfter is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? retryAfter : null;
            return metadata is not null;
        }
    }
}
