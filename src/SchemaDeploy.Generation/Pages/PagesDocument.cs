using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Generation.OpenApi;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Pages;

/// <summary>
/// What the start page and the admin page know of the API: its resources with their fields, in the words of JSON Schema,
/// and, which OpenAPI has no words for, what refers to what. What is false or absent is left out.
/// </summary>
internal static class PagesDocument
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document's text; the same model gives the same text.</summary>
    public static string Write(DatabaseModel database, ApiModel api)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_options))
        {
            json.WriteStartObject();
            json.WriteString("title", api.Title);
            json.WriteString("auth", api.RoutePrefix.Length == 0 ? "/auth" : $"/{api.RoutePrefix}/auth");
            json.WritePropertyName("registration");
            RegistrationExample.Of(database, api).WriteTo(json);
            json.WritePropertyName("login");
            RegistrationExample.Login.WriteTo(json);
            json.WriteString("users", api.Users.Names.Route);
            WriteAudit(json, api);
            json.WriteStartArray("resources");
            foreach (var resource in api.Apis.Contains(ApiKind.Rest) ? api.Resources : [])
            {
                WriteResource(json, resource);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    // Where a row's trail is, and by which fields it is found there.
    private static void WriteAudit(Utf8JsonWriter json, ApiModel api)
    {
        json.WriteStartObject("audit");
        json.WriteString("resource", api.AuditLog.Names.Route);
        foreach (var (name, source) in new[]
            {
                ("entity", AuditSource.Entity), ("table", AuditSource.Table), ("key", AuditSource.Key), ("action", AuditSource.Action),
                ("event", AuditSource.Event), ("user", AuditSource.User), ("actor", AuditSource.Actor), ("old", AuditSource.OldValues),
                ("new", AuditSource.NewValues), ("changes", AuditSource.Changes), ("time", AuditSource.Time),
            })
        {
            if (api.AuditLog.Columns.FirstOrDefault(column => column.Source == source) is { } column)
            {
                json.WriteString(name, column.Property.JsonName);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteResource(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartObject();
        json.WriteString("name", resource.Names.Route);
        json.WriteString("singular", resource.Names.Singular);
        json.WriteString("plural", resource.Names.Plural);
        json.WriteString("path", resource.Find(OperationKind.List)!.Path);
        json.WriteString("table", resource.Table);
        WriteText(json, "comment", resource.Comment);
        WriteText(json, "audited", resource.AuditName);
        WriteText(json, "label", RowLabel.Of(resource)?.JsonName);
        WriteNames(json, "key", resource.Key?.Properties ?? []);
        foreach (var (name, kind) in new[] { ("create", OperationKind.Create), ("update", OperationKind.Update), ("delete", OperationKind.Delete) })
        {
            WriteTrue(json, name, resource.Find(kind) is not null && resource.Access.For(kind).ToAdmin);
        }

        json.WriteStartArray("fields");
        foreach (var property in resource.RequestProperties.Where(property => property.InResponse || property.InCreate || property.InUpdate))
        {
            WriteField(json, property);
        }

        json.WriteEndArray();
        WriteReferences(json, resource);
        WriteCollections(json, resource);
        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, Property property)
    {
        json.WriteStartObject();
        json.WriteString("name", property.JsonName);
        json.WritePropertyName("schema");
        SchemaWriter.WriteField(json, property, property.Nullable, withDefault: property.InCreate);
        WriteTrue(json, "create", property.InCreate);
        WriteTrue(json, "update", property.InUpdate);
        WriteTrue(json, "required", property.InCreate && property.RequiredOnCreate && !property.IsOwner);
        WriteTrue(json, "sort", property.Sortable);
        if (property.Filterable)
        {
            json.WriteStartArray("filters");
            foreach (var name in property.FilterOperators)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteReferences(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartArray("references");
        foreach (var reference in resource.References.Where(reference => reference.Properties.All(property => property.InResponse)))
        {
            json.WriteStartObject();
            json.WriteString("name", reference.JsonName);
            json.WriteString("target", reference.Target.Route);
            WriteNames(json, "fields", reference.Properties);
            WriteNames(json, "targetFields", reference.TargetProperties);
            WriteTrue(json, "expandable", reference.Expandable);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCollections(Utf8JsonWriter json, Resource resource)
    {
        json.WriteStartArray("collections");
        foreach (var collection in resource.Collections.Where(collection => collection.Operation is not null))
        {
            json.WriteStartObject();
            json.WriteString("route", collection.Route);
            json.WriteString("source", collection.Source.Route);
            json.WriteString("reference", collection.Reference.JsonName);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<Property> properties)
    {
        json.WriteStartArray(name);
        foreach (var property in properties)
        {
            json.WriteStringValue(property.JsonName);
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTrue(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }
}
