namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>The answer to a request that came with an Idempotency-Key.</summary>
internal sealed class StoredAnswer
{
    /// <summary>A hash over the client and the key.</summary>
    public string Id { get; set; } = null!;

    /// <summary>Who asked.</summary>
    public string Client { get; set; } = null!;

    /// <summary>A hash over the request.</summary>
    public string Request { get; set; } = null!;

    /// <summary>The status of the answer.</summary>
    public int Status { get; set; }

    /// <summary>The headers of the answer, a line each; null where the answer was too long to be kept.</summary>
    public string? Headers { get; set; }

    /// <summary>The body of the answer.</summary>
    public byte[]? Body { get; set; }

    /// <summary>When it is forgotten.</summary>
    public DateTime ExpiresAt { get; set; }
}
