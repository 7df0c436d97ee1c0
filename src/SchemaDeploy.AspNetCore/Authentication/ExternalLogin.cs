namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>Which user somebody is whom an identity provider knows.</summary>
internal sealed class ExternalLogin
{
    /// <summary>The hash of issuer and subject, which together tell people apart.</summary>
    public required string Id { get; init; }

    /// <summary>The identity provider.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its name for the person.</summary>
    public required string Subject { get; init; }

    /// <summary>The key of the user's row as text.</summary>
    public required string UserId { get; set; }

    /// <summary>The key of a person's row.</summary>
    public static string IdOf(string issuer, string subject) => RefreshToken.HashOf($"{issuer}\n{subject}");
}
