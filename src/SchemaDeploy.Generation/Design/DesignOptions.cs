using System.Collections.Immutable;

namespace SchemaDeploy.Generation.Design;

/// <summary>What the project says about the API that is made.</summary>
public sealed record DesignOptions
{
    /// <summary>The C# namespace of all generated types.</summary>
    public required string Namespace { get; init; }

    /// <summary>The application's name in documents and pages.</summary>
    public required string Title { get; init; }

    /// <summary>The application's version in documents.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>The ways in which clients can talk to the application.</summary>
    public ImmutableArray<ApiKind> Apis { get; init; } = [ApiKind.Rest];

    /// <summary>The first segment of every route; may be empty.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>The databases that the application ships beside SQLite, the one it is deployed with first.</summary>
    public ImmutableArray<DatabaseKind> Databases { get; init; } = [];

    /// <summary>Whether lists may be filtered and sorted by columns that no index holds.</summary>
    public bool AllowUnindexed { get; init; }

    /// <summary>The databases that the application can run on.</summary>
    internal ImmutableArray<DatabaseKind> SupportedDatabases => [.. Databases.Append(DatabaseKind.Sqlite).Distinct()];
}

/// <summary>The databases that an application can run on.</summary>
public enum DatabaseKind
{
    /// <summary>SQLite, which every application can fall back to.</summary>
    Sqlite,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>Microsoft SQL Server and Azure SQL.</summary>
    SqlServer,
}
