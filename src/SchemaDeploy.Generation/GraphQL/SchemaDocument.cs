using System.Text;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Graph;

namespace SchemaDeploy.Generation.GraphQL;

/// <summary>
/// schema.graphql: the API in GraphQL's own language, made from its model. The application serves what it says, so that
/// nothing of it is said a second time in C#.
/// </summary>
public static class SchemaDocument
{
    private const string PageArguments = "first: Int, after: String, last: Int, before: String";

    private static readonly string[] s_scalars = ["Base64", "Date", "DateTime", "Decimal", "Duration", "JSON", "Long", "Time", "UUID"];

    /// <summary>The document of <paramref name="model"/>; the same model gives the same text.</summary>
    public static string Write(GraphModel model)
    {
        var text = new StringBuilder();
        WriteQuery(text, model);
        WriteMutation(text, model);
        WriteSubscription(text, model);
        foreach (var resource in model.Resources)
        {
            WriteRow(text, model, resource);
            WriteLists(text, resource);
            WriteInputs(text, resource);
            WriteChange(text, resource);
        }

        foreach (var @enum in model.Enums)
        {
            WriteEnum(text, @enum);
        }

        WriteFilters(text, model);
        WriteCommon(text, model);
        return text.ToString();
    }

    private static void WriteQuery(StringBuilder text, GraphModel model)
    {
        Open(text, "type", "Query", null);
        foreach (var resource in model.Resources)
        {
            if (resource.One is { } one)
            {
                Describe(text, 1, $"The row of {resource.Resource.Names.Plural} that has the key; null where there is none that you may read.");
                Line(text, 1, $"{one}({KeyArguments(resource)}): {resource.Type}");
            }

            Describe(text, 1, $"A page of {resource.Resource.Names.Plural}.");
            Line(text, 1, $"{resource.Many}{ListArguments(resource)}: {resource.Connection}");
        }

        Close(text);
    }

    private static void WriteMutation(StringBuilder text, GraphModel model)
    {
        if (model.Resources.All(resource => resource is { Create: null, Update: null, Delete: null }))
        {
            return;
        }

        Open(text, "type", "Mutation", null);
        foreach (var resource in model.Resources)
        {
            var names = resource.Resource.Names;
            if (resource.Create is { } create)
            {
                Describe(text, 1, $"Creates a row of {names.Plural}.");
                Line(text, 1, $"{create}{(resource.HasCreateInput ? $"({resource.Input}: {resource.CreateInput}!)" : "")}: {resource.Type}");
            }

            if (resource.CreateMany is { } createMany)
            {
                Describe(text, 1, $"Creates several rows of {names.Plural}, all or none.");
                Line(text, 1, $"{createMany}({resource.Input}: [{resource.CreateInput}!]!): [{resource.Type}!]");
            }

            if (resource.Update is { } update)
            {
                Describe(text, 1, $"Changes the given fields of a row of {names.Plural}.");
                Line(text, 1, $"{update}({KeyArguments(resource)}, {resource.Input}: {resource.UpdateInput}!, {resource.IfMatch}: String): {resource.Type}");
            }

            if (resource.Delete is { } delete)
            {
                Describe(text, 1, $"Deletes a row of {names.Plural}, and says true.");
                Line(text, 1, $"{delete}({KeyArguments(resource)}, {resource.IfMatch}: String): Boolean");
            }
        }

        Close(text);
    }

    private static void WriteSubscription(StringBuilder text, GraphModel model)
    {
        if (!HasChanges(model))
        {
            return;
        }

        Open(text, "type", "Subscription", null);
        foreach (var resource in model.Resources.Where(resource => resource.Changed is not null))
        {
            Describe(text, 1, $"Tells of {resource.Resource.Names.Plural} that you may read, when one is created, changed or deleted; of those alone that have what is given of the key.");
            Line(text, 1, $"{resource.Changed}({string.Join(", ", resource.Key.Select(field => $"{field.Name}: {field.Type}"))}): {resource.Change}");
        }

        Close(text);
    }

    private static void WriteRow(StringBuilder text, GraphModel model, GraphResource resource)
    {
        Open(text, "type", resource.Type, resource.Resource.Description);
        foreach (var field in resource.Fields.Where(field => field.Property.InResponse))
        {
            Describe(text, 1, field.Property.Comment);
            Line(text, 1, $"{field.Name}: {TypeOf(field)}{(field.Property.ResponseType.EndsWith('?') ? "" : "!")}");
        }

        foreach (var reference in resource.References)
        {
            Describe(text, 1, $"The {reference.Reference.Target.Singular} that the row refers to.");
            Line(text, 1, $"{reference.Name}: {model.Of(reference.Reference.Target).Type}");
        }

        foreach (var collection in resource.Collections)
        {
            var source = model.Of(collection.List.Source);
            Describe(text, 1, $"The {(collection.IsSingle ? collection.List.Source.Singular : collection.List.Source.Plural)} that belong{(collection.IsSingle ? "s" : "")} to the row.");
            Line(text, 1, collection.IsSingle ? $"{collection.Name}: {source.Type}" : $"{collection.Name}{ListArguments(source)}: {source.Connection}");
        }

        if (resource.ETag is { } tag)
        {
            Describe(text, 1, $"Changes with the row, as the header ETag of REST. Given as {resource.IfMatch}, it keeps a mutation from a row that has changed since.");
            Line(text, 1, $"{tag}: String!");
        }

        Close(text);
    }

    private static void WriteLists(StringBuilder text, GraphResource resource)
    {
        Open(text, "type", resource.Connection, $"A page of {resource.Resource.Names.Plural}.");
        Line(text, 1, $"nodes: [{resource.Type}!]!");
        Line(text, 1, $"edges: [{resource.Edge}!]!");
        Line(text, 1, "pageInfo: PageInfo!");
        Describe(text, 1, "All rows that meet the filter, whatever the page.");
        Line(text, 1, "totalCount: Long!");
        Close(text);

        Open(text, "type", resource.Edge, "A row and its place in the list.");
        Line(text, 1, "cursor: String!");
        Line(text, 1, $"node: {resource.Type}!");
        Close(text);

        if (Filterable(resource).Any())
        {
            Open(text, "input", resource.Filter, $"Which {resource.Resource.Names.Plural} are meant: those that meet all conditions.");
            foreach (var field in Filterable(resource))
            {
                Line(text, 1, $"{field.Name}: {field.Filter}");
            }

            Close(text);
        }

        if (Sortable(resource).Any())
        {
            Open(text, "input", resource.Sort, "The field to sort by: one in each entry of the list.");
            foreach (var field in Sortable(resource))
            {
                Line(text, 1, $"{field.Name}: SortDirection");
            }

            Close(text);
        }
    }

    private static void WriteInputs(StringBuilder text, GraphResource resource)
    {
        if (resource is { Create: not null, HasCreateInput: true })
        {
            WriteInput(text, resource, resource.CreateInput, $"A new row of {resource.Resource.Names.Plural}.", property => property.InCreate, property => property.RequiredOnCreate);
        }

        if (resource.Update is not null)
        {
            WriteInput(text, resource, resource.UpdateInput, $"The fields of a row of {resource.Resource.Names.Plural} that change.", property => property.InUpdate, _ => false);
        }
    }

    private static void WriteInput(
        StringBuilder text, GraphResource resource, string name, string description, Func<Property, bool> isIn, Func<Property, bool> isRequired)
    {
        Open(text, "input", name, description);
        foreach (var field in resource.Fields.Where(field => isIn(field.Property)))
        {
            Describe(text, 1, field.Property.Comment);
            Line(text, 1, $"{field.Name}: {TypeOf(field)}{(isRequired(field.Property) ? "!" : "")}");
        }

        Close(text);
    }

    private static void WriteChange(StringBuilder text, GraphResource resource)
    {
        if (resource.Changed is null)
        {
            return;
        }

        Open(text, "type", resource.Change, $"What happened to a row of {resource.Resource.Names.Plural}.");
        Line(text, 1, $"{resource.ChangeKind}: ChangeKind!");
        foreach (var field in resource.Key)
        {
            Describe(text, 1, field.Property.Comment);
            Line(text, 1, $"{field.Name}: {field.Type}!");
        }

        Describe(text, 1, "The row as it is now; null where it was deleted.");
        Line(text, 1, $"{resource.ChangeNode}: {resource.Type}");
        Close(text);
    }

    private static bool HasChanges(GraphModel model) => model.Resources.Any(resource => resource.Changed is not null);

    private static void WriteEnum(StringBuilder text, GraphEnumeration @enum)
    {
        Open(text, "enum", @enum.Name, @enum.Enum.Description);
        foreach (var value in @enum.Values)
        {
            Describe(text, 1, value.Name == value.Text ? null : value.Text);
            Line(text, 1, value.Name);
        }

        Close(text);
    }

    private static void WriteFilters(StringBuilder text, GraphModel model)
    {
        var filters = model.Resources.SelectMany(Filterable).DistinctBy(field => field.Filter).OrderBy(field => field.Filter, StringComparer.Ordinal);
        foreach (var field in filters)
        {
            Open(text, "input", field.Filter, $"Conditions on a value of type {field.Type}, which all have to hold.");
            foreach (var op in field.Property.FilterOperators)
            {
                Line(text, 1, $"{op}: {op switch { "in" => $"[{field.Type}!]", "null" => "Boolean", _ => field.Type }}");
            }

            Close(text);
        }
    }

    private static void WriteCommon(StringBuilder text, GraphModel model)
    {
        Open(text, "type", "PageInfo", "Where a page is among the others.");
        Line(text, 1, "hasNextPage: Boolean!");
        Line(text, 1, "hasPreviousPage: Boolean!");
        Line(text, 1, "startCursor: String");
        Line(text, 1, "endCursor: String");
        Close(text);

        if (model.Resources.Any(resource => Sortable(resource).Any()))
        {
            Open(text, "enum", "SortDirection", null);
            Line(text, 1, "ASC");
            Line(text, 1, "DESC");
            Close(text);
        }

        if (HasChanges(model))
        {
            Open(text, "enum", "ChangeKind", null);
            Line(text, 1, "CREATED");
            Line(text, 1, "UPDATED");
            Line(text, 1, "DELETED");
            Close(text);
        }

        // totalCount is a Long in any case.
        var used = model.Resources.SelectMany(resource => resource.Fields).Select(field => field.Type).Append("Long").ToHashSet(StringComparer.Ordinal);
        foreach (var scalar in s_scalars.Where(used.Contains))
        {
            text.Append('\n');
            Line(text, 0, $"scalar {scalar}");
        }
    }

    private static IEnumerable<GraphField> Filterable(GraphResource resource) => resource.Fields.Where(field => field.Property.Filterable);

    private static IEnumerable<GraphField> Sortable(GraphResource resource) => resource.Fields.Where(field => field.Property.Sortable);

    private static string TypeOf(GraphField field) => field.IsList ? $"[{field.Type}!]" : field.Type;

    private static string KeyArguments(GraphResource resource) => string.Join(", ", resource.Key.Select(field => $"{field.Name}: {field.Type}!"));

    private static string ListArguments(GraphResource resource)
    {
        var page = resource.Resource.Key is null ? "first: Int, after: String" : PageArguments;
        var filter = Filterable(resource).Any() ? $", filter: {resource.Filter}" : "";
        var sort = Sortable(resource).Any() ? $", sort: [{resource.Sort}!]" : "";
        return $"({page}{filter}{sort})";
    }

    private static void Open(StringBuilder text, string kind, string name, string? description)
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        Describe(text, 0, description);
        Line(text, 0, $"{kind} {name} {{");
    }

    private static void Close(StringBuilder text) => Line(text, 0, "}");

    private static void Describe(StringBuilder text, int depth, string? description)
    {
        if (!string.IsNullOrWhiteSpace(description))
        {
            Line(text, depth, Quote(description.Trim()));
        }
    }

    private static void Line(StringBuilder text, int depth, string line) => text.Append(' ', 2 * depth).Append(line).Append('\n');

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                _ when char.IsControl(c) => quoted.Append($"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
