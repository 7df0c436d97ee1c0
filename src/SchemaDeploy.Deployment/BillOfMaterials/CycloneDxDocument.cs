using System.Text.Encodings.Web;
using System.Text.Json;

namespace SchemaDeploy.Deployment.BillOfMaterials;

/// <summary>
/// An application's bill of materials in the form of CycloneDX 1.6 (https://cyclonedx.org). It has neither the time nor a
/// serial number, so that the same project gives the same document.
/// </summary>
public static class CycloneDxDocument
{
    private static readonly JsonWriterOptions s_format = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    /// <param name="name">The application.</param>
    /// <param name="version">Its version.</param>
    /// <param name="sdkVersion">The version of the SDK that writes it.</param>
    /// <param name="assets">What the application is made of.</param>
    /// <returns>The document in UTF-8.</returns>
    public static ReadOnlySpan<byte> Write(string name, string version, string sdkVersion, ProjectAssets assets)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_format))
        {
            var application = $"{name}@{version}";
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("tools");
            json.WriteStartArray("components");
            json.WriteStartObject();
            WriteIdentity(json, "application", null, "SchemaDeploy.Sdk", sdkVersion);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("component");
            WriteIdentity(json, "application", application, name, version);
            json.WriteEndObject();
            json.WriteEndObject();

            json.WriteStartArray("components");
            foreach (var component in assets.Components)
            {
                WriteComponent(json, component);
            }

            json.WriteEndArray();
            json.WriteStartArray("dependencies");
            var references = assets.Components.ToLookup(component => component.Name, component => component.Reference, StringComparer.OrdinalIgnoreCase);
            WriteDependencies(json, application, assets.Direct.SelectMany(wanted => references[wanted]));
            foreach (var component in assets.Components)
            {
                WriteDependencies(json, component.Reference, component.Dependencies.SelectMany(wanted => references[wanted]));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component)
    {
        json.WriteStartObject();
        WriteIdentity(json, "library", component.Reference, component.Name, component.Version);
        // What only building needs is told apart by its scope.
        json.WriteString("scope", component.IsShipped || component.Dependencies.Length > 0 ? "required" : "excluded");
        if (component.Sha512 is { } hash)
        {
            json.WriteStartArray("hashes");
            json.WriteStartObject();
            json.WriteString("alg", "SHA-512");
            json.WriteString("content", hash);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (component.License is { } license)
        {
            json.WriteStartArray("licenses");
            json.WriteStartObject();
            json.WriteString("expression", license);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (component.IsPackage)
        {
            json.WriteString("purl", component.Reference);
        }

        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, string type, string? reference, string name, string version)
    {
        json.WriteString("type", type);
        if (reference is not null)
        {
            json.WriteString("bom-ref", reference);
        }

        json.WriteString("name", name);
        json.WriteString("version", version);
    }

    private static void WriteDependencies(Utf8JsonWriter json, string reference, IEnumerable<string> dependencies)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        json.WriteStartArray("dependsOn");
        foreach (var dependency in dependencies.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(dependency);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
