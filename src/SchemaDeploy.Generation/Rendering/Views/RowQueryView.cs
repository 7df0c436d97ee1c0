using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>A query of a single row that a service has translated once.</summary>
/// <param name="Field">The field that holds it.</param>
/// <param name="Method">The method that runs it.</param>
/// <param name="Types">The types of its parameters.</param>
/// <param name="Parameters">Its parameters with their types.</param>
/// <param name="Condition">What it says of <c>row</c>.</param>
/// <param name="Arguments">The values of the parameters where there is a variable <c>key</c>.</param>
internal sealed record RowQueryView(string Field, string Method, string Types, string Parameters, string Condition, string Arguments)
{
    /// <summary>The row of a key.</summary>
    public static RowQueryView Of(ResourceKey key)
    {
        // A query takes no tuple apart.
        var parts = key.Properties.Select((property, i) => (Property: property, Name: key.IsComposite ? $"key{i + 1}" : "key")).ToList();
        return new RowQueryView(
            "s_row",
            "FindRowAsync",
            string.Join(", ", parts.Select(part => part.Property.ClrType)),
            string.Join(", ", parts.Select(part => $"{part.Property.ClrType} {part.Name}")),
            string.Join(" && ", parts.Select(part => $"row.{part.Property.Name} == {part.Name}")),
            key.IsComposite ? string.Join(", ", key.Properties.Select(property => $"key.{property.Name}")) : "key");
    }

    /// <summary>The row of a key if it is the caller's own.</summary>
    public static RowQueryView OfOwn(ResourceKey key, string ownerType, string ownerPath)
    {
        var row = Of(key);
        return new RowQueryView(
            "s_ownRow",
            "FindOwnRowAsync",
            $"{row.Types}, {ownerType}",
            $"{row.Parameters}, {ownerType} owner",
            $"{row.Condition} && row{ownerPath} == owner",
            $"{row.Arguments}, Caller.Key<{ownerType}>()");
    }
}
