using System.Text.Json.Nodes;

namespace SchemaDeploy.AspNetCore.Resources;

/// <summary>JSON merge patch (RFC 7396).</summary>
internal static class MergePatch
{
    /// <summary><paramref name="target"/> with the members of <paramref name="patch"/> put in; null removes a member's value.</summary>
    /// <remarks>
    /// At the top level null stays as an explicit null, because a row's field is never removed; within JSON columns it
    /// removes the member, as the RFC says.
    /// </remarks>
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            target[name] = value is null ? null : Merge(target[name], value);
        }

        return target;
    }

    private static JsonNode Merge(JsonNode? target, JsonNode patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch.DeepClone();
        }

        var result = target is JsonObject existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                result.Remove(name);
            }
            else
            {
                result[name] = Merge(result[name], value);
            }
        }

        return result;
    }
}
