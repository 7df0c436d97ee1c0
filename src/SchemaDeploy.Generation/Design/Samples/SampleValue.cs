using System.Globalization;
using System.Text.Json.Nodes;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>A value of a field.</summary>
/// <param name="Json">What a request says.</param>
/// <param name="Sql">What a check of the schema compares: decimal, string, bool, bytes, DateTime or TimeSpan; null for null.</param>
internal sealed record SampleValue(JsonNode? Json, object? Sql)
{
    /// <summary>Reads what the API answered for a field.</summary>
    public static SampleValue Of(Property property, JsonNode? json) => new(json?.DeepClone(), json is null ? null : property.Form switch
    {
        ValueForm.Boolean => json.GetValue<bool>(),
        ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating => decimal.Parse(json.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture),
        ValueForm.Date or ValueForm.WallClock or ValueForm.Moment => Time(json.GetValue<string>()),
        ValueForm.Time or ValueForm.Duration => TimeSpan.Parse(json.GetValue<string>(), CultureInfo.InvariantCulture),
        ValueForm.Bytes => Convert.FromBase64String(json.GetValue<string>()),
        ValueForm.Json or ValueForm.List => json.ToJsonString(),
        _ => json.GetValue<string>(),
    });

    /// <summary>Whether the other is the same value, however it is written.</summary>
    public bool IsSame(SampleValue other) => Equals(Sql, other.Sql) || JsonNode.DeepEquals(Json, other.Json);

    public static SampleValue Text(string text) => new(JsonValue.Create(text), text);

    public static SampleValue Bytes(byte[] bytes) => new(JsonValue.Create(Convert.ToBase64String(bytes)), bytes);

    public static SampleValue Number(decimal number) => new(JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)), number);

    private static DateTime Time(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
}
