using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>How an entity is stored in the database that the context is on.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
public abstract class EntityConfiguration<TEntity>(DatabaseFacade database) : IEntityTypeConfiguration<TEntity>
    where TEntity : class
{
    /// <summary>The database, for mapping that differs from one to another.</summary>
    protected DatabaseFacade Database { get; } = database;

    /// <inheritdoc/>
    public abstract void Configure(EntityTypeBuilder<TEntity> builder);
}
