using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Idempotency;

/// <summary>Adds what recognises requests that come twice.</summary>
internal static class IdempotencyExtensions
{
    private const int HashLength = 43;
    private const int ClientLength = 300;

    /// <summary>Adds the services.</summary>
    /// <exception cref="StartupException">The configuration cannot be read.</exception>
    public static void AddIdempotency(this IServiceCollection services, IConfiguration configuration)
    {
        var idempotency = configuration.Read<IdempotencySettings>(IdempotencySettings.Section);
        idempotency.Check();
        services.AddSingleton(idempotency);
        var fingerprints = configuration.Read<FingerprintSettings>(FingerprintSettings.Section);
        fingerprints.Check();
        services.AddSingleton(fingerprints);
        services.AddSingleton<Fingerprints>();
        services.AddHostedService<StoredAnswerCleaner>();
    }

    /// <summary>Adds the table of answers to a model that is complete otherwise.</summary>
    public static void AddIdempotency(this ModelBuilder model) => model.Entity<StoredAnswer>(Configure);

    private static void Configure(EntityTypeBuilder<StoredAnswer> builder)
    {
        builder.ToTable("schemadeploy_idempotency").IsNotAudited();
        builder.HasKey(answer => answer.Id);
        builder.Property(answer => answer.Id).HasColumnName("id").HasMaxLength(HashLength);
        builder.Property(answer => answer.Client).HasColumnName("client").HasMaxLength(ClientLength);
        builder.Property(answer => answer.Request).HasColumnName("request").HasMaxLength(HashLength);
        builder.Property(answer => answer.Status).HasColumnName("status");
        builder.Property(answer => answer.Headers).HasColumnName("headers");
        builder.Property(answer => answer.Body).HasColumnName("body");
        builder.Property(answer => answer.ExpiresAt).HasColumnName("expires_at").HasConversion<UtcDateTimeConverter>();
        builder.HasIndex(answer => answer.Client, "schemadeploy_idempotency_client");
        builder.HasIndex(answer => answer.ExpiresAt, "schemadeploy_idempotency_expiry");
    }
}

/// <summary>Deletes answers that have expired.</summary>
internal sealed class StoredAnswerCleaner(IServiceProvider services, TimeProvider clock, ILogger<StoredAnswerCleaner> logger)
    : ExpiryCleaner(services, clock, logger)
{
    protected override Task DeleteAsync(DbContext database, DateTime now, CancellationToken cancellationToken) =>
        database.Set<StoredAnswer>().Where(answer => answer.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
}
