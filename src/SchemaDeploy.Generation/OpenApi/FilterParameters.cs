using System.Text.Json;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>A parameter by which lists are filtered.</summary>
/// <param name="Key">Its name among the components.</param>
/// <param name="Name">Its name in query strings.</param>
/// <param name="Property">The field.</param>
/// <param name="Operator">The operator.</param>
internal sealed record FilterParameter(string Key, string Name, Property Property, string Operator)
{
    /// <summary>Whether another parameter of the key is written alike.</summary>
    public bool IsSameAs(FilterParameter other) =>
        Name == other.Name && Property.Form == other.Property.Form && Property.ClrType == other.Property.ClrType && Property.Enum == other.Property.Enum;
}

/// <summary>
/// The filters of the resources, each written once and referred to by every list that has it: in full at each list they
/// were nine tenths of the document. What tables have in common, such as id and created_at, they share.
/// </summary>
internal sealed class FilterParameters
{
    private readonly Dictionary<string, FilterParameter> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<FilterParameter>> _ofEntity = new(StringComparer.Ordinal);

    /// <summary>The filters of an API.</summary>
    public FilterParameters(ApiModel model)
    {
        foreach (var resource in model.Resources)
        {
            _ofEntity.Add(resource.Names.Entity,
            [
                .. from property in resource.Properties
                   where property.Filterable
                   from op in property.FilterOperators
                   select Add(resource, property, op),
            ]);
        }
    }

    /// <summary>The filters of a resource.</summary>
    public IReadOnlyList<FilterParameter> Of(Resource resource) => _ofEntity[resource.Names.Entity];

    /// <summary>Writes the filters of all resources.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        foreach (var filter in _byKey.Values)
        {
            writer.WriteStartObject(filter.Key);
            writer.WriteString("name", filter.Name);
            writer.WriteString("in", "query");
            writer.WriteString("description", Describe(filter.Operator));
            writer.WriteStartObject("schema");
            WriteSchema(writer, filter);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.Flush();
    }

    private FilterParameter Add(Resource resource, Property property, string op)
    {
        var filter = new FilterParameter(SchemaWriter.Component($"{property.Name}.{op}"), NameOf(property, op), property, op);
        if (_byKey.TryAdd(filter.Key, filter))
        {
            return filter;
        }

        if (filter.IsSameAs(_byKey[filter.Key]))
        {
            return _byKey[filter.Key];
        }

        filter = filter with { Key = SchemaWriter.Component($"{resource.Names.Response}.{property.Name}.{op}") };
        _byKey.Add(filter.Key, filter);
        return filter;
    }

    // A field called limit cannot be filtered as limit=5, which means the page.
    private static string NameOf(Property property, string op) =>
        op == "eq" && !ReservedNames.ListParameters.Contains(property.JsonName) ? property.JsonName : $"{property.JsonName}[{op}]";

    private static void WriteSchema(Utf8JsonWriter writer, FilterParameter filter)
    {
        switch (filter.Operator)
        {
            case "null":
                writer.WriteString("type", "boolean");
                break;
            case "in":
                writer.WriteString("type", "string");
                break;
            default:
                SchemaWriter.WriteValue(writer, filter.Property);
                break;
        }
    }

    private static string Describe(string op) => op switch
    {
        "eq" => "Rows that have this value.",
        "ne" => "Rows that have another value.",
        "gt" => "Rows with a greater value.",
        "gte" => "Rows with this value or a greater one.",
        "lt" => "Rows with a smaller value.",
        "lte" => "Rows with this value or a smaller one.",
        "in" => "Rows that have one of these values, separated by commas.",
        "null" => "Rows without a value, or with one.",
        "contains" => "Rows whose text contains this.",
        _ => "Rows whose text starts with this.",
    };
}
