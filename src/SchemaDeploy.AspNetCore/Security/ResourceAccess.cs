namespace SchemaDeploy.AspNetCore.Security;

/// <summary>Who may do what with the rows of a resource.</summary>
public sealed record ResourceAccess
{
    /// <summary>Who may do everything.</summary>
    /// <param name="all">Whoever that is.</param>
    public static ResourceAccess Of(Grant all) => new() { Read = all, Create = all, Update = all, Delete = all };

    /// <summary>Who may read rows.</summary>
    public required Grant Read { get; init; }

    /// <summary>Who may create rows; where an owner may, they become the owner's own.</summary>
    public Grant Create { get; init; } = Grant.None;

    /// <summary>Who may change rows.</summary>
    public Grant Update { get; init; } = Grant.None;

    /// <summary>Who may delete rows.</summary>
    public Grant Delete { get; init; } = Grant.None;
}
