using Microsoft.AspNetCore.Builder;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>What an endpoint says about requests that come twice.</summary>
internal enum RepeatPolicy
{
    /// <summary>The same may come as often as the client likes, and no answer is kept.</summary>
    Allowed,

    /// <summary>A unique key refuses the second one in any case, and with a better answer.</summary>
    RefusedByKey,

    /// <summary>The endpoint knows only from the body whether the request changes anything, and sees to it itself.</summary>
    Judged,
}

/// <summary>Says what endpoints do with requests that come twice.</summary>
public static class RepeatPolicyExtensions
{
    /// <summary>
    /// The same request may come again at once, and the header Idempotency-Key has no meaning: for endpoints that change
    /// nothing, or whose answers nobody is to keep.
    /// </summary>
    public static TBuilder AllowRepeats<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.With(RepeatPolicy.Allowed);

    /// <summary>A unique key of the database refuses what comes a second time, and says why.</summary>
    public static TBuilder HasUniqueRows<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.With(RepeatPolicy.RefusedByKey);

    /// <summary>The endpoint itself watches for writes that come twice.</summary>
    internal static TBuilder JudgeRepeats<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.With(RepeatPolicy.Judged);

    private static TBuilder With<TBuilder>(this TBuilder endpoints, RepeatPolicy policy)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new RepeatMetadata(policy));
}

/// <summary>An endpoint's policy.</summary>
internal sealed record RepeatMetadata(RepeatPolicy Policy);

/// <summary>A feature of requests whose answer tells of a failure although its status does not.</summary>
internal sealed class FailedAnswer;
