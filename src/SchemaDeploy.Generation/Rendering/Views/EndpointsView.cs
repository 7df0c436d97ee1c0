using SchemaDeploy.Generation.Design;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of a resource's routes prints.</summary>
internal sealed class EndpointsView(ApiModel api, Resource resource) : ResourceView(api, resource)
{
    public string HandlersType => IsWritable
        ? $"ResourceEndpoints<{Service}, {Entity}, {KeyType}, {Create}, {Update}, {Response}>"
        : HasKey ? $"KeyedEndpoints<{Service}, {Entity}, {KeyType}, {Response}>" : $"ReadEndpoints<{Service}, {Entity}, {Response}>";

    public bool HasUniqueRows => Resource.HasUniqueRows && IsWritable;

    public string RouteLiteral => Quote("/" + EscapeBraces(Resource.Names.Route));

    public string TagLiteral => Quote(Resource.Names.Plural);

    public string KeyFromRequest => Resource.Key is not { } key ? "" : key.IsComposite
        ? $"({string.Join(", ", key.Properties.Select(FromRequest))})"
        : FromRequest(key.Properties[0]);

    public string KeyPath => Resource.Key is { } key
        ? $"RoutePath.Of({string.Join(", ", key.Properties.Select(property => $"row.{property.Name}"))})"
        : "";

    public IReadOnlyList<ExpansionView> Expansions =>
        [.. Resource.References.Where(reference => reference.Expandable).Select(reference => new ExpansionView(reference))];

    public IEnumerable<RouteView> Routes => Resource.Operations
        .Select(operation => RouteOf(operation, handler: null, isOpen: Resource.Access.For(operation.Kind).ToAnyone))
        .Concat(Resource.Collections
            .Where(collection => collection.Operation is not null)
            .Select(collection => RouteOf(collection.Operation!, NestedHandler(collection), collection.IsOpen)));

    private RouteView RouteOf(Operation operation, string? handler, bool isOpen)
    {
        // The path behind the group's own.
        var prefix = (Api.RoutePrefix.Length == 0 ? "" : "/" + Api.RoutePrefix) + "/" + Resource.Names.Route;
        return new RouteView(
            $"Map{operation.Method[0]}{operation.Method[1..].ToLowerInvariant()}",
            Quote(operation.Path[prefix.Length..]),
            handler ?? $"Handlers.{operation.Kind}(http)",
            Quote(operation.Id),
            isOpen,
            Resource.HasUniqueRows && operation.Kind is OperationKind.Create or OperationKind.CreateBatch);
    }

    private string NestedHandler(NestedList collection)
    {
        var reference = collection.Reference;
        var key = Resource.Key!;
        var row = collection.Source.Variable;
        // A reference to another unique key holds nothing of the key in the path, so the row referred to is asked for it.
        var match = reference.TargetsKey
            ? string.Join(" && ", reference.Properties.Select((property, i) =>
                $"{row}.{property.Name} == {(key.IsComposite ? $"key.{reference.TargetProperties[i].Name}" : "key")}"))
            : Match($"{row}.{reference.Name}{(reference.Required ? "" : "!")}", key.Properties, property => key.IsComposite ? $"key.{property.Name}" : "key");
        return $"Handlers.ListOf(http, {collection.Source.Endpoints}.Handlers, {Service}.IsKey, key => {row} => {match})";
    }

    private static string FromRequest(Property property) => property.Form == ValueForm.Enum
        ? $"request.RouteEnum<{property.ClrType}>({Quote(property.RouteName)})"
        : $"request.RouteValue<{property.ClrType}>({Quote(property.RouteName)})";

    private static string EscapeBraces(string route) =>
        route.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
}

/// <summary>A route of a resource.</summary>
/// <param name="Method">The method that maps it.</param>
/// <param name="PatternLiteral">The path behind the group's own.</param>
/// <param name="Handler">What handles its request <c>http</c>.</param>
/// <param name="NameLiteral">The operation's id.</param>
/// <param name="IsOpen">Whether nobody has to sign in.</param>
/// <param name="HasUniqueRows">Whether a key refuses the same row a second time.</param>
internal sealed record RouteView(string Method, string PatternLiteral, string Handler, string NameLiteral, bool IsOpen, bool HasUniqueRows);

/// <summary>A reference that responses can show whole.</summary>
internal sealed class ExpansionView(Reference reference) : ReferenceView(reference)
{
    /// <summary>The class: rows that are referred to by their primary key are found by it.</summary>
    public string Kind => reference.TargetsKey ? "RowExpansion" : "ReferenceExpansion";

    public string NameLiteral => Quote(reference.JsonName);

    public string Member => reference.Name;

    public string TargetResponse => reference.Target.Response;
}
