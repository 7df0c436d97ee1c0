using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Fits a model to SQL Server.</summary>
internal static class SqlServerAdaptation
{
    // Compares text by code points. The server's usual collations take "a" and "A" for the same.
    private const string BinaryCollation = "Latin1_General_100_BIN2";

    public static void Adapt(IMutableModel model)
    {
        foreach (var property in ModelAdaptation.Properties(model))
        {
            if (property.Numbering() is var numbering && numbering != Numbering.Usual)
            {
                property.SetAnnotation("SqlServer:IdentitySeed", numbering.Start);
                property.SetAnnotation("SqlServer:IdentityIncrement", checked((int)numbering.Step));
            }

            if (property.ClrType == typeof(byte[]) && property.IsIncremented())
            {
                // The database has a rowversion of its own.
                property.ValueGenerated = ValueGenerated.OnAddOrUpdate;
                property.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
                property.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
                property.SetColumnType("rowversion");
            }
            else if (property.StoredType() == typeof(string) && !property.HasColumnType() && property.GetCollation() is null)
            {
                property.SetCollation(BinaryCollation);
            }
        }

        AlignLengths(model);
    }

    // A reference has to be as long as what it refers to. The longer column holds what both may; requests are held to
    // what the schema says of each.
    private static void AlignLengths(IMutableModel model)
    {
        var pairs = model.GetEntityTypes().SelectMany(entity => entity.GetDeclaredForeignKeys())
            .SelectMany(key => key.Properties.Zip(key.PrincipalKey.Properties))
            .Concat(model.GetEntityTypes().SelectMany(entity => DatabaseReference.Of(entity).SelectMany(reference => Pairs(entity, reference)))).ToList();
        bool isChanged;
        do
        {
            isChanged = false;
            foreach (var (reference, target) in pairs)
            {
                if (reference.GetMaxLength() is { } one && target.GetMaxLength() is { } other && one != other)
                {
                    reference.SetMaxLength(Math.Max(one, other));
                    target.SetMaxLength(Math.Max(one, other));
                    isChanged = true;
                }
            }
        }
        while (isChanged);
    }

    private static IEnumerable<(IMutableProperty, IMutableProperty)> Pairs(IMutableEntityType entity, DatabaseReference reference) =>
        reference.Properties.Select(name => entity.FindProperty(name)!)
            .Zip(reference.TargetProperties.Select(name => ((IMutableEntityType)reference.TargetIn(entity.Model)).FindProperty(name)!));
}
