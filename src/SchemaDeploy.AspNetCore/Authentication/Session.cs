namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>
/// One sign-in of a user, which lasts as long as its row: signing out, a new password and a refresh token that comes a
/// second time delete it.
/// </summary>
internal sealed class Session
{
    /// <summary>What access tokens carry as sid.</summary>
    public required string Id { get; init; }

    /// <summary>The key of the user's row as text.</summary>
    public required string UserId { get; init; }

    /// <summary>The hash of the part that all refresh tokens of the session have in common, and nothing else shows.</summary>
    public required string Family { get; init; }

    /// <summary>The hash of the part that only the latest refresh token has.</summary>
    public required string Secret { get; set; }

    /// <summary>What the password's hash was: with another, the session is somebody else's or out of date.</summary>
    public required string Stamp { get; set; }

    /// <summary>When the user signed in.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When the session can be refreshed no more.</summary>
    public required DateTime ExpiresAt { get; set; }
}
