using System.Collections.Frozen;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Problems;

/// <summary>
/// A request that cannot be carried out as it stands. The pipeline answers it as a ProblemDetails (RFC 9457) with
/// <see cref="Status"/>; hooks and own endpoints may throw it too.
/// </summary>
public sealed class ApiException : Exception
{
    /// <summary>A problem answered with <paramref name="status"/>.</summary>
    /// <param name="status">The HTTP status code, 400 to 599.</param>
    /// <param name="detail">What is wrong and what to do, for the client's developer.</param>
    public ApiException(int status, string detail)
        : this(status, detail, FrozenDictionary<string, string[]>.Empty)
    {
    }

    /// <summary>A problem with messages for single fields.</summary>
    /// <param name="status">The HTTP status code, 400 to 599.</param>
    /// <param name="detail">What is wrong and what to do, for the client's developer.</param>
    /// <param name="errors">Messages by JSON field name.</param>
    public ApiException(int status, string detail, IReadOnlyDictionary<string, string[]> errors)
        : base(detail)
    {
        Status = status;
        Errors = errors;
    }

    /// <summary>The HTTP status code.</summary>
    public int Status { get; }

    /// <summary>Messages by JSON field name; empty where no single field is to blame.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>When trying again may succeed; sent as Retry-After.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What the refusal is counted as; null where it is not counted.</summary>
    internal RefusalReason? Reason { get; init; }
}
