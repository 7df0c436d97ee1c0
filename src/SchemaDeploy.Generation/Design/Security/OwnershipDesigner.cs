using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design.Security;

/// <summary>
/// Finds out how rows name their owners: by a tag, by a foreign key to the users whose name says so, or by being part
/// of a row that has an owner, as the lines of an order are.
/// </summary>
internal sealed class OwnershipDesigner(IReadOnlyList<ResourceDraft> drafts, UserTable users, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, ResourceDraft> _drafts = drafts.ToDictionary(draft => draft.Names.Entity, StringComparer.Ordinal);
    private readonly Dictionary<ResourceDraft, Ownership?> _found = [];

    /// <summary>How the rows of <paramref name="draft"/> name their owner; null where they have none.</summary>
    public Ownership? Of(ResourceDraft draft)
    {
        if (_found.TryGetValue(draft, out var found))
        {
            return found;
        }

        // Until it is found there is none: so circles end.
        _found[draft] = null;
        return _found[draft] = Find(draft);
    }

    private Ownership? Find(ResourceDraft draft) => draft.Role switch
    {
        // Users are their own.
        TableRole.Users => new Ownership([], users.Key),
        TableRole.AuditLog => null,
        _ => Tagged(draft) is { Tag: { } tag } tagged
            ? tagged.Ownership ?? Report(tag, tagged.Reason)
            : Named(draft) ?? Inherited(draft),
    };

    private (SmartTag? Tag, Ownership? Ownership, string Reason) Tagged(ResourceDraft draft)
    {
        foreach (var column in draft.Table.Columns)
        {
            if (column.Tags.FirstOrDefault(tag => tag.Name == Tags.Owner) is not { } tag)
            {
                continue;
            }

            var references = draft.References.Where(reference => reference.Properties is [var single] && single.ColumnName == column.Name).ToList();
            if (references.FirstOrDefault(IsToUser) is { } direct)
            {
                return (tag, new Ownership([], direct.Properties[0]), "");
            }

            if (references.Select(Through).OfType<Ownership>().FirstOrDefault() is { } inherited)
            {
                return (tag, inherited, "");
            }

            if (_drafts[users.Names.Entity] is { IsOwn: true } && draft.Properties.GetValueOrDefault(column.Name) is { } property && HoldsOwnUserKey(property))
            {
                return (tag, new Ownership([], property), "");
            }

            return (tag, null, $"'{column.Name}' is no foreign key of its own to the users or to rows that have an owner");
        }

        return default;
    }

    private Ownership? Named(ResourceDraft draft) => draft.References
        .Where(IsToUser)
        .Select(reference => reference.Properties[0])
        .Where(property => ColumnRoles.OwnerRank(property.ColumnName) > 0)
        .MaxBy(property => ColumnRoles.OwnerRank(property.ColumnName)) is { } property
            ? new Ownership([], property)
            : null;

    // A row that cannot be without another one and goes with it is a part of it.
    private Ownership? Inherited(ResourceDraft draft) => draft.References
        .Where(reference => reference.Required && (reference.DeleteBehavior == "Cascade" || reference.Properties.All(property => property.IsKey)))
        .Where(reference => reference.Target != draft.Names && reference.Target != users.Names)
        .Select(Through)
        .OfType<Ownership>()
        .FirstOrDefault();

    private Ownership? Through(Reference reference) =>
        reference.Target != users.Names && Of(_drafts[reference.Target.Entity]) is { } target
            ? new Ownership([reference, .. target.Path], target.Property)
            : null;

    private bool IsToUser(Reference reference) =>
        reference.Target == users.Names
        && reference.TargetProperties is [var target] && target.ColumnName == users.Key.ColumnName;

    // A schema cannot refer to the library's own users, who have UUIDs.
    private static bool HoldsOwnUserKey(Property property) =>
        property.Form == ValueForm.Uuid || (property.Form == ValueForm.Text && property.MaxLength is null or >= 36);

    private Ownership? Report(SmartTag tag, string reason)
    {
        diagnostics.Report(DesignDiagnostics.TagNotUsable, tag.Source.ToSpan(), tag.Name, reason);
        return null;
    }
}
