using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using static SchemaDeploy.Generation.Rendering.Views.Clients.TypeScript;

namespace SchemaDeploy.Generation.Rendering.Views.Clients;

/// <summary>What the template of a resource in TypeScript prints.</summary>
internal sealed class TypeScriptResourceView(ClientModel model, ClientResource client)
{
    private static readonly string[] s_alwaysUsed = ["Connection", "ListQuery", "RequestOptions", "Rows"];
    private static readonly string[] s_usedByTypes = ["CreateOptions", "EqualityFilter", "OrderedFilter", "Page", "Sort", "TextFilter", "WriteOptions"];

    private readonly Resource _resource = client.Resource;

    public string Row => client.Row;

    public string Query => client.Query;

    public string Class => client.Class;

    public string Summary => Sentence(_resource.Description);

    public string Plural => Comment(_resource.Names.Plural);

    public IReadOnlyList<string> Imports
    {
        get
        {
            var text = string.Join('\n', Methods.Select(method => method.Signature).Concat(Filters.Select(filter => filter.Type)).Append(SortType is null ? "" : "Sort<"));
            var types = s_alwaysUsed.Concat(s_usedByTypes.Where(type => text.Contains(type, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
            var names = string.Join(", ", types.Select(type => $"type {type}"));
            var lines = new List<string> { $"import {{ {names}{(HasKeyInPath ? ", segment" : "")} }} from \"./client.js\";" };
            var enums = _resource.Properties.Where(property => property.Enum is not null).Select(property => EnumOf(property, model)).Distinct().Order(StringComparer.Ordinal).ToList();
            if (enums.Count > 0)
            {
                lines.Add($"import type {{ {string.Join(", ", enums)} }} from \"./enums.js\";");
            }

            var others = Expansions.Select(reference => (Resource: model.Of(reference.Target), Type: model.Of(reference.Target).Row))
                .Concat(Nested.SelectMany(nested => new[] { (model.Of(nested.Source), model.Of(nested.Source).Row), (model.Of(nested.Source), model.Of(nested.Source).Query) }))
                .Where(other => other.Item1 != client)
                .GroupBy(other => other.Item1.File, other => other.Item2)
                .OrderBy(group => group.Key, StringComparer.Ordinal);
            lines.AddRange(others.Select(group => $"import type {{ {string.Join(", ", group.Distinct().Order(StringComparer.Ordinal))} }} from {Quote($"./{group.Key}.js")};"));
            return lines;
        }
    }

    public IEnumerable<TypeScriptMember> RowMembers => _resource.Properties
        .Where(property => property.InResponse)
        .Select(property => new TypeScriptMember(Member(property.JsonName), OrNull(property, property.Nullable), SentenceOrNull(property.Comment)))
        .Concat(Expansions.Select(reference => new TypeScriptMember(
            Member(reference.JsonName) + "?", model.Of(reference.Target).Row + (reference.Required ? "" : " | null"),
            Sentence($"The {reference.Target.Singular} that the row refers to, where expand asks for it"))));

    public IEnumerable<object> Requests
    {
        get
        {
            if (Has(OperationKind.Create))
            {
                yield return new
                {
                    Name = client.Create,
                    Summary = Sentence($"A new {_resource.Names.Singular}"),
                    Members = Fields(property => property.InCreate, property => property.RequiredOnCreate),
                };
            }

            if (Has(OperationKind.Replace) || Has(OperationKind.Update))
            {
                yield return new
                {
                    Name = client.Update,
                    Summary = Sentence($"The fields that {_resource.Names.Plural} are given anew"),
                    Members = Fields(property => property.InUpdate, property => property.RequiredOnUpdate),
                };
            }
        }
    }

    public IEnumerable<TypeScriptMember> Filters => _resource.Properties
        .Where(property => property.Filterable)
        .Select(property => new TypeScriptMember(Member(property.JsonName) + "?", FilterOf(property)));

    public string? SortType => Union(_resource.Properties.Where(property => property.Sortable).Select(property => property.JsonName));

    public string? ExpandType => Union(Expansions.Select(reference => reference.JsonName));

    public IReadOnlyList<TypeScriptMethod> Methods => [.. _resource.Operations.SelectMany(MethodsOf).Concat(Nested.Select(MethodOf))];

    private bool HasKeyInPath => _resource.Operations.Any(operation => operation.Path.Contains('{', StringComparison.Ordinal));

    private IEnumerable<Reference> Expansions => _resource.References.Where(reference => reference.Expandable);

    private IEnumerable<NestedList> Nested => _resource.Collections.Where(collection => collection.Operation is not null);

    private string KeyParameters => string.Concat(client.Key.Select(key => $"{key.Name}: {TypeOf(key.Property, model)}, "));

    private bool Has(OperationKind kind) => _resource.Find(kind) is not null;

    private IEnumerable<TypeScriptMethod> MethodsOf(Operation operation)
    {
        var path = PathOf(operation.Path);
        var (row, create, update) = (client.Row, client.Create, client.Update);
        return operation.Kind switch
        {
            OperationKind.List => [new(operation.Summary, $"list(query?: {client.Query}, options?: RequestOptions): Rows<{row}>", $"rows({path}, query, options)")],
            OperationKind.Create => [new(operation.Summary, $"create(row: {create}, options?: CreateOptions): Promise<{row}>", $"create({path}, row, options)")],
            OperationKind.CreateBatch => [new(operation.Summary, $"createMany(rows: readonly {create}[], options?: CreateOptions): Promise<Page<{row}>>", $"create({path}, rows, options)")],
            OperationKind.Get => [new(operation.Summary, $"get({KeyParameters}options?: RequestOptions): Promise<{row}>", $"read({path}, options)")],
            OperationKind.Replace => [new(operation.Summary, $"replace({KeyParameters}row: {update}, options?: WriteOptions): Promise<{row}>", $"replace({path}, row, options)")],
            OperationKind.Update => [new(operation.Summary, $"update({KeyParameters}changes: Partial<{update}>, options?: WriteOptions): Promise<{row}>", $"update({path}, changes, options)")],
            OperationKind.Delete => [new(operation.Summary, $"delete({KeyParameters}options?: WriteOptions): Promise<void>", $"delete({path}, options)")],
            _ => [],
        };
    }

    private TypeScriptMethod MethodOf(NestedList nested)
    {
        var source = model.Of(nested.Source);
        return new TypeScriptMethod(
            nested.Operation!.Summary,
            $"list{nested.Name}({KeyParameters}query?: {source.Query}, options?: RequestOptions): Rows<{source.Row}>",
            $"rows({PathOf(nested.Operation.Path)}, query, options)");
    }

    private string PathOf(string path)
    {
        var text = path.Replace("\\", @"\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal);
        foreach (var key in client.Key)
        {
            text = text.Replace($"{{{key.Property.RouteName}}}", $"${{segment({key.Name})}}", StringComparison.Ordinal);
        }

        return text == path ? Quote(path) : $"`{text}`";
    }

    private IEnumerable<TypeScriptMember> Fields(Func<Property, bool> isIn, Func<Property, bool> isRequired) => _resource.RequestProperties
        .Where(isIn)
        .Select(property => new TypeScriptMember(
            "readonly " + Member(property.JsonName) + (isRequired(property) ? "" : "?"),
            OrNull(property, property.Nullable && !isRequired(property)), SentenceOrNull(property.Comment)));

    private string OrNull(Property property, bool nullable) => TypeOf(property, model) is var type && nullable && type != "unknown" ? type + " | null" : type;

    private string FilterOf(Property property) => property.FilterOperators.Contains("contains") ? "TextFilter"
        : property.FilterOperators.Contains("gt") ? $"OrderedFilter<{TypeOf(property, model)}>" : $"EqualityFilter<{TypeOf(property, model)}>";

    private static string? Union(IEnumerable<string> names) => string.Join(" | ", names.Select(Quote)) is { Length: > 0 } union ? union : null;

    private static string Comment(string text) => Sentence(text).TrimEnd('.');
}

/// <summary>A method that sends a request.</summary>
/// <param name="Summary">What it does.</param>
/// <param name="Signature">Its name, parameters and type.</param>
/// <param name="Call">What it asks of the connection.</param>
internal sealed record TypeScriptMethod(string Summary, string Signature, string Call);
