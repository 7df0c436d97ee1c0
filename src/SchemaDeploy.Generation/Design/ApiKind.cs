namespace SchemaDeploy.Generation.Design;

/// <summary>The ways in which clients can talk to the application.</summary>
public enum ApiKind
{
    /// <summary>Paths of resources, with JSON.</summary>
    Rest,

    /// <summary>GraphQL at /graphql.</summary>
    GraphQL,
}
