using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>Designs the properties of one resource.</summary>
internal sealed class PropertyDesigner(
    ResourceDraft draft, DatabaseModel database, DesignOptions options, TableNaming naming, DiagnosticBag diagnostics)
{
    private static readonly ImmutableArray<string> s_ordered = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "null"];
    private static readonly ImmutableArray<string> s_equality = ["eq", "ne", "in", "null"];
    private static readonly ImmutableArray<string> s_text = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "null", "contains", "starts"];

    private readonly NameScope _routeNames = new(StringComparer.OrdinalIgnoreCase, ReservedNames.RouteValues);
    private readonly Column? _deletionMark = DeletionMarkChooser.Choose(draft.Facts, diagnostics);
    private readonly HashSet<string> _keyColumns =
        draft.Facts.Key is { } key ? [.. draft.Facts.FindExposed(key.Columns).Select(column => column.Name)] : [];
    private readonly GivenValueDesigner _givenValues = new(draft, database, options, diagnostics);

    /// <summary>Fills the draft's properties and enums.</summary>
    public void Design()
    {
        foreach (var column in draft.Table.Columns)
        {
            if (PropertyTypes.Of(column) is { } type)
            {
                draft.Properties[column.Name] = Design(column, type);
            }
            else
            {
                diagnostics.Report(DesignDiagnostics.ColumnNotExposed, column.Source.ToSpan(), column.Name, column.NativeType);
                RequireFillable(
                    column,
                    isFilled: column.Nullable || column.Default is not null || column.Generated is not null || ColumnRoles.IsSearchDocument(column));
            }
        }
    }

    private Property Design(Column column, PropertyType type)
    {
        var given = column.Tags.GivenName(diagnostics);
        var pascal = Identifiers.Pascal(given ?? column.Name, "Column");
        var name = draft.Members.Unique("", pascal, pascal + "Value");
        var jsonName = draft.JsonNames.Unique("_", given ?? Identifiers.Json(column.Name, "column"));
        var enumeration = DesignEnum(column, name);
        var clrType = enumeration is null ? type.ClrType : type.Form == ValueForm.List ? $"List<{enumeration.Name}>" : enumeration.Name;
        var isKey = _keyColumns.Contains(column.Name);
        var serverValue = _givenValues.ServerValueOf(column, _keyColumns);
        var isDeletionMark = column == _deletionMark;
        var isHidden = isDeletionMark || IsTagged(column, Tags.Hidden, isKey);
        var isReadOnly = IsTagged(column, Tags.ReadOnly, isKey) || serverValue != ServerValue.None || isHidden;
        var isSecret = ColumnRoles.IsSecret(column) && !isKey;
        var isFixed = draft.Facts.ReferencedColumns.TryGetValue(column.Name, out var referencing);
        var nullable = column.Nullable && !isKey;
        var propertyDefault = _givenValues.DesignDefault(column, type, serverValue, enumeration);
        var isFilled = !isReadOnly || nullable || propertyDefault is { IsEverywhere: true } || serverValue != ServerValue.None || isDeletionMark
            || (isSecret && draft.Role == TableRole.Users);
        RequireFillable(column, isFilled);
        if (isFixed && !isKey && !isReadOnly)
        {
            diagnostics.Report(DesignDiagnostics.ReferencedColumnFixed, column.Source.ToSpan(), column.Name, referencing);
        }

        var suffix = nullable ? "?" : "";
        var isListable = !isHidden && !isSecret && IsListable(type.Form);
        var isIndexed = options.AllowUnindexed || isKey || draft.Facts.IndexedColumns.Contains(column.Name);
        return new Property
        {
            ColumnName = column.Name,
            Name = name,
            JsonName = jsonName,
            RouteName = isKey ? _routeNames.Unique("_", Identifiers.RouteValue(jsonName)) : Identifiers.RouteValue(jsonName),
            Comment = column.Comment,
            OldName = column.Tags.OldName(diagnostics),
            Kind = column.Type,
            Form = type.Form,
            ClrType = clrType,
            IsValueType = type.IsValueType,
            Nullable = nullable,
            EntityType = (type.Form == ValueForm.Json ? "string" : clrType) + suffix,
            RequestType = clrType + "?",
            ResponseType = clrType + suffix,
            ColumnType = type.ColumnType,
            Enum = enumeration,
            MaxLength = MaxLengthOf(column),
            IsFixedLength = column.Type is SqlTypeKind.Char or SqlTypeKind.Binary && column.Length is not null,
            Precision = column.Precision,
            Scale = column.Type == SqlTypeKind.Decimal ? column.Scale ?? 0 : null,
            Collation = column.Collation,
            IgnoresCase = ColumnRoles.IgnoresCase(column),
            IsKey = isKey,
            IsDeletionMark = isDeletionMark,
            ServerValue = serverValue,
            Numbering = serverValue == ServerValue.Identity ? _givenValues.DesignNumbering(column) : null,
            ComputedSql = _givenValues.DesignComputed(column),
            IsStored = column.Generated?.Stored ?? false,
            Default = propertyDefault,
            InResponse = !isHidden && !isSecret,
            IsAudited = !isHidden && !isSecret && !column.Tags.IsNotAudited(diagnostics),
            InCreate = !isReadOnly,
            InUpdate = !isReadOnly && !isKey && !isFixed,
            RequiredOnCreate = !isReadOnly && !nullable && propertyDefault is not { IsEverywhere: true },
            RequiredOnUpdate = !isReadOnly && !isKey && !isFixed && !nullable && !isSecret,
            KeptWhenAbsent = isSecret,
            Filterable = isListable && (isIndexed || IsAllowed(column, Tags.Filterable)),
            Sortable = isListable && type.Form is not (ValueForm.Boolean or ValueForm.Enum) && (isIndexed || IsAllowed(column, Tags.Sortable)),
            FilterOperators = OperatorsOf(type.Form),
            Rules = [.. TypeRules.Of(column, type, isKey).Select(rule => Named(rule, name))],
        };
    }

    private PropertyRule Named(PropertyRule rule, string property) => rule.Kind == RuleKind.Matches
        ? rule with { PatternName = draft.Members.Unique("", property + "Pattern") }
        : rule;

    private Enumeration? DesignEnum(Column column, string propertyName)
    {
        if (column.Type != SqlTypeKind.Enum && column.Element != SqlTypeKind.Enum)
        {
            return null;
        }

        var members = new NameScope(StringComparer.Ordinal, ReservedNames.EnumMembers);
        var enumeration = new Enumeration(
            naming.NameEnum(
                draft.Names,
                column.Type == SqlTypeKind.Array ? Identifiers.Pascal(Identifiers.Singular(Words.Of(propertyName)), "Item") : propertyName),
            $"The values of {draft.Table.Name}.{column.Name}.",
            [.. column.EnumValues.Distinct(StringComparer.Ordinal).Select(text => new EnumMember(NameMember(members, text), text))]);
        draft.Enums.Add(enumeration);
        return enumeration;
    }

    private static string NameMember(NameScope members, string text)
    {
        var name = Identifiers.EnumMember(text);
        return members.Unique("", name, name + "Value");
    }

    private void RequireFillable(Column column, bool isFilled)
    {
        if (!isFilled)
        {
            draft.CanCreate = false;
            diagnostics.Report(DesignDiagnostics.CannotCreate, column.Source.ToSpan(), draft.Table.Name, column.Name);
        }
    }

    private bool IsTagged(Column column, string tag, bool isKey)
    {
        if (column.Tags.FirstOrDefault(t => t.Name == tag) is not { } found)
        {
            return false;
        }

        if (isKey && tag == Tags.Hidden)
        {
            diagnostics.Report(DesignDiagnostics.TagNotUsable, found.Source.ToSpan(), tag, "paths show the key");
            return false;
        }

        return true;
    }

    private bool IsAllowed(Column column, string tag) => column.Tags.Has(tag) || draft.Table.Tags.Has(tag);

    private static int? MaxLengthOf(Column column) => column.Type switch
    {
        SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text or SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob
            or SqlTypeKind.Bit => column.Length is > 0 ? column.Length : null,
        SqlTypeKind.Enum => Math.Max(1, column.EnumValues.Select(value => value.Length).DefaultIfEmpty(1).Max()),
        SqlTypeKind.Set => column.EnumValues.Sum(value => value.Length + 1),
        _ => null,
    };

    private static bool IsListable(ValueForm form) =>
        form is not (ValueForm.Json or ValueForm.Bytes or ValueForm.List);

    private static ImmutableArray<string> OperatorsOf(ValueForm form) => form switch
    {
        ValueForm.Text => s_text,
        ValueForm.Boolean or ValueForm.Enum => s_equality,
        ValueForm.Json or ValueForm.Bytes or ValueForm.List => [],
        _ => s_ordered,
    };
}
