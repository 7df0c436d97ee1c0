using System.Globalization;
using System.Text;
using System.Text.Json;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Guardians;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>Writes the schemas of requests and responses, with every rule that JSON Schema can say.</summary>
internal static class SchemaWriter
{
    public static void Write(Utf8JsonWriter writer, ApiModel model)
    {
        writer.WriteStartObject("schemas");
        foreach (var resource in model.Resources)
        {
            WriteResponse(writer, resource);
            WritePage(writer, resource);
            if (resource.Find(OperationKind.Create) is not null)
            {
                WriteRequest(writer, Component(resource.Names.Create), resource, property => property.InCreate, property => property.RequiredOnCreate);
            }

            if (resource.Find(OperationKind.Replace) is not null || resource.Find(OperationKind.Update) is not null)
            {
                WriteRequest(writer, Component(resource.Names.Update), resource, property => property.InUpdate, property => property.RequiredOnUpdate);

                // A patch names only what changes.
                WriteRequest(writer, PatchOf(resource.Names), resource, property => property.InUpdate, _ => false);
            }

            writer.Flush();
        }

        AuthenticationDocument.WriteSchemas(writer, model);
        WriteProblem(writer);
        writer.WriteEndObject();
    }

    /// <summary>The name of the schema of a page of <paramref name="resource"/>.</summary>
    public static string PageOf(ResourceNames resource) => Component(resource.Response) + "Page";

    /// <summary>The name of the schema of a merge patch for <paramref name="resource"/>.</summary>
    public static string PatchOf(ResourceNames resource) => Component(resource.Update[..^"Update".Length]) + "Patch";

    /// <summary>The name of the schema of a C# type: the names of components are ASCII.</summary>
    public static string Component(string type) => Ascii.IsValid(type)
        ? type
        : string.Concat(type.Select(c => char.IsAscii(c) ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"_{(int)c:x4}")));

    /// <summary>The schema of a value, without the null that a column may allow.</summary>
    public static void WriteValue(Utf8JsonWriter writer, Property property) => WriteType(writer, property, nullable: false);

    /// <summary>The schema of what a request gives for a property.</summary>
    public static void WriteField(Utf8JsonWriter writer, Property property, bool nullable, bool withDefault)
    {
        writer.WriteStartObject();
        WriteType(writer, property, nullable);
        WriteRules(writer, property);
        if (withDefault && property.Default?.Json is { } value)
        {
            writer.WritePropertyName("default");
            writer.WriteRawValue(value);
        }

        if (property.IsWriteOnly)
        {
            writer.WriteBoolean("writeOnly", true);
        }

        WriteDescription(writer, property);
        writer.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter writer, Resource resource)
    {
        var properties = resource.Properties.Where(property => property.InResponse).ToList();
        writer.WriteStartObject(Component(resource.Names.Response));
        writer.WriteString("type", "object");
        writer.WriteString("description", resource.Description);
        WriteNames(writer, "required", properties.Select(property => property.JsonName));
        writer.WriteStartObject("properties");
        foreach (var property in properties)
        {
            writer.WriteStartObject(property.JsonName);
            WriteType(writer, property, property.Nullable);
            WriteDescription(writer, property);
            writer.WriteEndObject();
        }

        foreach (var reference in resource.References.Where(reference => reference.Expandable))
        {
            writer.WriteStartObject(reference.JsonName);
            writer.WriteString("$ref", $"#/components/schemas/{Component(reference.Target.Response)}");
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePage(Utf8JsonWriter writer, Resource resource)
    {
        writer.WriteStartObject(PageOf(resource.Names));
        writer.WriteString("type", "object");
        WriteNames(writer, "required", ["items", "next", "previous"]);
        writer.WriteStartObject("properties");
        writer.WriteStartObject("items");
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        writer.WriteString("$ref", $"#/components/schemas/{Component(resource.Names.Response)}");
        writer.WriteEndObject();
        writer.WriteEndObject();
        foreach (var cursor in new[] { "next", "previous" })
        {
            writer.WriteStartObject(cursor);
            WriteNames(writer, "type", ["string", "null"]);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("total");
        writer.WriteString("type", "integer");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The schema of what users register with.</summary>
    public static void WriteRegistration(Utf8JsonWriter writer, string name, Resource users) =>
        WriteRequest(writer, name, users, property => property.InCreate && !property.IsAdminOnly, property => property.RequiredOnCreate || property.IsEmail);

    private static void WriteRequest(
        Utf8JsonWriter writer, string name, Resource resource, Func<Property, bool> isIn, Func<Property, bool> isRequired)
    {
        var isCreate = name != Component(resource.Names.Update) && name != PatchOf(resource.Names);
        var properties = resource.RequestProperties.Where(isIn).ToList();
        writer.WriteStartObject(name);
        writer.WriteString("type", "object");
        RuleDescriptions.Write(writer, resource, isCreate ? RuleOperations.Create : RuleOperations.Update);
        if (properties.Any(isRequired))
        {
            WriteNames(writer, "required", properties.Where(isRequired).Select(property => property.JsonName));
        }

        writer.WriteStartObject("properties");
        foreach (var property in properties)
        {
            writer.WritePropertyName(property.JsonName);
            WriteField(writer, property, property.Nullable && !isRequired(property), isCreate);
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter writer, Property property, bool nullable)
    {
        var (type, format) = property.Form switch
        {
            ValueForm.Boolean => ("boolean", null),
            ValueForm.Integer => ("integer", property.ClrType == "long" ? "int64" : "int32"),
            ValueForm.Decimal => ("number", "decimal"),
            ValueForm.Floating => ("number", property.ClrType == "float" ? "float" : "double"),
            ValueForm.Date => ("string", "date"),
            ValueForm.Time => ("string", "time-local"),
            ValueForm.WallClock => ("string", "date-time-local"),
            ValueForm.Moment => ("string", "date-time"),
            ValueForm.Duration => ("string", "duration-clock"),
            ValueForm.Uuid => ("string", "uuid"),
            ValueForm.List => ("array", null),
            ValueForm.Json when property.Rules.Any(rule => rule.Kind == RuleKind.JsonList) => ("array", null),
            ValueForm.Json => (null, null),
            ValueForm.Text when property.IsEmail => ("string", "email"),
            _ => ("string", (string?)null),
        };
        if (type is null)
        {
            return;
        }

        if (nullable)
        {
            WriteNames(writer, "type", [type, "null"]);
        }
        else
        {
            writer.WriteString("type", type);
        }

        if (format is not null)
        {
            writer.WriteString("format", format);
        }

        if (property.Form == ValueForm.Bytes)
        {
            writer.WriteString("contentEncoding", "base64");
        }

        if (property.Form == ValueForm.List)
        {
            writer.WriteStartObject("items");
            writer.WriteString("type", property.ClrType switch
            {
                "List<bool>" => "boolean",
                "List<short>" or "List<int>" or "List<long>" => "integer",
                "List<decimal>" or "List<float>" or "List<double>" => "number",
                _ => "string",
            });
            if (property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.MaxLength) is { Length: var length })
            {
                writer.WriteNumber("maxLength", length);
            }

            WriteMembers(writer, property.Enum, nullable: false);
            writer.WriteEndObject();
        }
        else
        {
            WriteMembers(writer, property.Enum, nullable);
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, Enumeration? enumeration, bool nullable)
    {
        if (enumeration is null)
        {
            return;
        }

        writer.WriteStartArray("enum");
        foreach (var member in enumeration.Members)
        {
            writer.WriteStringValue(member.Text);
        }

        if (nullable)
        {
            writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter writer, Property property)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in property.Rules)
        {
            WriteRule(writer, property, rule, written);
        }
    }

    // A keyword stands once in a schema; of two rules with one keyword the first is said, and both are kept.
    private static void WriteRule(Utf8JsonWriter writer, Property property, PropertyRule rule, HashSet<string> written)
    {
        var isNumber = property.Form is ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating;
        var isText = property.Form == ValueForm.Text;
        switch (rule.Kind)
        {
            case RuleKind.MaxLength when isText && written.Add("maxLength"):
                writer.WriteNumber("maxLength", rule.Length);
                break;
            case RuleKind.MinLength when isText && written.Add("minLength"):
                writer.WriteNumber("minLength", rule.Length);
                break;
            case RuleKind.Minimum when isNumber && written.Add("minimum"):
                WriteRaw(writer, "minimum", rule.Bound!);
                break;
            case RuleKind.Maximum when isNumber && written.Add("maximum"):
                WriteRaw(writer, "maximum", rule.Bound!);
                break;
            case RuleKind.GreaterThan when isNumber && written.Add("exclusiveMinimum"):
                WriteRaw(writer, "exclusiveMinimum", rule.Bound!);
                break;
            case RuleKind.LessThan when isNumber && written.Add("exclusiveMaximum"):
                WriteRaw(writer, "exclusiveMaximum", rule.Bound!);
                break;
            case RuleKind.Digits when rule.Scale <= 28 && written.Add("multipleOf"):
                writer.WritePropertyName("multipleOf");
                writer.WriteRawValue(rule.Scale == 0 ? "1" : "0." + new string('0', rule.Scale - 1) + "1");
                break;
            case RuleKind.OneOf when property.Enum is null && written.Add("enum"):
                WriteValues(writer, "enum", rule, property.Nullable);
                break;
            case RuleKind.NoneOf or RuleKind.NotEqual when written.Add("not"):
                writer.WriteStartObject("not");
                WriteValues(writer, "enum", rule.Bound is { } bound ? rule with { Values = [bound] } : rule, nullable: false);
                writer.WriteEndObject();
                break;
            case RuleKind.Matches when !rule.IgnoreCase && written.Add("pattern"):
                writer.WriteString("pattern", rule.Pattern);
                break;
        }
    }

    private static void WriteValues(Utf8JsonWriter writer, string keyword, PropertyRule rule, bool nullable)
    {
        writer.WriteStartArray(keyword);
        foreach (var value in rule.Values)
        {
            writer.WriteRawValue(value.Json);
        }

        if (nullable)
        {
            writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter writer, string keyword, RuleValue value)
    {
        writer.WritePropertyName(keyword);
        writer.WriteRawValue(value.Json);
    }

    private static void WriteDescription(Utf8JsonWriter writer, Property property)
    {
        if (property.Comment is { Length: > 0 } comment)
        {
            writer.WriteString("description", comment);
        }
        else if (property.Rules.FirstOrDefault(rule => rule.Kind == RuleKind.SetOf) is { } set)
        {
            writer.WriteString(
                "description",
                string.Create(CultureInfo.InvariantCulture, $"Some of {string.Join(", ", set.Values.Select(value => value.Json))}, separated by commas."));
        }
    }

    private static void WriteProblem(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("Problem");
        writer.WriteString("type", "object");
        writer.WriteString("description", "What went wrong (RFC 9457).");
        WriteNames(writer, "required", ["type", "title", "status"]);
        writer.WriteStartObject("properties");
        foreach (var name in new[] { "type", "title", "detail", "traceId" })
        {
            writer.WriteStartObject(name);
            writer.WriteString("type", "string");
            writer.WriteEndObject();
        }

        writer.WriteStartObject("status");
        writer.WriteString("type", "integer");
        writer.WriteEndObject();
        writer.WriteStartObject("errors");
        writer.WriteString("type", "object");
        writer.WriteString("description", "Messages by field.");
        writer.WriteStartObject("additionalProperties");
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter writer, string keyword, IEnumerable<string> names)
    {
        writer.WriteStartArray(keyword);
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
