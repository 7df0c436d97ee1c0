namespace SchemaDeploy.Generation.Design;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>GET of a page of rows.</summary>
    List,

    /// <summary>POST of one row.</summary>
    Create,

    /// <summary>POST of several rows.</summary>
    CreateBatch,

    /// <summary>GET of one row.</summary>
    Get,

    /// <summary>PUT of one row.</summary>
    Replace,

    /// <summary>PATCH of one row.</summary>
    Update,

    /// <summary>DELETE of one row.</summary>
    Delete,

    /// <summary>GET of a page of the rows that refer to one.</summary>
    ListNested,
}

/// <summary>An operation of the API.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Id">Its operationId, unique in the document.</param>
/// <param name="Method">The HTTP method in capitals.</param>
/// <param name="Path">The path with its parameters, from the root: <c>/api/items/{id}</c>.</param>
/// <param name="Summary">What it does in a few words.</param>
public sealed record Operation(OperationKind Kind, string Id, string Method, string Path, string Summary);
