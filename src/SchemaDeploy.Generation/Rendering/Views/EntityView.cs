using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of an entity prints.</summary>
internal sealed class EntityView(ApiModel api, Resource resource, IReadOnlySet<string> keyless) : ResourceView(api, resource)
{
    public IEnumerable<MemberView> Properties => Resource.Properties.Select(property => new MemberView
    {
        Name = property.Name,
        Type = property.EntityType,
        Summary = CSharpSource.SentenceOrNull(property.Comment),
        Initializer = IsNeverNull(property) ? property.Form == ValueForm.List ? " = [];" : " = null!;" : "",
    });

    public IEnumerable<MemberView> Navigations => Resource.References
        .Select(reference => new MemberView
        {
            Name = reference.Name,
            Type = reference.Required ? reference.Target.Entity : reference.Target.Entity + "?",
            Summary = $"The row of <c>{CSharpSource.Xml(reference.Target.Plural)}</c> that {Columns(reference)} to.",
            Initializer = reference.Required ? " = null!;" : "",
        })
        .Concat(Resource.Collections
            .Where(collection => !keyless.Contains(collection.Source.Entity))
            .Select(collection => new MemberView
            {
                Name = collection.Name,
                Type = collection.Reference.IsUnique ? collection.Source.Entity + "?" : $"ICollection<{collection.Source.Entity}>",
                Summary = $"The rows of <c>{CSharpSource.Xml(collection.Source.Plural)}</c> whose {Columns(collection.Reference)} here.",
                Initializer = collection.Reference.IsUnique ? "" : " = [];",
            }));

    private static bool IsNeverNull(Property property) => !IsStruct(property) && !property.Nullable;

    private static string Columns(Reference reference) =>
        string.Join(", ", reference.Properties.Select(property => $"<c>{CSharpSource.Xml(property.ColumnName)}</c>"))
        + (reference.Properties.Length == 1 ? " refers" : " refer");
}

/// <summary>A property of a generated type.</summary>
internal sealed record MemberView
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    /// <summary>What it is, where the name does not say it all.</summary>
    public string? Summary { get; init; }

    /// <summary>What stands behind the accessors, with its semicolon; empty for nothing.</summary>
    public string Initializer { get; init; } = "";

    public string JsonLiteral { get; init; } = "";

    /// <summary>Whether JSON leaves it out where it is null.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A line that assigns.</summary>
internal sealed record AssignmentView(string Left, string Right);
