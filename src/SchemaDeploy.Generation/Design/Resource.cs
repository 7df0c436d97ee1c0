using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Guardians;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Generation.Design.Security;

namespace SchemaDeploy.Generation.Design;

/// <summary>The names that the generated code knows a resource by.</summary>
public sealed record ResourceNames
{
    /// <summary>The EF Core entity.</summary>
    public required string Entity { get; init; }

    /// <summary>The variable that stands for a row in lambdas and methods.</summary>
    public string Variable => Identifiers.Variable(Entity);

    /// <summary>The property of the context that holds the set.</summary>
    public required string Set { get; init; }

    /// <summary>The request that creates a row.</summary>
    public required string Create { get; init; }

    /// <summary>The request that replaces a row's fields.</summary>
    public required string Update { get; init; }

    /// <summary>What clients see of a row.</summary>
    public required string Response { get; init; }

    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>The class that maps the endpoints.</summary>
    public required string Endpoints { get; init; }

    /// <summary>The class that has the rows in GraphQL.</summary>
    public string Graph => Create[..^"Create".Length] + "Graph";

    /// <summary>The class that maps the entity to the table.</summary>
    public required string Configuration { get; init; }

    /// <summary>The segment of its routes, such as <c>audit_logs</c>.</summary>
    public required string Route { get; init; }

    /// <summary>One row in words, such as "audit log".</summary>
    public required string Singular { get; init; }

    /// <summary>Several rows in words, such as "audit logs".</summary>
    public required string Plural { get; init; }
}

/// <summary>A table as the API sees it.</summary>
public sealed record Resource
{
    /// <summary>The schema of the table where it is not the dialect's default.</summary>
    public string? Schema { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>Its names in the generated code and in routes.</summary>
    public required ResourceNames Names { get; init; }

    /// <summary>What it is, for documentation; never empty.</summary>
    public required string Description { get; init; }

    /// <summary>The name that the table had before; null where none is told.</summary>
    public string? OldName { get; init; }

    /// <summary>The database comment.</summary>
    public string? Comment { get; init; }

    /// <summary>The key that paths name rows by, or null: then the resource is a list that is only read.</summary>
    public ResourceKey? Key { get; init; }

    /// <summary>The key that EF Core knows rows by; there may be one even where <see cref="Key"/> is null, because no path can hold it.</summary>
    public ResourceKey? EntityKey { get; init; }

    /// <summary>The columns, in order, that the entity has; those that are not exposed are left out.</summary>
    public required ImmutableArray<Property> Properties { get; init; }

    /// <summary>What requests give and no column holds: the password of which a row of the users has the hash.</summary>
    public Property? Password { get; init; }

    /// <summary>What requests can give.</summary>
    public IEnumerable<Property> RequestProperties => Password is null ? Properties : Properties.Append(Password);

    /// <summary>Columns that the table needs beside the schema's, so that unique keys over expressions hold on every database.</summary>
    public ImmutableArray<ShadowProperty> ShadowProperties { get; init; } = [];

    /// <summary>Foreign keys to other resources or to itself.</summary>
    public ImmutableArray<Reference> References { get; init; } = [];

    /// <summary>Foreign keys that the database alone keeps.</summary>
    public ImmutableArray<DatabaseReference> DatabaseReferences { get; init; } = [];

    /// <summary>All foreign keys that are kept.</summary>
    public IEnumerable<Link> Links => References.Concat<Link>(DatabaseReferences);

    /// <summary>The references of other resources to this one, from this side.</summary>
    public ImmutableArray<NestedList> Collections { get; init; } = [];

    /// <summary>Unique keys that foreign keys refer to; EF Core has to know them as keys.</summary>
    public ImmutableArray<AlternateKey> AlternateKeys { get; init; } = [];

    /// <summary>Indexes, other unique keys included.</summary>
    public ImmutableArray<ResourceIndex> Indexes { get; init; } = [];

    /// <summary>Checks that the database keeps, those included that requests are checked against too.</summary>
    public ImmutableArray<ResourceCheck> Checks { get; init; } = [];

    /// <summary>Rules over two properties; those over one are the property's.</summary>
    public ImmutableArray<ComparisonRule> Rules { get; init; } = [];

    /// <summary>Windows in which the same is taken for a duplicate.</summary>
    public ImmutableArray<DuplicateWindow> DuplicateWindows { get; init; } = [];

    /// <summary>Rules that the application judges writes by.</summary>
    public ImmutableArray<GuardianRule> GuardianRules { get; init; } = [];

    /// <summary>What can be done, in the order of the documentation. What is not listed is not mapped.</summary>
    public ImmutableArray<Operation> Operations { get; init; } = [];

    /// <summary>What the audit log calls a row, such as <c>order_line</c>; null where writes are not recorded.</summary>
    public string? AuditName { get; init; }

    /// <summary>What the table was recognised as.</summary>
    public TableRole Role { get; init; }

    /// <summary>How rows name their owner; null where they have none.</summary>
    public Ownership? Ownership { get; init; }

    /// <summary>Who may do what with the rows.</summary>
    public required AccessPolicy Access { get; init; }

    /// <summary>References to rows that are not everybody's.</summary>
    public ImmutableArray<GuardedReference> GuardedReferences { get; init; } = [];

    /// <summary>
    /// Whether a key refuses the same row when a client sends it again: one whose fields every request has, or one that
    /// refuses duplicates for a while.
    /// </summary>
    public bool HasUniqueRows =>
        !DuplicateWindows.IsEmpty
        || (EntityKey is { } key && key.Properties.All(IsGiven))
        || AlternateKeys.Any(alternate => alternate.Properties.All(IsGiven))
        || Indexes.Any(index => index is { Unique: true, Filter: null } && index.Parts.All(part => IsGiven(part.PropertyName)));

    /// <summary>The operation of a kind, or null where the resource does not have it.</summary>
    public Operation? Find(OperationKind kind) => Operations.FirstOrDefault(operation => operation.Kind == kind);

    private bool IsGiven(string name) => Properties.FirstOrDefault(property => property.Name == name) is { } property
        ? IsGiven(property)
        : ShadowProperties.Any(shadow => shadow.Name == name);

    // The owner is whoever asks, if nobody else is named.
    private static bool IsGiven(Property property) =>
        property.RequiredOnCreate || property.IsOwner || (property is { InCreate: true, Default.Kind: DefaultKind.Literal });
}

/// <summary>What a table is to the application.</summary>
public enum TableRole
{
    /// <summary>A table like any other.</summary>
    Ordinary,

    /// <summary>The users who sign in: it has an e-mail and a password hash.</summary>
    Users,

    /// <summary>The record of who did what.</summary>
    AuditLog,
}

/// <summary>The key of a resource.</summary>
/// <param name="Name">The constraint's name.</param>
/// <param name="Properties">Its properties in order.</param>
/// <param name="ClrType">The type of the key in C#: the property's, or a tuple such as <c>(long OrderId, int LineNo)</c>.</param>
/// <param name="RouteTemplate">Such as <c>{id}</c> or <c>{order_id}/{line_no}</c>; the names are <see cref="Property.RouteName"/>.</param>
public sealed record ResourceKey(string Name, ImmutableArray<Property> Properties, string ClrType, string RouteTemplate)
{
    /// <summary>Whether the key has several properties.</summary>
    public bool IsComposite => Properties.Length > 1;

    /// <summary>Whether the key is the table's primary key, not a unique key that takes its place.</summary>
    public bool IsPrimary { get; init; } = true;
}

/// <summary>A unique key that foreign keys refer to.</summary>
public sealed record AlternateKey(string Name, ImmutableArray<Property> Properties);

/// <summary>A check that the database keeps.</summary>
/// <param name="Name">The constraint's name.</param>
/// <param name="Sql">The condition.</param>
public sealed record ResourceCheck(string Name, ProviderSql Sql);

/// <summary>An index or unique key.</summary>
/// <param name="Name">Its name, unique among everything that the schema names.</param>
/// <param name="Parts">The properties in order.</param>
public sealed record ResourceIndex(string Name, ImmutableArray<ResourceIndexPart> Parts)
{
    /// <summary>Whether equal keys are refused.</summary>
    public bool Unique { get; init; }

    /// <summary>Whether two nulls count as equal where Unique.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Whether any part is in descending order.</summary>
    public bool HasDescending => Parts.Any(part => part.Descending);

    /// <summary>Whether any part is cut to a prefix on MySQL.</summary>
    public bool HasPrefix => Parts.Any(part => part.PrefixLength is not null);

    /// <summary>The condition of a filtered index.</summary>
    public ProviderSql? Filter { get; init; }

    /// <summary>C# names of properties carried along.</summary>
    public ImmutableArray<string> Include { get; init; } = [];

    /// <summary>JSON names of the fields whose combination is unique, for messages.</summary>
    public ImmutableArray<string> JsonNames { get; init; } = [];
}

/// <summary>One part of an index.</summary>
/// <param name="PropertyName">The C# name of a property or shadow property.</param>
/// <param name="Descending">Whether the order is descending.</param>
/// <param name="PrefixLength">MySQL's prefix length.</param>
public sealed record ResourceIndexPart(string PropertyName, bool Descending = false, int? PrefixLength = null);

/// <summary>A column beside the schema's that stands for an expression in a unique key.</summary>
/// <param name="Name">The name that EF Core knows it by.</param>
/// <param name="ColumnName">The column.</param>
/// <param name="ClrType">Its type in C#, nullable where it can be null.</param>
public sealed record ShadowProperty(string Name, string ColumnName, string ClrType)
{
    /// <summary>The C# name of the time whose window the application stores here; else null.</summary>
    public string? WindowSource { get; init; }

    /// <summary>The member of the runtime's TimeUnit that the window keeps, such as <c>Minute</c>; else null.</summary>
    public string? WindowUnit { get; init; }

    /// <summary>The expression that the database stores here; else null.</summary>
    public ProviderSql? ComputedSql { get; init; }

    /// <summary>The most characters, where text.</summary>
    public int? MaxLength { get; init; }
}
