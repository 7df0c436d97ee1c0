using System.Text.Json;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Guardians;

namespace SchemaDeploy.Generation.OpenApi;

/// <summary>Writes the operations by path.</summary>
internal sealed class PathWriter(Utf8JsonWriter writer, FilterParameters filters)
{
    public void Write(ApiModel model)
    {
        var resources = model.Resources.ToDictionary(resource => resource.Names.Entity, StringComparer.Ordinal);
        writer.WriteStartObject("paths");
        foreach (var resource in model.Apis.Contains(ApiKind.Rest) ? model.Resources : [])
        {
            foreach (var path in resource.Operations.GroupBy(operation => operation.Path, StringComparer.Ordinal))
            {
                writer.WriteStartObject(path.Key);
                foreach (var operation in path)
                {
                    WriteOperation(resource, resource, operation, resource.Access.For(operation.Kind).ToAnyone);
                }

                writer.WriteEndObject();
            }

            foreach (var collection in resource.Collections)
            {
                if (collection.Operation is { } operation)
                {
                    writer.WriteStartObject(operation.Path);
                    WriteOperation(resource, resources[collection.Source.Entity], operation, collection.IsOpen);
                    writer.WriteEndObject();
                }
            }

            // The writer holds what it is not told to hand on.
            writer.Flush();
        }

        AuthenticationDocument.WritePaths(writer, model);
        writer.WriteEndObject();
    }

    /// <param name="resource">The resource that the path begins with.</param>
    /// <param name="shown">The resource whose rows are answered.</param>
    /// <param name="operation">What is done.</param>
    /// <param name="isOpen">Whether nobody has to sign in.</param>
    private void WriteOperation(Resource resource, Resource shown, Operation operation, bool isOpen)
    {
        writer.WriteStartObject(operation.Method.ToLowerInvariant());
        writer.WriteString("operationId", operation.Id);
        writer.WriteString("summary", operation.Summary);
        if (operation.Kind == OperationKind.Delete)
        {
            RuleDescriptions.Write(writer, shown, RuleOperations.Delete);
        }

        writer.WriteStartArray("tags");
        writer.WriteStringValue(resource.Names.Plural);
        writer.WriteEndArray();
        if (isOpen)
        {
            writer.WriteStartArray("security");
            writer.WriteEndArray();
        }

        writer.WriteStartArray("parameters");
        WriteKey(resource, operation);
        WriteQuery(shown, operation.Kind);
        WriteConditions(operation.Kind);
        writer.WriteEndArray();
        WriteBody(shown, operation.Kind);
        writer.WriteStartObject("responses");
        WriteSuccess(shown, operation.Kind);
        foreach (var status in ProblemsOf(operation.Kind, isOpen))
        {
            writer.WriteStartObject($"{status}");
            writer.WriteString("$ref", $"#/components/responses/Problem{status}");
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteKey(Resource resource, Operation operation)
    {
        if (operation.Kind is OperationKind.List or OperationKind.Create or OperationKind.CreateBatch || resource.Key is not { } key)
        {
            return;
        }

        foreach (var property in key.Properties)
        {
            writer.WriteStartObject();
            writer.WriteString("name", property.RouteName);
            writer.WriteString("in", "path");
            writer.WriteBoolean("required", true);
            writer.WriteStartObject("schema");
            SchemaWriter.WriteValue(writer, property);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private void WriteQuery(Resource shown, OperationKind kind)
    {
        if (kind is OperationKind.List or OperationKind.ListNested)
        {
            foreach (var name in new[] { "limit", "cursor", "count" })
            {
                WriteReference(name);
            }

            var sortable = shown.Properties.Where(property => property.Sortable).Select(property => property.JsonName).ToList();
            if (sortable.Count > 0)
            {
                WriteText("sort", $"The order: {string.Join(", ", sortable)}, with - in front for descending, separated by commas.");
            }
        }

        if (kind is OperationKind.List or OperationKind.ListNested or OperationKind.Get)
        {
            WriteReference("fields");
            var expandable = shown.References.Where(reference => reference.Expandable).Select(reference => reference.JsonName).ToList();
            if (expandable.Count > 0)
            {
                WriteText("expand", $"References to answer whole: {string.Join(", ", expandable)}, separated by commas.");
            }
        }

        if (kind is OperationKind.List or OperationKind.ListNested)
        {
            foreach (var filter in filters.Of(shown))
            {
                WriteReference(filter.Key);
            }
        }
    }

    private void WriteConditions(OperationKind kind)
    {
        switch (kind)
        {
            case OperationKind.Get:
                WriteReference("If-None-Match");
                break;
            case OperationKind.Replace or OperationKind.Update or OperationKind.Delete:
                WriteReference("If-Match");
                break;
        }

        if (kind is not (OperationKind.Get or OperationKind.List or OperationKind.ListNested))
        {
            WriteReference("Idempotency-Key");
        }
    }

    private void WriteBody(Resource shown, OperationKind kind)
    {
        var schema = kind switch
        {
            OperationKind.Create or OperationKind.CreateBatch => SchemaWriter.Component(shown.Names.Create),
            OperationKind.Replace or OperationKind.Update => SchemaWriter.Component(shown.Names.Update),
            _ => null,
        };
        if (schema is null)
        {
            return;
        }

        writer.WriteStartObject("requestBody");
        writer.WriteBoolean("required", true);
        writer.WriteStartObject("content");
        writer.WriteStartObject(kind == OperationKind.Update ? "application/merge-patch+json" : "application/json");
        writer.WriteStartObject("schema");
        switch (kind)
        {
            case OperationKind.CreateBatch:
                writer.WriteString("type", "array");
                writer.WriteNumber("minItems", 1);
                writer.WriteNumber("maxItems", 1000);
                writer.WriteStartObject("items");
                writer.WriteString("$ref", $"#/components/schemas/{schema}");
                writer.WriteEndObject();
                break;
            case OperationKind.Update:
                writer.WriteString("$ref", $"#/components/schemas/{SchemaWriter.PatchOf(shown.Names)}");
                break;
            default:
                writer.WriteString("$ref", $"#/components/schemas/{schema}");
                break;
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteSuccess(Resource shown, OperationKind kind)
    {
        var (status, description, schema) = kind switch
        {
            OperationKind.List or OperationKind.ListNested => ("200", "A page of rows.", SchemaWriter.PageOf(shown.Names)),
            OperationKind.Create => ("201", "The new row.", SchemaWriter.Component(shown.Names.Response)),
            OperationKind.CreateBatch => ("201", "The new rows.", SchemaWriter.PageOf(shown.Names)),
            OperationKind.Delete => ("204", "The row is deleted.", null),
            _ => ("200", "The row.", SchemaWriter.Component(shown.Names.Response)),
        };
        writer.WriteStartObject(status);
        writer.WriteString("description", description);
        if (kind is OperationKind.Create or OperationKind.Get or OperationKind.Replace or OperationKind.Update)
        {
            writer.WriteStartObject("headers");
            WriteHeader("ETag");
            if (kind == OperationKind.Create)
            {
                WriteHeader("Location");
            }

            writer.WriteEndObject();
        }

        if (schema is not null)
        {
            writer.WriteStartObject("content");
            writer.WriteStartObject("application/json");
            writer.WriteStartObject("schema");
            writer.WriteString("$ref", $"#/components/schemas/{schema}");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (kind == OperationKind.Get)
        {
            writer.WriteStartObject("304");
            writer.WriteString("description", "The row still has the ETag that If-None-Match names.");
            writer.WriteEndObject();
        }
    }

    private static IEnumerable<int> ProblemsOf(OperationKind kind, bool isOpen)
    {
        int[] own = kind switch
        {
            OperationKind.List => [400],
            OperationKind.ListNested or OperationKind.Get => [400, 404],
            OperationKind.Create or OperationKind.CreateBatch => [400, 409, 413, 415, 422],
            OperationKind.Delete => [400, 404, 409, 412, 422],
            _ => [400, 404, 409, 412, 413, 415, 422],
        };
        int[] access = isOpen ? [] : [401, 403];
        return own.Concat(access).Append(429).Order();
    }

    private void WriteReference(string parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("$ref", $"#/components/parameters/{parameter}");
        writer.WriteEndObject();
    }

    private void WriteHeader(string header)
    {
        writer.WriteStartObject(header);
        writer.WriteString("$ref", $"#/components/headers/{header}");
        writer.WriteEndObject();
    }

    private void WriteText(string name, string description)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("in", "query");
        writer.WriteString("description", description);
        writer.WriteStartObject("schema");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
