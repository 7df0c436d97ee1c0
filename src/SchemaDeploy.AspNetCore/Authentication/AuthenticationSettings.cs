using Microsoft.Extensions.Configuration;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>How users sign in; the configuration's section Auth changes it.</summary>
internal sealed class AuthenticationSettings
{
    public const string Section = "Auth";

    /// <summary>Who issues the tokens; the application's name where nothing is set.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Whom the tokens are for; the application's name where nothing is set.</summary>
    public string Audience { get; set; } = "";

    /// <summary>An identity provider (OpenID Connect) whose tokens are taken beside the application's own.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The claim of the provider's tokens that holds the e-mail.</summary>
    public string EmailClaim { get; set; } = "email";

    /// <summary>Whether the provider must say that the e-mail is the person's (<c>email_verified</c>).</summary>
    public bool RequireVerifiedEmail { get; set; } = true;

    /// <summary>The claim of the provider's tokens that holds the role; without one the role is the user's here.</summary>
    public string RoleClaim { get; set; } = "";

    /// <summary>How long an access token is good.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token is good; each refresh gives a new one.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long a session can be refreshed before its user has to give the password again.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long what the database says of a session and its user is taken to be so still.</summary>
    public TimeSpan SessionCheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The fewest characters of a password.</summary>
    public int PasswordLength { get; set; } = 8;

    /// <summary>The rounds of PBKDF2 with SHA-512 that a password is hashed with.</summary>
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>When repeated failures lock an account or an address out.</summary>
    public LockOutSettings LockOut { get; set; } = new();

    /// <summary>What people know the identity provider by, its host; null where there is none.</summary>
    public string? Provider => Authority.Length == 0 ? null : new Uri(Authority).Authority;

    /// <summary>The section of <paramref name="configuration"/>, with what is absent filled in.</summary>
    /// <exception cref="StartupException">A value makes no sense, or a name is no setting.</exception>
    public static AuthenticationSettings From(IConfiguration configuration, string title)
    {
        var settings = configuration.Read<AuthenticationSettings>(Section);
        settings.Issuer = settings.Issuer is { Length: > 0 } issuer ? issuer : title;
        settings.Audience = settings.Audience is { Length: > 0 } audience ? audience : title;
        Require(
            settings.Authority.Length == 0 || (Uri.TryCreate(settings.Authority, UriKind.Absolute, out var authority) && authority.Scheme is "https" or "http"),
            nameof(Authority), "the address of an identity provider, such as https://login.example.com/realm");
        Require(settings.Authority.Length == 0 || settings.Authority != settings.Issuer, nameof(Issuer), "another name than the identity provider's");
        Require(settings.EmailClaim.Length > 0, nameof(EmailClaim), "the name of a claim");
        Require(settings.AccessTokenLifetime > TimeSpan.Zero, nameof(AccessTokenLifetime), "longer than 0, such as 00:15:00");
        Require(settings.RefreshTokenLifetime > TimeSpan.Zero, nameof(RefreshTokenLifetime), "longer than 0, such as 14.00:00:00");
        Require(settings.SessionLifetime > TimeSpan.Zero, nameof(SessionLifetime), "longer than 0, such as 90.00:00:00");
        Require(settings.SessionCheckInterval >= TimeSpan.Zero, nameof(SessionCheckInterval), "0 or longer, such as 00:00:01");
        Require(settings.PasswordLength is > 0 and <= PasswordPolicy.MaximumLength, nameof(PasswordLength), $"from 1 to {PasswordPolicy.MaximumLength}");
        Require(settings.PasswordIterations >= 1000, nameof(PasswordIterations), "at least 1000");
        Require(settings.LockOut.AccountFailures > 0, "LockOut:AccountFailures", "at least 1");
        Require(settings.LockOut.AddressFailures > 0, "LockOut:AddressFailures", "at least 1");
        Require(settings.LockOut.Duration > TimeSpan.Zero, "LockOut:Duration", "longer than 0, such as 00:15:00");
        return settings;
    }

    private static void Require(bool holds, string name, string what)
    {
        if (!holds)
        {
            throw new StartupException($"Auth:{name} must be {what}.");
        }
    }
}

/// <summary>When repeated failures lock an account or an address out.</summary>
internal sealed class LockOutSettings
{
    /// <summary>How many wrong passwords for one e-mail lock it.</summary>
    public int AccountFailures { get; set; } = 5;

    /// <summary>How many wrong passwords from one address lock it, whatever the e-mails.</summary>
    public int AddressFailures { get; set; } = 50;

    /// <summary>How long failures count, and how long the lock holds.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromMinutes(15);
}
