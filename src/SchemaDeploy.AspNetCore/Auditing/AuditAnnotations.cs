using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>Says in the mapping what the audit log keeps. Without a word, every write to a table is recorded, with all fields.</summary>
public static class AuditAnnotations
{
    private const string Log = "SchemaDeploy:AuditLog";
    private const string Name = "SchemaDeploy:AuditedAs";
    private const string Off = "SchemaDeploy:NotAudited";

    /// <summary>The rows are the audit log itself.</summary>
    public static EntityTypeBuilder<TEntity> IsAuditLog<TEntity>(this EntityTypeBuilder<TEntity> entity)
        where TEntity : class => entity.HasAnnotation(Log, true);

    /// <summary>The name that the audit log gives a row, where it is not that of the table.</summary>
    public static EntityTypeBuilder<TEntity> IsAuditedAs<TEntity>(this EntityTypeBuilder<TEntity> entity, string name)
        where TEntity : class => entity.HasAnnotation(Name, name);

    /// <summary>Writes to the table are not recorded.</summary>
    public static EntityTypeBuilder<TEntity> IsNotAudited<TEntity>(this EntityTypeBuilder<TEntity> entity)
        where TEntity : class => entity.HasAnnotation(Off, true);

    /// <summary>The field is left out of old and new values, as secrets are.</summary>
    public static PropertyBuilder<TProperty> IsNotAudited<TProperty>(this PropertyBuilder<TProperty> property) =>
        property.HasAnnotation(Off, true);

    internal static bool IsAuditLog(this IReadOnlyAnnotatable entity) => entity.FindAnnotation(Log) is not null;

    internal static string? FindAuditName(this IReadOnlyAnnotatable entity) => entity.FindAnnotation(Name)?.Value as string;

    internal static bool IsNotAudited(this IReadOnlyAnnotatable model) => model.FindAnnotation(Off) is not null;
}
