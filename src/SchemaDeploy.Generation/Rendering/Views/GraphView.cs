using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Graph;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of the whole in GraphQL prints.</summary>
internal sealed class GraphView(ApiModel api, GraphModel graph)
{
    public string Namespace => api.Namespace;

    public IEnumerable<string> Resources => graph.Resources.Select(resource => resource.Resource.Names.Graph);

    /// <summary>The literals that GraphQL cannot say: type, name and literal.</summary>
    public IReadOnlyList<string> EnumTexts { get; } =
    [
        .. from @enum in graph.Enums
           from value in @enum.Values
           where value.Name != value.Text
           select $"{Quote(@enum.Name)}, {Quote(value.Name)}, {Quote(value.Text)}",
    ];
}

/// <summary>What the template of a resource in GraphQL prints.</summary>
internal sealed class ResourceGraphView(ApiModel api, GraphResource graph) : ResourceView(api, graph.Resource)
{
    public string Graph => Resource.Names.Graph;

    public string RowsType => IsWritable
        ? $"ResourceGraph<{Service}, {Entity}, {KeyType}, {Create}, {Update}, {Response}>"
        : HasKey ? $"KeyedGraph<{Service}, {Entity}, {KeyType}, {Response}>" : $"ReadGraph<{Service}, {Entity}, {Response}>";

    public IEnumerable<AssignmentView> Names
    {
        get
        {
            (string Member, string? Name)[] names =
            [
                ("Type", graph.Type), ("One", graph.One), ("Many", graph.Many),
                ("Create", graph.Create), ("CreateMany", graph.CreateMany), ("Update", graph.Update), ("Delete", graph.Delete),
                ("Input", graph.Input == "input" ? null : graph.Input),
                ("Changed", graph.Changed),
                ("ChangeKind", graph.ChangeKind == "kind" ? null : graph.ChangeKind),
                ("ChangeNode", graph.ChangeNode == "node" ? null : graph.ChangeNode),
                ("ETag", graph.ETag == "etag" ? null : graph.ETag),
                ("IfMatch", graph.IfMatch == "ifMatch" ? null : graph.IfMatch),
            ];
            return names.Where(name => name.Name is not null).Select(name => new AssignmentView(name.Member, Quote(name.Name!)));
        }
    }

    public string? KeyFromArguments
    {
        get
        {
            var parts = graph.Key.Select(FromArguments).ToList();
            return parts.Count switch { 0 => null, 1 => parts[0], _ => $"({string.Join(", ", parts)})" };
        }
    }

    public bool HasUniqueRows => IsWritable && Resource.HasUniqueRows;

    /// <summary>The names that differ from those in JSON.</summary>
    public IReadOnlyList<AssignmentView> FieldNames { get; } =
    [
        .. graph.Fields.Select(field => (Json: field.Property.JsonName, field.Name))
            .Concat(graph.References.Select(reference => (Json: reference.Reference.JsonName, reference.Name)))
            .Where(names => names.Json != names.Name)
            .Select(names => new AssignmentView(Quote(names.Json), Quote(names.Name))),
    ];

    public IReadOnlyList<CollectionView> Collections { get; } =
        [.. graph.Collections.Select(collection => new CollectionView(collection, graph.Resource.Names))];

    public bool UsesKeyMatch => Collections.Any(collection => collection.IsComposite);

    private static string FromArguments(GraphField field) => field.Property.Form == ValueForm.Enum
        ? $"arguments.GetEnum<{field.Property.ClrType}>({Quote(field.Name)})"
        : $"arguments.Get<{field.Property.ClrType}>({Quote(field.Name)})";
}

/// <summary>The rows of another resource that belong to one of this resource's.</summary>
internal sealed class CollectionView(GraphChildren collection, ResourceNames parent)
{
    private readonly Reference _reference = collection.List.Reference;

    public string Type =>
        $"CollectionGraph<{parent.Response}, {parent.Entity}, {collection.List.Source.Service}, {collection.List.Source.Entity}, {collection.List.Source.Response}, {_reference.KeyType}>";

    public string NameLiteral => Quote(collection.Name);

    // The compiler takes what is being made for missing, also where it is asked for later.
    public string Source => collection.List.Source.Graph + (collection.List.Source == parent ? ".Rows!" : ".Rows");

    public bool IsSingle => collection.IsSingle;

    public bool IsComposite => _reference.Properties.Length > 1;

    public string Key => Tuple("parent", _reference.TargetProperties);

    public string ForeignKey => Tuple("row", _reference.Properties);

    public string Parents => Match(parent.Entity, "parent", _reference.TargetProperties);

    public string Rows => Match(collection.List.Source.Entity, "row", _reference.Properties);

    public string Join => string.Join(" && ", _reference.Properties.Zip(_reference.TargetProperties, (own, target) => $"row.{own.Name} == parent.{target.Name}"));

    private string Match(string entity, string variable, IReadOnlyList<Property> properties) => IsComposite
        ? $"KeyMatch.Any<{entity}, {_reference.KeyType}>(keys, key => {variable} => {string.Join(" && ", properties.Select((property, i) => $"{variable}.{property.Name} == key.Item{i + 1}"))})"
        : $"{variable} => keys.Contains({Tuple(variable, properties)})";

    private static string Tuple(string variable, IReadOnlyList<Property> properties)
    {
        var values = properties.Select(property => $"{variable}.{property.Name}{(!property.Nullable ? "" : property.IsValueType ? "!.Value" : "!")}").ToList();
        return values.Count == 1 ? values[0] : $"({string.Join(", ", values)})";
    }
}
