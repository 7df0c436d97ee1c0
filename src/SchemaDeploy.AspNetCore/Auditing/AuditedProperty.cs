using System.Collections;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Auditing;

/// <summary>A field that old and new values hold, in the form that responses show it in.</summary>
internal sealed class AuditedProperty(IProperty property)
{
    private readonly bool _holdsJson = property.HoldsJson();

    public IProperty Metadata => property;

    public string Name { get; } = property.JsonName();

    /// <summary>Whether the database may change the value when the row is changed.</summary>
    public bool IsGeneratedOnUpdate { get; } = property.ValueGenerated is ValueGenerated.OnUpdate or ValueGenerated.OnAddOrUpdate or ValueGenerated.OnUpdateSometimes;

    /// <summary>The value that <paramref name="entity"/> has now.</summary>
    public object? Read(object entity) => property.GetGetter().GetClrValue(entity);

    public bool Equal(object? left, object? right) => property.GetValueComparer().Equals(left, right);

    /// <summary>Writes the member.</summary>
    public void Write(Utf8JsonWriter writer, object? value)
    {
        writer.WritePropertyName(Name);
        if (_holdsJson && value is string document)
        {
            WriteDocument(writer, document);
        }
        else
        {
            WriteValue(writer, value);
        }
    }

    private void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case byte or sbyte or short or ushort or int or uint or long:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            case DateTime time:
                writer.WriteStringValue(time);
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case byte[] bytes:
                writer.WriteBase64StringValue(bytes);
                break;
            case DateOnly date:
                writer.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeOnly time:
                writer.WriteStringValue(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture));
                break;
            case Enum when (property.GetElementType()?.GetTypeMapping() ?? property.GetTypeMapping()).Converter is { } converter:
                WriteValue(writer, converter.ConvertToProvider(value));
                break;
            case IEnumerable items:
                WriteItems(writer, items);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void WriteItems(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            WriteValue(writer, item);
        }

        writer.WriteEndArray();
    }

    // What other programs wrote into the column may be no JSON.
    private static void WriteDocument(Utf8JsonWriter writer, string document)
    {
        try
        {
            writer.WriteRawValue(document);
        }
        catch (JsonException)
        {
            writer.WriteStringValue(document);
        }
    }
}
