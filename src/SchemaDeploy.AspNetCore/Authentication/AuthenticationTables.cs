using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Authentication;

/// <summary>The tables that authentication keeps beside the schema's.</summary>
public static class AuthenticationTables
{
    private const string Accounts = "SchemaDeploy:Accounts";
    private const int KeyLength = 255;
    private const int HashLength = 255;
    private const int TokenLength = 43;

    /// <summary>The rows of the entity say who may sign in.</summary>
    /// <param name="builder">The entity.</param>
    /// <param name="needsOtherRows">Whether they refer to rows that have to be there first, so that the first administrator is the library's own.</param>
    public static EntityTypeBuilder<TEntity> HasAccounts<TEntity>(this EntityTypeBuilder<TEntity> builder, bool needsOtherRows = false)
        where TEntity : class
    {
        builder.HasAnnotation(Accounts, needsOtherRows);
        return builder;
    }

    /// <summary>An e-mail that users sign in with: upper and lower case are the same.</summary>
    public static PropertyBuilder<TProperty> IsEmail<TProperty>(this PropertyBuilder<TProperty> property) => property.HasConversion<EmailConverter>();

    /// <summary>Whether the rows of <paramref name="type"/> say who may sign in.</summary>
    internal static bool IsAccounts(this IReadOnlyEntityType type) => type.FindAnnotation(Accounts) is not null;

    /// <summary>Adds the tables to a model that is complete otherwise.</summary>
    internal static void AddAuthentication(this ModelBuilder model)
    {
        if (model.Model.GetEntityTypes().All(type => type.FindAnnotation(Accounts)?.Value is null or true))
        {
            model.Entity<OwnUser>(Configure);
        }

        model.Entity<AccountExtra>(Configure);
        model.Entity<Session>(Configure);
        model.Entity<ExternalLogin>(Configure);
    }

    private static void Configure(EntityTypeBuilder<OwnUser> builder)
    {
        builder.ToTable("schemadeploy_users").HasAccounts().IsAuditedAs("user");
        builder.Property(user => user.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(user => user.Email).HasColumnName("email").HasMaxLength(PasswordPolicy.MaximumEmailLength).IsEmail();
        builder.Property(user => user.PasswordHash).HasColumnName("password_hash").HasMaxLength(HashLength).IsNotAudited();
        builder.Property(user => user.Role).HasColumnName("role").HasMaxLength(50);
        builder.Property(user => user.Status).HasColumnName("status").HasMaxLength(50);
        builder.Property(user => user.CreatedAt).HasColumnName("created_at").HasConversion<UtcDateTimeConverter>().HasNowOnCreate();
        builder.HasIndex(user => user.Email, "schemadeploy_users_email").IsUnique();
    }

    private static void Configure(EntityTypeBuilder<AccountExtra> builder)
    {
        builder.ToTable("schemadeploy_accounts").HasAccounts().IsAuditedAs("account");
        builder.HasKey(extra => extra.UserId);
        builder.Property(extra => extra.UserId).HasColumnName("user_id").HasMaxLength(KeyLength);
        builder.Property(extra => extra.PasswordHash).HasColumnName("password_hash").HasMaxLength(HashLength).IsNotAudited();
        builder.Property(extra => extra.Role).HasColumnName("role").HasMaxLength(50);
    }

    private static void Configure(EntityTypeBuilder<ExternalLogin> builder)
    {
        builder.ToTable("schemadeploy_logins").IsAuditedAs("login");
        builder.HasKey(login => login.Id);
        builder.Property(login => login.Id).HasColumnName("id").HasMaxLength(TokenLength);
        builder.Property(login => login.Issuer).HasColumnName("issuer").HasMaxLength(KeyLength);
        builder.Property(login => login.Subject).HasColumnName("subject").HasMaxLength(KeyLength);
        builder.Property(login => login.UserId).HasColumnName("user_id").HasMaxLength(KeyLength);
        builder.HasIndex(login => login.UserId, "schemadeploy_logins_user");
    }

    private static void Configure(EntityTypeBuilder<Session> builder)
    {
        // Who signs in changes nothing of anybody's.
        builder.ToTable("schemadeploy_sessions").IsNotAudited();
        builder.HasKey(session => session.Id);
        builder.Property(session => session.Id).HasColumnName("id").HasMaxLength(TokenLength);
        builder.Property(session => session.UserId).HasColumnName("user_id").HasMaxLength(KeyLength);
        builder.Property(session => session.Family).HasColumnName("family").HasMaxLength(TokenLength);
        // Of two refreshes at the same time, the second finds another secret and fails.
        builder.Property(session => session.Secret).HasColumnName("secret").HasMaxLength(TokenLength).IsConcurrencyToken();
        builder.Property(session => session.Stamp).HasColumnName("stamp").HasMaxLength(TokenLength);
        builder.Property(session => session.CreatedAt).HasColumnName("created_at").HasConversion<UtcDateTimeConverter>();
        builder.Property(session => session.ExpiresAt).HasColumnName("expires_at").HasConversion<UtcDateTimeConverter>();
        builder.HasIndex(session => session.Family, "schemadeploy_sessions_family").IsUnique();
        builder.HasIndex(session => session.UserId, "schemadeploy_sessions_user");
        builder.HasIndex(session => session.ExpiresAt, "schemadeploy_sessions_expiry");
    }
}
