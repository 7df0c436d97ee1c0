namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Makes the tables of an empty database.</summary>
internal interface IDatabaseCreator
{
    /// <summary>Makes the tables, where the database has none.</summary>
    /// <exception cref="Hosting.StartupException">The database cannot be used.</exception>
    Task CreateAsync(CancellationToken cancellationToken);
}
