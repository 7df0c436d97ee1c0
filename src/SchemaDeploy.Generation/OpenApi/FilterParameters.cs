using System.Text.Json;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Naming;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>A parameter by which lists are filtered.</summary>
/// <param name="Key">Its name among the components.</param>
/// <param name="Name">Its name in query strings.</param>
/// <param name="Property">The field.</param>
/// <param name="Operator">The operator.</param>
internal sealed record FilterParameter(string Key, string Name, Property Property, string Operator);

/// <summary>
/// The filters of each resource, written once and referred to by every list of its rows: in full at each list they
/// were nine tenths of the document.
/// </summary>
internal static class FilterParameters
{
    /// <summary>The filters of a resource.</summary>
    public static IEnumerable<FilterParameter> Of(Resource resource) =>
        from property in resource.Properties
        where property.Filterable
        from op in property.FilterOperators
        select new FilterParameter(SchemaWriter.Component($"{resource.Names.Response}.{property.Name}.{op}"), NameOf(property, op), property, op);

    /// <summary>Writes the filters of all resources.</summary>
    public static void Write(Utf8JsonWriter writer, ApiModel model)
    {
        foreach (var resource in model.Resources)
        {
            foreach (var filter in Of(resource))
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
