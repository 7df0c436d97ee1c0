using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>
/// Says what is wrong with a body that could not be read. It looks at the body again, field by field, so that all
/// mistakes are named at once and nothing hangs on the wording of the serializer's exceptions.
/// </summary>
internal static class JsonBodyDiagnosis
{
    private const int MaximumErrors = 100;
    private const int DefaultDepth = 64;

    public static ApiException Explain(ReadOnlySpan<byte> body, JsonTypeInfo json, JsonException? exception)
    {
        if (body.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new ApiException(400, "The body is empty; it must be JSON.");
        }

        if (!Utf8.IsValid(body))
        {
            return NotUnicode();
        }

        var maximumDepth = json.Options.MaxDepth == 0 ? DefaultDepth : json.Options.MaxDepth;
        try
        {
            using var document = JsonDocument.Parse(body.ToArray(), new JsonDocumentOptions { MaxDepth = maximumDepth });
            var errors = new List<KeyValuePair<string, string>>();
            var form = CheckRoot(document.RootElement, json, errors);
            return form is not null ? new ApiException(400, form)
                : errors.Count > 0 ? Validator.Broken(errors)
                : new ApiException(400, "The body does not have the form of this request" + (exception?.Path is { } path ? $" at {path}." : "."));
        }
        catch (JsonException syntax)
        {
            return ExplainSyntax(body, maximumDepth, syntax);
        }
        catch (InvalidOperationException)
        {
            return NotUnicode();
        }
    }

    public static ApiException NotUnicode() => new(400, "The body is not valid Unicode: it must be JSON in UTF-8, without halves of surrogate pairs.");

    private static ApiException ExplainSyntax(ReadOnlySpan<byte> body, int maximumDepth, JsonException syntax)
    {
        if (IsDeeperThan(body, maximumDepth))
        {
            return new ApiException(400, string.Create(CultureInfo.InvariantCulture, $"The body is nested deeper than {maximumDepth} levels."));
        }

        return new ApiException(400, string.Create(
            CultureInfo.InvariantCulture,
            $"The body is not valid JSON: see line {syntax.LineNumber + 1}, byte {syntax.BytePositionInLine + 1}."));
    }

    private static bool IsDeeperThan(ReadOnlySpan<byte> body, int maximumDepth)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= maximumDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return false;
    }

    private static string? CheckRoot(JsonElement root, JsonTypeInfo json, List<KeyValuePair<string, string>> errors)
    {
        if (json.Kind != JsonTypeInfoKind.Enumerable)
        {
            if (root.ValueKind != JsonValueKind.Object)
            {
                return $"The body must be a JSON object, and is {Name(root)}.";
            }

            CheckObject(root, json, "", errors);
            return null;
        }

        if (root.ValueKind != JsonValueKind.Array)
        {
            return $"The body must be a JSON array of objects, and is {Name(root)}.";
        }

        var itemJson = json.Options.GetTypeInfo(json.ElementType!);
        var index = 0;
        foreach (var item in root.EnumerateArray())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"[{index++}]");
            if (item.ValueKind == JsonValueKind.Object)
            {
                CheckObject(item, itemJson, name + ".", errors);
            }
            else
            {
                errors.Add(new(name, $"must be an object, and is {Name(item)}"));
            }

            if (errors.Count >= MaximumErrors)
            {
                break;
            }
        }

        return null;
    }

    private static void CheckObject(JsonElement element, JsonTypeInfo json, string prefix, List<KeyValuePair<string, string>> errors)
    {
        var properties = json.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var error = !seen.Add(member.Name) ? "is given twice"
                : !properties.TryGetValue(member.Name, out var property) ? "is no field of this request"
                : FindError(member, property, json);
            if (error is not null)
            {
                errors.Add(new(prefix + member.Name, error));
            }
        }
    }

    private static string? FindError(JsonProperty member, JsonPropertyInfo property, JsonTypeInfo json)
    {
        // An object of this field alone is read as the whole is, with the field's own converters.
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
            writer.WriteEndObject();
        }

        try
        {
            JsonSerializer.Deserialize(buffer.WrittenSpan, json);
            return null;
        }
        catch (InvalidFieldException exception)
        {
            return exception.Message;
        }
        catch (JsonException)
        {
            return member.Value.ValueKind == JsonValueKind.Null ? "must not be null"
                : member.Value.ValueKind == JsonValueKind.String && property.PropertyType == typeof(string) ? "must be valid Unicode text"
                : "must be " + ScalarText.Describe(property.PropertyType);
        }
    }

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
