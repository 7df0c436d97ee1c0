namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>What was done to a row.</summary>
public enum AuditAction
{
    /// <summary>It was created.</summary>
    Create,

    /// <summary>It was changed.</summary>
    Update,

    /// <summary>It was deleted.</summary>
    Delete,
}
