namespace SchemaDeploy.AspNetCore.GraphQL;

/// <summary>What the fields of one request share.</summary>
internal sealed class RequestState : Dictionary<string, object?>
{
    /// <summary>The loaders by what they load.</summary>
    public Dictionary<object, object> Loaders { get; } = [];

    /// <summary>What a subscription that has begun is to tell of; null for other requests.</summary>
    public SubscribedRows? Subscribed { get; set; }
}
