using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>Names the generated types and routes of all tables.</summary>
internal sealed class TableNaming
{
    // Paths at the root that the application has beside its resources.
    private static readonly ImmutableHashSet<string> s_rootPaths = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "api", AuditLogDesigner.Route, "auth", "docs", "graphql", "health", "live", "metrics", "openapi", "ready", "scalar", "schema");

    // And those among its resources: of signing in, and of the audit log, which takes its own.
    private static readonly ImmutableHashSet<string> s_apiPaths =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, AuditLogDesigner.Route, "auth");

    private readonly NameScope _types = new(StringComparer.OrdinalIgnoreCase, ReservedNames.Types);
    private readonly NameScope _sets = new(StringComparer.Ordinal, ReservedNames.ContextMembers);
    private readonly NameScope _routes;
    private readonly Dictionary<string, int> _tablesByName = new(StringComparer.OrdinalIgnoreCase);

    public TableNaming(DatabaseModel database, DesignOptions options)
    {
        _routes = new NameScope(
            StringComparer.OrdinalIgnoreCase, options.RoutePrefix.Length == 0 ? s_rootPaths : s_apiPaths);

        // Inside the namespace Shop a type Shop would be meant by the first part of Shop.Something.
        _types.Take(options.Namespace.Split('.')[0]);
        foreach (var table in database.Tables)
        {
            _tablesByName[table.Name] = _tablesByName.GetValueOrDefault(table.Name) + 1;
        }
    }

    /// <summary>Takes the names of one table.</summary>
    public ResourceNames Name(Table table, string? givenName)
    {
        var source = givenName ?? table.Name;
        var prefix = givenName is null && table.Schema is not null && _tablesByName[table.Name] > 1 ? table.Schema + "_" : "";
        var words = Words.Of(prefix + source);
        var singular = Identifiers.Singular(words);
        var plural = Identifiers.Plural(words);
        var stem = Identifiers.Pascal(singular, "Table");
        var (entity, usedStem) = TakeTypes(stem, table.Schema is { } schema && prefix.Length == 0 ? Identifiers.Pascal(schema + "_" + stem, stem) : stem);
        var route = Identifiers.Route(prefix + source, "table");
        var set = Identifiers.Pascal(plural, "Tables");
        return new ResourceNames
        {
            Entity = entity,
            Set = _sets.Unique("", set, set + "Set"),
            Create = usedStem + "Create",
            Update = usedStem + "Update",
            Response = usedStem + "Response",
            Service = usedStem + "Service",
            Endpoints = usedStem + "Endpoints",
            Configuration = usedStem + "EntityTypeConfiguration",
            Route = _routes.Unique("_", route),
            Singular = singular.IsEmpty ? "row" : Words.Sentence(singular),
            Plural = plural.IsEmpty ? "rows" : Words.Sentence(plural),
        };
    }

    /// <summary>Takes the name of an enum.</summary>
    public string NameEnum(ResourceNames resource, string property)
    {
        var stem = StemOf(resource) + property;
        return _types.Unique("", stem, stem + "Value");
    }

    /// <summary>Takes the name of the class that makes rows of the audit log.</summary>
    public string NameMapper(ResourceNames resource) => _types.Unique("", StemOf(resource) + "Mapper");

    private static string StemOf(ResourceNames resource) => resource.Create[..^"Create".Length];

    // The entity alone may have to give way (a table tasks: TaskEntity, TaskCreate, TaskService); where more of the
    // names are taken, all of them do.
    private (string Entity, string Stem) TakeTypes(string stem, string stemWithSchema)
    {
        foreach (var candidate in Candidates(stem, stemWithSchema))
        {
            string[] derived =
            [
                candidate + "Create", candidate + "Update", candidate + "Response", candidate + "Service",
                candidate + "Endpoints", candidate + "Graph", candidate + "EntityTypeConfiguration", $"List{candidate}Create",
            ];
            if (!derived.All(_types.IsFree))
            {
                continue;
            }

            var entity = _types.IsFree(candidate) ? candidate : candidate + "Entity";
            if (_types.IsFree(entity))
            {
                _types.Take(entity);
                Array.ForEach(derived, _types.Take);
                return (entity, candidate);
            }
        }

        throw new InvalidOperationException("Candidates never end.");
    }

    private IEnumerable<string> Candidates(string stem, string stemWithSchema)
    {
        yield return stem;
        yield return stemWithSchema;
        yield return stem + "Entity";

        // The scope remembers how far the numbers have come, so that a thousand equal names stay linear.
        while (true)
        {
            yield return _numbers.Unique("", stem);
        }
    }

    private readonly NameScope _numbers = new(StringComparer.OrdinalIgnoreCase, ImmutableHashSet<string>.Empty);
}
