using System.Collections.Frozen;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.Design.Graph;

/// <summary>
/// Names everything that GraphQL has of an API. Its names follow other rules than those of REST and C#, and so have to be
/// told apart anew.
/// </summary>
internal sealed class GraphDesigner(ApiModel api)
{
    private static readonly string[] s_scalars =
        ["Int", "Float", "String", "Boolean", "ID", "Long", "Decimal", "Date", "Time", "DateTime", "Duration", "UUID", "Base64", "JSON"];

    private static readonly FrozenSet<string> s_types = s_scalars
        .Concat(s_scalars.Select(scalar => scalar + "Filter"))
        .Concat(["Query", "Mutation", "Subscription", "PageInfo", "SortDirection", "ChangeKind"])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Generators of clients make files of types and members of fields: not everywhere does case tell two of them apart.
    private readonly NameScope _types = new(StringComparer.OrdinalIgnoreCase, s_types);
    private readonly NameScope _queries = NewScope();
    private readonly NameScope _mutations = NewScope();
    private readonly NameScope _subscriptions = NewScope();
    private readonly Dictionary<string, GraphEnumeration> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Resource> _byEntity = api.Resources.ToDictionary(resource => resource.Names.Entity, StringComparer.Ordinal);

    /// <summary>Names what the API has.</summary>
    public GraphModel Design()
    {
        foreach (var @enum in api.Enums)
        {
            _enums.Add(@enum.Name, DesignEnum(@enum));
        }

        return new GraphModel([.. api.Resources.Select(DesignResource)], [.. _enums.Values]);
    }

    private GraphResource DesignResource(Resource resource)
    {
        var names = resource.Names;
        var type = TakeTypes(GraphNames.Type(names.Create[..^"Create".Length]));
        var many = GraphNames.Field(names.Set);
        var members = NewScope();
        var graph = new GraphResource
        {
            Resource = resource,
            Type = type,
            One = resource.Key is null ? null : _queries.Unique("", GraphNames.Field(type)),
            Many = _queries.Unique("", many, many + "List"),
            Create = MutationOf(OperationKind.Create),
            CreateMany = resource.RequestProperties.Any(property => property.InCreate) ? MutationOf(OperationKind.CreateBatch) : null,
            Update = MutationOf(OperationKind.Update),
            Delete = MutationOf(OperationKind.Delete),
            Fields =
            [
                .. resource.RequestProperties.Select(property =>
                    new GraphField(property, members.Unique("", GraphNames.Field(property.JsonName)), TypeOf(property))),
            ],
            References =
            [
                .. resource.References
                    .Where(reference => reference.Expandable)
                    .Select(reference => new GraphReference(reference, members.Unique("", GraphNames.Field(reference.JsonName)))),
            ],
            Collections =
            [
                .. resource.Collections
                    .Where(IsReadable)
                    .Select(list => new GraphChildren(list, members.Unique("", GraphNames.Field(NameOf(list))))),
            ],
        };

        var arguments = ScopeOfKey(graph);
        graph = graph with { Input = arguments.Unique("", "input", "values") };
        // Last, so that the schema's own names stay what they are.
        if ((graph.Update ?? graph.Delete) is not null)
        {
            graph = graph with
            {
                ETag = members.Unique("", "etag", "rowEtag"),
                IfMatch = arguments.Unique("", "ifMatch", "ifEtag"),
            };
        }

        return IsWatched(graph) ? WithChanges(graph) : graph;

        string? MutationOf(OperationKind kind) => resource.Find(kind) is { } operation ? _mutations.Unique("", GraphNames.Type(operation.Id)) : null;
    }

    // What nobody writes by the API may be written by others, of whom the application does not know.
    private static bool IsWatched(GraphResource graph) =>
        graph.Resource.Key is { } key
        && (graph.Create ?? graph.Update ?? graph.Delete) is not null
        && key.Properties.All(property => property.Filterable);

    private GraphResource WithChanges(GraphResource graph)
    {
        var members = ScopeOfKey(graph);
        return graph with
        {
            Changed = _subscriptions.Unique("", GraphNames.Field(graph.Type) + "Changed"),
            ChangeKind = members.Unique("", "kind", "changeKind"),
            ChangeNode = members.Unique("", "node", "changeNode"),
        };
    }

    // Pages within rows begin behind a row, so that the rows must have a key; and clients see whose they are.
    private bool IsReadable(NestedList list) =>
        list.Operation is not null
        && _byEntity[list.Source.Entity].Key is not null
        && list.Reference.TargetProperties.All(property => property.InResponse);

    // What is one row at most has the name of one.
    private static string NameOf(NestedList list) =>
        list.Reference.IsUnique && list.Name == list.Source.Set ? list.Source.Singular : list.Name;

    private GraphEnumeration DesignEnum(Enumeration @enum)
    {
        var values = new NameScope(StringComparer.Ordinal, FrozenSet<string>.Empty);
        var name = GraphNames.Type(@enum.Name);
        return new GraphEnumeration(
            @enum,
            TakeTypes(name, ["", "Filter"]),
            [.. @enum.Members.Select(member => new GraphEnumValue(values.Unique("_", GraphNames.EnumValue(member)), member.Text))]);
    }

    private string TypeOf(Property property) => property.Enum is { } @enum
        ? _enums[@enum.Name].Name
        : property.Form == ValueForm.List ? TypeOf(property.ClrType["List<".Length..^1]) : TypeOf(property.Form, property.ClrType);

    private static string TypeOf(ValueForm form, string clrType) => form switch
    {
        ValueForm.Boolean => "Boolean",
        ValueForm.Integer => clrType == "long" ? "Long" : "Int",
        ValueForm.Decimal => "Decimal",
        ValueForm.Floating => "Float",
        ValueForm.Bytes => "Base64",
        ValueForm.Date => "Date",
        ValueForm.Time => "Time",
        ValueForm.WallClock or ValueForm.Moment => "DateTime",
        ValueForm.Duration => "Duration",
        ValueForm.Uuid => "UUID",
        ValueForm.Json => "JSON",
        _ => "String",
    };

    private static string TypeOf(string clrType) => clrType switch
    {
        "bool" => "Boolean",
        "byte" or "short" or "int" => "Int",
        "long" => "Long",
        "decimal" => "Decimal",
        "float" or "double" => "Float",
        "Guid" => "UUID",
        "DateOnly" => "Date",
        _ => "String",
    };

    private string TakeTypes(string stem) => TakeTypes(stem, ["", "Connection", "Edge", "Filter", "Sort", "Create", "Update", "Change"]);

    // A name and those made from it are taken together, or another one is.
    private string TakeTypes(string stem, string[] suffixes)
    {
        var name = stem;
        for (var number = 1; !Array.TrueForAll(suffixes, suffix => _types.IsFree(name + suffix)); number++)
        {
            name = number == 1 ? stem + "Row" : $"{stem}Row{number}";
        }

        Array.ForEach(suffixes, suffix => _types.Take(name + suffix));
        return name;
    }

    private static NameScope ScopeOfKey(GraphResource graph)
    {
        var scope = NewScope();
        foreach (var field in graph.Key)
        {
            scope.Take(field.Name);
        }

        return scope;
    }

    private static NameScope NewScope() => new(StringComparer.OrdinalIgnoreCase, FrozenSet<string>.Empty);
}
