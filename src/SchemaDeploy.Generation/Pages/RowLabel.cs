using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.Pages;

/// <summary>The field by which people know a row.</summary>
internal static class RowLabel
{
    private const int Longest = 300;

    // From the one that says it best.
    private static readonly string[] s_names = ["name", "title", "label", "full_name", "display_name", "subject", "heading", "username", "email", "code", "slug", "number"];

    /// <summary>The field, or null where none says more than the key does.</summary>
    public static Property? Of(Resource resource)
    {
        var candidates = resource.Properties
            .Where(property => property is { InResponse: true, Form: ValueForm.Text, IsKey: false } && property.MaxLength is null or <= Longest)
            .Where(property => !resource.References.Any(reference => reference.Properties.Contains(property)))
            .ToList();
        return s_names.Select(name => candidates.Find(property => Normalised(property.JsonName) == Normalised(name))).FirstOrDefault(property => property is not null)
            ?? candidates.Find(property => Array.Exists(s_names, name => property.JsonName.EndsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    // Names are as the schema writes them: full_name, fullName.
    private static string Normalised(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
