using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// A foreign key that the database keeps and EF Core knows nothing of: it has no relationship to a key that allows null, to a
/// unique index, or to a column of another type.
/// </summary>
/// <param name="Name">The constraint's name.</param>
/// <param name="Properties">The properties that refer.</param>
/// <param name="Target">The name of the entity that is referred to.</param>
/// <param name="TargetProperties">Its properties, in the order of <paramref name="Properties"/>.</param>
/// <param name="OnDelete">What a deletion of the row that is referred to does.</param>
/// <param name="OnUpdate">What a change of its key does.</param>
internal sealed record DatabaseReference(
    string Name, IReadOnlyList<string> Properties, string Target, IReadOnlyList<string> TargetProperties, ReferentialAction OnDelete, ReferentialAction OnUpdate)
{
    private const string Annotation = "SchemaDeploy:DatabaseReferences";

    /// <summary>The references of a table.</summary>
    public static IReadOnlyList<DatabaseReference> Of(IReadOnlyEntityType type) =>
        type.FindAnnotation(Annotation)?.Value as IReadOnlyList<DatabaseReference> ?? [];

    /// <summary>Adds the reference to those of a table.</summary>
    public void AddTo(IMutableEntityType type) => type.SetAnnotation(Annotation, (DatabaseReference[])[.. Of(type), this]);

    /// <summary>Gives references an index where none begins with their columns, as EF Core gives its own.</summary>
    public static void AddIndexes(IMutableModel model)
    {
        foreach (var type in model.GetEntityTypes())
        {
            foreach (var reference in Of(type))
            {
                var isIndexed = type.GetKeys().Select(key => key.Properties)
                    .Concat(type.GetIndexes().Where(index => index.FindAnnotation(MySqlIndexes.PrefixLengths) is null).Select(index => index.Properties))
                    .Any(reference.IsLedBy);
                if (!isIndexed)
                {
                    type.AddIndex([.. reference.Properties.Select(name => type.FindProperty(name)!)]);
                }
            }
        }
    }

    /// <summary>Whether a key or index begins with the properties that refer.</summary>
    public bool IsLedBy(IReadOnlyList<IReadOnlyProperty> properties) =>
        Properties.SequenceEqual(properties.Take(Properties.Count).Select(property => property.Name));

    /// <summary>What is referred to, in the model of the table that refers.</summary>
    public IReadOnlyEntityType TargetIn(IReadOnlyModel model) => model.FindEntityType(Target)!;

    /// <summary>What adds a table's reference to the database.</summary>
    public AddForeignKeyOperation ToOperation(IEntityType type)
    {
        var target = (IEntityType)TargetIn(type.Model);
        return new AddForeignKeyOperation
        {
            Name = Name,
            Table = type.GetTableName()!,
            Schema = type.GetSchema(),
            Columns = Columns(type, Properties),
            PrincipalTable = target.GetTableName()!,
            PrincipalSchema = target.GetSchema(),
            PrincipalColumns = Columns(target, TargetProperties),
            OnDelete = OnDelete,
            OnUpdate = OnUpdate,
        };
    }

    private static string[] Columns(IEntityType type, IReadOnlyList<string> properties) => [.. properties.Select(name => type.FindProperty(name)!.GetColumnName())];
}

/// <summary>Maps foreign keys that the database alone keeps.</summary>
public static class DatabaseReferenceExtensions
{
    /// <summary>A foreign key that the database keeps and EF Core has no relationship for.</summary>
    /// <param name="builder">The entity.</param>
    /// <param name="database">The database.</param>
    /// <param name="name">The constraint's name; null where a database does not keep it.</param>
    /// <param name="properties">The properties that refer.</param>
    /// <param name="targetProperties">The properties of a key or unique index that are referred to.</param>
    /// <param name="onDelete">What a deletion of the row that is referred to does.</param>
    /// <param name="onUpdate">What a change of its key does.</param>
    public static EntityTypeBuilder<TEntity> HasDatabaseReference<TEntity, TTarget>(
        this EntityTypeBuilder<TEntity> builder, DatabaseFacade database, ProviderSql name, string[] properties, string[] targetProperties,
        ReferentialAction onDelete = ReferentialAction.NoAction, ReferentialAction onUpdate = ReferentialAction.NoAction)
        where TEntity : class
        where TTarget : class
    {
        if (name.For(database) is { } constraint)
        {
            new DatabaseReference(constraint, properties, builder.Metadata.Model.FindEntityType(typeof(TTarget))!.Name, targetProperties, onDelete, onUpdate).AddTo(builder.Metadata);
        }

        return builder;
    }
}
