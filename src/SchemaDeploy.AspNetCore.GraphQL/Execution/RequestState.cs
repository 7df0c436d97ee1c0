namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What the fields of one request share.</summary>
internal sealed class RequestState : Dictionary<string, object?>
{
    /// <summary>The loaders by what they load.</summary>
    public Dictionary<object, object> Loaders { get; } = [];
}
