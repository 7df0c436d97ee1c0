using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Clients;
using static SchemaDeploy.Generation.Design.CSharpText;
using static SchemaDeploy.Generation.Rendering.CSharpSource;

namespace SchemaDeploy.Generation.Rendering.Views.Clients;

/// <summary>What the template of a resource in C# prints.</summary>
internal sealed class CSharpResourceView(ClientModel model, ClientResource client, string @namespace)
{
    private const string Cancellation = "CancellationToken cancellationToken = default";

    private readonly Resource _resource = client.Resource;

    public string Namespace => @namespace;

    public string Row => client.Row;

    public string Query => client.Query;

    public string Filter => client.Filter;

    public string Sort => client.Sort;

    public string Expand => client.Expand;

    public string Changes => client.Changes;

    public string Class => client.Class;

    public string Plural => Sentence(_resource.Names.Plural).TrimEnd('.');

    public IEnumerable<object> Types
    {
        get
        {
            yield return new { Name = client.Row, Summary = Sentence(_resource.Description), Members = RowMembers, Setter = "init" };
            if (_resource.Find(OperationKind.Create) is not null)
            {
                yield return new
                {
                    Name = client.Create,
                    Summary = Sentence($"A new {_resource.Names.Singular}"),
                    Members = Fields(property => property.InCreate, property => property.RequiredOnCreate),
                    Setter = "set",
                };
            }

            if (HasUpdate(client))
            {
                yield return new
                {
                    Name = client.Update,
                    Summary = Sentence($"The fields that {_resource.Names.Plural} are given anew"),
                    Members = Fields(property => property.InUpdate, property => property.RequiredOnUpdate),
                    Setter = "set",
                };
            }
        }
    }

    public bool HasChanges => _resource.Find(OperationKind.Update) is not null;

    public IEnumerable<CSharpMember> ChangeMembers => _resource.RequestProperties
        .Where(property => property.InUpdate)
        .Select(property => Of(property) with { Type = TypeOf(property) + "?" });

    public bool HasFilters => Filters.Any();

    public IEnumerable<CSharpMember> Filters => _resource.Properties.Where(property => property.Filterable).Select(property => Of(property) with { Type = FilterOf(property) });

    public bool HasSorts => Sorts.Any();

    public IEnumerable<CSharpMember> Sorts => _resource.Properties.Where(property => property.Sortable).Select(Of);

    public bool HasExpansions => Expansions.Any();

    public IEnumerable<CSharpMember> ExpansionMembers => Expansions.Select(Reference);

    public IEnumerable<object> Methods => _resource.Operations.SelectMany(MethodsOf).Concat(Nested.SelectMany(MethodsOf));

    private IEnumerable<Reference> Expansions => _resource.References.Where(reference => reference.Expandable);

    private IEnumerable<NestedList> Nested => _resource.Collections.Where(collection => collection.Operation is not null);

    private IEnumerable<CSharpMember> RowMembers => _resource.Properties
        .Where(property => property.InResponse)
        .Select(property => Of(property) with { Type = property.Nullable ? TypeOf(property) + "?" : "required " + TypeOf(property) })
        .Concat(Expansions.Select(Reference));

    private string Keys => string.Concat(client.Key.Select(key => $"{TypeOf(key.Property)} {key.Name}, "));

    /// <summary>Whether rows can be replaced or changed.</summary>
    public static bool HasUpdate(ClientResource client) =>
        client.Resource.Find(OperationKind.Replace) is not null || client.Resource.Find(OperationKind.Update) is not null;

    private IEnumerable<object> MethodsOf(Operation operation)
    {
        var path = PathOf(operation.Path);
        var summary = Sentence(operation.Summary);
        return operation.Kind switch
        {
            OperationKind.List => Lists("", summary, "", client, path),
            OperationKind.Create =>
                [Method(summary, $"Task<{Row}> CreateAsync({client.Create} row, string? idempotencyKey = null, {Cancellation})", $"CreateAsync<{client.Create}, {Row}>({path}, row, idempotencyKey, cancellationToken)")],
            OperationKind.CreateBatch =>
                [Method(summary, $"Task<Page<{Row}>> CreateManyAsync(IReadOnlyList<{client.Create}> rows, string? idempotencyKey = null, {Cancellation})", $"CreateAsync<IReadOnlyList<{client.Create}>, Page<{Row}>>({path}, rows, idempotencyKey, cancellationToken)")],
            OperationKind.Get => [Method(summary, $"Task<{Row}> GetAsync({Keys}{Cancellation})", $"ReadAsync<{Row}>({path}, cancellationToken)")],
            OperationKind.Replace =>
                [Method(summary, $"Task<{Row}> ReplaceAsync({Keys}{client.Update} row, {Row}? ifMatch = null, {Cancellation})", $"ReplaceAsync({path}, row, ifMatch, cancellationToken)")],
            OperationKind.Update =>
                [Method(summary, $"Task<{Row}> UpdateAsync({Keys}{client.Changes} changes, {Row}? ifMatch = null, {Cancellation})", $"UpdateAsync({path}, changes, ifMatch, cancellationToken)")],
            OperationKind.Delete => [Method(summary, $"Task DeleteAsync({Keys}{Row}? ifMatch = null, {Cancellation})", $"DeleteAsync({path}, ifMatch, cancellationToken)")],
            _ => [],
        };
    }

    private IEnumerable<object> MethodsOf(NestedList nested) =>
        Lists(nested.Name, Sentence(nested.Operation!.Summary), Keys, model.Of(nested.Source), PathOf(nested.Operation.Path));

    // A page, and the rows of all pages.
    private static IEnumerable<object> Lists(string name, string summary, string keys, ClientResource rows, string path) =>
    [
        Method(summary + " One page.", $"Task<Page<{rows.Row}>> List{name}Async({keys}{rows.Query}? query = null, {Cancellation})", $"ListAsync<{rows.Row}>({path}, query ?? new {rows.Query}(), cancellationToken)"),
        Method(summary + " All pages, one after another.", $"IAsyncEnumerable<{rows.Row}> ListAll{name}Async({keys}{rows.Query}? query = null, {Cancellation})", $"ListAllAsync<{rows.Row}>({path}, query ?? new {rows.Query}(), cancellationToken)"),
    ];

    private static object Method(string summary, string signature, string call) => new { Summary = summary, Signature = signature, Call = call };

    private string PathOf(string path)
    {
        var literal = Quote(path);
        if (!path.Contains('{', StringComparison.Ordinal))
        {
            return literal;
        }

        return "$" + client.Key.Aggregate(literal, (text, key) => text.Replace($"{{{key.Property.RouteName}}}", $"{{Connection.Segment({key.Name})}}", StringComparison.Ordinal));
    }

    private IEnumerable<CSharpMember> Fields(Func<Property, bool> isIn, Func<Property, bool> isRequired) => _resource.RequestProperties
        .Where(isIn)
        .Select(property => Of(property) with { Type = isRequired(property) ? "required " + TypeOf(property) : TypeOf(property) + "?" });

    private CSharpMember Reference(Reference reference) => new(
        reference.Name, model.Of(reference.Target).Row + "?", reference.JsonName,
        Sentence($"The {reference.Target.Singular} that the row refers to, where the query asks for it"));

    private CSharpMember Of(Property property) => CSharpMember.Of(property, model);

    private string TypeOf(Property property) => CSharpMember.TypeOf(property, model);

    private string FilterOf(Property property) => property.FilterOperators.Contains("contains") ? "TextFilter"
        : property.FilterOperators.Contains("gt") ? $"OrderedFilter<{TypeOf(property)}>" : $"EqualityFilter<{TypeOf(property)}>";
}
