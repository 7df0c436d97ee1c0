using System.Text.Json;
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
    public static JsonObject Apply(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            target[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? null : Merge(target[member.Name], member.Value);
        }

        return target;
    }

    private static JsonNode? Merge(JsonNode? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            return JsonNode.Parse(patch.GetRawText());
        }

        var result = target as JsonObject is { } existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                result.Remove(member.Name);
            }
            else
            {
                result[member.Name] = Merge(result[member.Name], member.Value);
            }
        }

        return result;
    }
}
