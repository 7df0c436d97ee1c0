using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Generation.Design;

/// <summary>Designs the keys of resources.</summary>
internal static class KeyDesigner
{
    /// <summary>Fills the keys of <paramref name="draft"/>, whose properties are designed.</summary>
    public static void Design(ResourceDraft draft, ConstraintNaming constraints, DiagnosticBag diagnostics)
    {
        var table = draft.Table;
        if (draft.Facts.Key is not { } key)
        {
            diagnostics.Report(DesignDiagnostics.TableWithoutKey, table.Source.ToSpan(), table.Name);
            return;
        }

        var properties = draft.Get(draft.Facts.FindExposed(key.Columns));
        draft.EntityKey = new ResourceKey(
            constraints.Name(NameOf(key.Name, table.Name), table, table.Source),
            properties,
            ClrTypeOf(properties),
            string.Join('/', properties.Select(property => $"{{{property.RouteName}}}")))
        {
            IsPrimary = ReferenceEquals(key, table.PrimaryKey),
        };
        if (properties.FirstOrDefault(property => !IsRoutable(property.Form)) is { } property)
        {
            diagnostics.Report(
                DesignDiagnostics.KeyNotUsable, table.Source.ToSpan(), table.Name, property.ColumnName,
                property.Form == ValueForm.Bytes ? "binary" : "no simple value");
            return;
        }

        draft.Key = draft.EntityKey;
    }

    /// <summary>The C# type of a key of these properties.</summary>
    public static string ClrTypeOf(ImmutableArray<Property> properties) => properties is [var single]
        ? single.ClrType
        : $"({string.Join(", ", properties.Select(property => $"{property.ClrType} {property.Name}"))})";

    // MySQL calls every primary key PRIMARY.
    private static string NameOf(string name, string table) => name == "PRIMARY" ? "pk_" + table : name;

    private static bool IsRoutable(ValueForm form) => form is not (ValueForm.Bytes or ValueForm.Json or ValueForm.List);
}
