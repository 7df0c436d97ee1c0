using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>Tells migrations of tables and columns that had other names before: @renamed-from in the schema.</summary>
public static class RenameExtensions
{
    /// <summary>The table was called <paramref name="oldName"/>; where a database still has it by that name, it is renamed.</summary>
    public static EntityTypeBuilder<TEntity> WasNamed<TEntity>(this EntityTypeBuilder<TEntity> builder, string oldName)
        where TEntity : class => builder.HasAnnotation(ModelFacts.OldName, oldName);

    /// <summary>The column was called <paramref name="oldName"/>; where a database still has it by that name, it is renamed.</summary>
    public static PropertyBuilder<TProperty> WasNamed<TProperty>(this PropertyBuilder<TProperty> builder, string oldName) =>
        builder.HasAnnotation(ModelFacts.OldName, oldName);
}
