using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Migrations;

/// <summary>What the model knows of tables and columns, and EF Core's operations do not: marks on the operations.</summary>
internal static class ModelFacts
{
    private const string Type = "SchemaDeploy:Type";

    /// <summary>The annotation with the name that the schema says a table or column had before.</summary>
    public const string OldName = "SchemaDeploy:RenamedFrom";

    /// <summary>The name of the .NET type of a column's values, whatever they are stored as.</summary>
    public static string TypeOf(AddColumnOperation column) => (string?)column[Type] ?? "";

    public static void SetType(AddColumnOperation column, string type) => column[Type] = type;

    /// <summary>The name that the schema says a table or column had before; null for none.</summary>
    public static string? OldNameOf(MigrationOperation operation) => (string?)operation[OldName];

    /// <summary>Whether an annotation is one of these marks.</summary>
    public static bool IsMark(IAnnotation annotation) => annotation.Name is Type or OldName;

    /// <summary>Marks a table and its columns.</summary>
    public static void Annotate(TableSchema table, ITable model)
    {
        table.Create[OldName] = model.EntityTypeMappings.Select(mapping => mapping.TypeBase[OldName]).FirstOrDefault(name => name is not null);
        foreach (var column in table.Columns)
        {
            var property = model.FindColumn(column.Name)!.PropertyMappings[0].Property;
            var type = property.ValueType();
            SetType(column, (type.IsEnum ? property.StoredType() : type).FullName!);
            column[OldName] = property[OldName];
        }
    }
}
