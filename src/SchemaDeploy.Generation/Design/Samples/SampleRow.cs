using System.Text.Json.Nodes;

namespace SchemaDeploy.Generation.Design.Samples;

/// <summary>A row to create.</summary>
/// <param name="Resource">Where it belongs.</param>
/// <param name="Values">The values by property that the request gives.</param>
/// <param name="Change">A field that can be changed, and to what; null where the schema leaves none.</param>
internal sealed record SampleRow(
    Resource Resource, IReadOnlyDictionary<Property, SampleValue> Values, (Property Property, SampleValue Value)? Change)
{
    /// <summary>The body of the request; nulls are left out.</summary>
    public JsonObject Body
    {
        get
        {
            var body = new JsonObject(Values
                .Where(pair => pair.Value.Json is not null)
                .Select(pair => KeyValuePair.Create(pair.Key.JsonName, pair.Value.Json?.DeepClone())));
            if (Resource.Password is { } password)
            {
                body[password.JsonName] = "the engine has no pretensions";
            }

            return body;
        }
    }
}
