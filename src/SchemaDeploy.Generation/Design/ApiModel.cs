using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Graph;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>
/// What the API is: every name and every decision of the generated application. Whatever prints it decides nothing.
/// </summary>
public sealed record ApiModel
{
    /// <summary>The C# namespace of all generated types.</summary>
    public required string Namespace { get; init; }

    /// <summary>The application's name in documents and pages.</summary>
    public required string Title { get; init; }

    /// <summary>The application's version in documents.</summary>
    public required string Version { get; init; }

    /// <summary>The dialect the schema is written in.</summary>
    public required SchemaDialect Dialect { get; init; }

    /// <summary>Tells the schema from others, for databases to record.</summary>
    public required string SchemaFingerprint { get; init; }

    /// <summary>The databases that the application can run on.</summary>
    public required ImmutableArray<DatabaseKind> Databases { get; init; }

    /// <summary>The first of them that is a server, for which bundles are made; SQLite where there is none.</summary>
    public DatabaseKind Database => Databases.FirstOrDefault(database => database != DatabaseKind.Sqlite, DatabaseKind.Sqlite);

    /// <summary>The ways in which clients can talk to the application.</summary>
    public required ImmutableArray<ApiKind> Apis { get; init; }

    /// <summary>What the API is called in GraphQL; null where it is not to be had so.</summary>
    public GraphModel? Graph { get; init; }

    /// <summary>The first segment of every route without slashes; may be empty.</summary>
    public required string RoutePrefix { get; init; }

    /// <summary>The class of the EF Core context.</summary>
    public string ContextName { get; init; } = "AppDbContext";

    /// <summary>The class of the JSON serializer context.</summary>
    public string JsonContextName { get; init; } = "AppJsonContext";

    /// <summary>One resource a table, in the order of the tables.</summary>
    public required ImmutableArray<Resource> Resources { get; init; }

    /// <summary>The users who sign in: rows of a table of the schema, or of the library's own.</summary>
    public required UserTable Users { get; init; }

    /// <summary>The roles that users can have.</summary>
    public required RoleSet Roles { get; init; }

    /// <summary>The resource that keeps who did what.</summary>
    public required AuditLog AuditLog { get; init; }

    /// <summary>The enums of all resources, in the order of their columns.</summary>
    public required ImmutableArray<Enumeration> Enums { get; init; }

    /// <summary>Sequences that defaults take their numbers from.</summary>
    public ImmutableArray<Sequence> Sequences { get; init; } = [];
}

/// <summary>A C# enum whose members stand for the schema's literals.</summary>
/// <param name="Name">The C# type.</param>
/// <param name="Description">What it is, for documentation.</param>
/// <param name="Members">The members in the schema's order.</param>
public sealed record Enumeration(string Name, string Description, ImmutableArray<EnumMember> Members);

/// <summary>A member of an enum.</summary>
/// <param name="Name">The C# member.</param>
/// <param name="Text">The schema's literal, as the database and JSON hold it.</param>
public sealed record EnumMember(string Name, string Text);

/// <summary>A piece of SQL in the words of each database; null where the database cannot express it.</summary>
public sealed record ProviderSql(string? Sqlite, string? PostgreSql, string? MySql, string? SqlServer)
{
    /// <summary>Whether any database can express it.</summary>
    public bool IsExpressible => Sqlite is not null || PostgreSql is not null || MySql is not null || SqlServer is not null;

    /// <summary>The words for <paramref name="database"/>.</summary>
    public string? For(DatabaseKind database) => database switch
    {
        DatabaseKind.Sqlite => Sqlite,
        DatabaseKind.PostgreSql => PostgreSql,
        DatabaseKind.MySql => MySql,
        _ => SqlServer,
    };
}
