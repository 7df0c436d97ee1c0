using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Columns of text whose values are JSON documents.</summary>
public static class JsonColumns
{
    private const string Json = "SchemaDeploy:Json";

    // Databases may give a document back with other blanks and in another order. No key holds one, so no hash is needed.
    private static readonly ValueComparer<string> s_comparer = new((left, right) => IsSame(left, right), _ => 0);

    /// <summary>The text is a JSON document: what means the same is the same, and the audit log shows it as a document.</summary>
    public static PropertyBuilder<TProperty> HoldsJson<TProperty>(this PropertyBuilder<TProperty> property)
    {
        property.Metadata.SetValueComparer(s_comparer);
        return property.HasAnnotation(Json, true);
    }

    internal static bool HoldsJson(this IReadOnlyAnnotatable property) => property.FindAnnotation(Json) is not null;

    private static bool IsSame(string? left, string? right)
    {
        if (left == right || left is null || right is null)
        {
            return left == right;
        }

        try
        {
            return CanonicalJson.Of(JsonElement.Parse(left)).AsSpan().SequenceEqual(CanonicalJson.Of(JsonElement.Parse(right)));
        }
        catch (JsonException)
        {
            // What other programs wrote into the column may be no JSON.
            return false;
        }
    }
}
