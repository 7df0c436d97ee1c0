namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>Turns what was recorded of a write into a row of the application's audit log.</summary>
public interface IAuditMapper
{
    /// <summary>A new row of the audit log, an entity whose mapping says <see cref="AuditAnnotations.IsAuditLog"/>.</summary>
    object ToEntity(AuditRecord record);
}
