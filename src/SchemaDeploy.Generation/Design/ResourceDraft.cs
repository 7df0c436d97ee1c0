using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Checks;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>A resource while its parts are designed one after the other.</summary>
internal sealed class ResourceDraft
{
    public ResourceDraft(TableFacts facts, ResourceNames names)
    {
        Facts = facts;
        Names = names;
        Members = new NameScope(StringComparer.Ordinal, ReservedNames.Members);
        foreach (var type in new[] { names.Entity, names.Create, names.Update, names.Response })
        {
            // A member cannot have the name of its class.
            Members.Take(type);
        }
    }

    public TableFacts Facts { get; }

    public Table Table => Facts.Table;

    /// <summary>Whether the table is the library's own, of which the schema knows nothing.</summary>
    public bool IsOwn => OwnTables.IsOwn(Table);

    public ResourceNames Names { get; set; }

    /// <summary>Members of the entity, requests and response.</summary>
    public NameScope Members { get; }

    /// <summary>Names in JSON and query strings; the latter do not tell upper from lower case.</summary>
    public NameScope JsonNames { get; } = new(StringComparer.OrdinalIgnoreCase, ImmutableHashSet<string>.Empty);

    /// <summary>Segments behind the path of a row.</summary>
    public NameScope NestedRoutes { get; } = new(StringComparer.OrdinalIgnoreCase, ImmutableHashSet<string>.Empty);

    /// <summary>The properties by column.</summary>
    public Dictionary<string, Property> Properties { get; } = new(StringComparer.Ordinal);

    public List<Enumeration> Enums { get; } = [];

    public ResourceKey? EntityKey { get; set; }

    public ResourceKey? Key { get; set; }

    public TableRole Role { get; set; }

    /// <summary>Whether writes are recorded in the audit log.</summary>
    public bool IsAudited { get; init; } = true;

    /// <summary>The name that the table had before; null where none is told.</summary>
    public string? OldName { get; init; }

    /// <summary>Whether a request can give every value that a new row needs.</summary>
    public bool CanCreate { get; set; } = true;

    public CheckDesigner? Checks { get; set; }

    public List<Reference> References { get; } = [];

    public List<DatabaseReference> DatabaseReferences { get; } = [];

    /// <summary>All foreign keys that are kept.</summary>
    public IEnumerable<Link> Links => References.Concat<Link>(DatabaseReferences);

    public List<NestedList> Collections { get; } = [];

    public Ownership? Ownership { get; set; }

    public AccessPolicy? Access { get; set; }

    public List<GuardedReference> GuardedReferences { get; } = [];

    /// <summary>The properties in the order of the columns.</summary>
    public ImmutableArray<Property> OrderedProperties =>
        [.. Table.Columns.Select(column => Properties.GetValueOrDefault(column.Name)).OfType<Property>()];

    /// <summary>The property of a column as a key or expression names it.</summary>
    public Property? Find(string column) => Facts.Find(column) is { } found ? Properties.GetValueOrDefault(found.Name) : null;

    /// <summary>The properties of columns that are known to be exposed.</summary>
    public ImmutableArray<Property> Get(IEnumerable<Column> columns) => [.. columns.Select(column => Properties[column.Name])];
}
