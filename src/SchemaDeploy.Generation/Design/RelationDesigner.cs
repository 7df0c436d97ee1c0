using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Naming;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Generation.Design;

/// <summary>Designs both sides of every foreign key.</summary>
internal sealed class RelationDesigner(
    IReadOnlyDictionary<TableFacts, ResourceDraft> drafts, ConstraintNaming constraints, DiagnosticBag diagnostics)
{
    private static readonly ImmutableHashSet<string> s_keyWords = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "id", "ids", "fk", "key", "uuid", "guid", "code", "no", "number", "nr", "ref", "pk", "oid");

    /// <summary>Fills the references of <paramref name="draft"/> and the collections of the resources that it refers to.</summary>
    public void Design(ResourceDraft draft)
    {
        var targets = draft.Facts.ForeignKeys
            .GroupBy(foreignKey => foreignKey.Target)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var foreignKey in draft.Facts.ForeignKeys)
        {
            if (drafts.TryGetValue(foreignKey.Target, out var target))
            {
                Design(draft, foreignKey, target, isOnly: targets[foreignKey.Target] == 1);
            }
        }

        foreach (var foreignKey in draft.Facts.DatabaseForeignKeys)
        {
            if (draft.Role == TableRole.AuditLog)
            {
                diagnostics.Report(
                    DesignDiagnostics.ReferenceNotEnforced, foreignKey.Definition.Source.ToSpan(), foreignKey.Definition.Name, "",
                    "the records of the audit log are written with the rows that they are about, in no order that it could rely on");
                continue;
            }

            draft.DatabaseReferences.Add(Design(draft, foreignKey, drafts[foreignKey.Target]));
        }
    }

    /// <summary>One message for all actions on changed keys.</summary>
    public static void ReportOnUpdate(IEnumerable<ResourceDraft> drafts, DiagnosticBag diagnostics)
    {
        var with = drafts
            .SelectMany(draft => draft.Table.ForeignKeys.Except(draft.Facts.DatabaseForeignKeys.Select(kept => kept.Definition)))
            .Where(foreignKey => foreignKey.OnUpdate != ReferentialAction.NoAction)
            .ToList();
        if (with.Count > 0)
        {
            diagnostics.Report(
                DesignDiagnostics.OnUpdateNotCarriedOver, with[0].Source.ToSpan(),
                with.Count == 1 ? "a foreign key" : $"{with.Count} foreign keys");
        }
    }

    private void Design(ResourceDraft draft, ResolvedForeignKey foreignKey, ResourceDraft target, bool isOnly)
    {
        var properties = draft.Get(foreignKey.Columns);
        var targetProperties = target.Get(target.Facts.FindExposed(foreignKey.TargetKey.Columns));
        var words = BaseWords(properties, target);
        var targetWords = Words.Of(target.Names.Singular);
        var pascal = Words.Pascal(words);
        var name = draft.Members.Unique(
            "", Identifiers.Pascal(words, "Reference"), Identifiers.Pascal([.. words, .. targetWords], "Reference"), pascal + "Reference");
        var isCamel = properties[0].JsonName.Any(char.IsUpper);
        string JsonOf(IEnumerable<string> parts) => isCamel
            ? Words.Camel(Words.Pascal(parts))
            : string.Join('_', parts.Select(part => part.ToLowerInvariant()));
        var jsonName = draft.JsonNames.Unique(
            "_", JsonOf(words), JsonOf([.. words, .. targetWords]), JsonOf([.. words, "reference"]));
        var collectionName = target.Members.Unique(
            "", isOnly ? draft.Names.Set : name + draft.Names.Set, name + draft.Names.Set, draft.Names.Set + "By" + name);
        var reference = new Reference
        {
            Name = name,
            JsonName = jsonName,
            ConstraintName = constraints.Name(foreignKey.Definition.Name, draft.Table, foreignKey.Definition.Source),
            Properties = properties,
            Target = target.Names,
            TargetProperties = targetProperties,
            TargetsKey = foreignKey.TargetsKey,
            CollectionName = collectionName,
            IsUnique = IsUnique(draft.Facts, foreignKey.Columns),
            DeleteBehavior = ActionOf(foreignKey.Definition, foreignKey.Definition.OnDelete, properties, "DELETE", "delete"),
            Expandable = properties.All(property => property.InResponse) && targetProperties.All(property => property.InResponse),
            IsToMarkedRows = IsMarked(target),
        };
        draft.References.Add(reference);
        target.Collections.Add(new NestedList
        {
            Name = collectionName,
            Route = target.NestedRoutes.Unique(
                "_", isOnly ? draft.Names.Route : $"{jsonName}_{draft.Names.Route}", $"{jsonName}_{draft.Names.Route}"),
            Source = draft.Names,
            Reference = reference,
        });
    }

    private DatabaseReference Design(ResourceDraft draft, DatabaseForeignKey foreignKey, ResourceDraft target)
    {
        var definition = foreignKey.Definition;
        var properties = draft.Get(foreignKey.Columns);
        var name = constraints.Name(definition.Name, draft.Table, definition.Source);
        string? NameOn(DatabaseKind kind) => foreignKey.Databases.Contains(kind) ? name : null;
        return new DatabaseReference
        {
            ConstraintName = name,
            Constraint = new ProviderSql(
                NameOn(DatabaseKind.Sqlite), NameOn(DatabaseKind.PostgreSql), NameOn(DatabaseKind.MySql), NameOn(DatabaseKind.SqlServer)),
            Properties = properties,
            Target = target.Names,
            TargetProperties = target.Get(foreignKey.TargetColumns),
            IsToMarkedRows = IsMarked(target),
            OnDelete = ActionOf(definition, definition.OnDelete, properties, "DELETE", "delete"),
            OnUpdate = ActionOf(definition, definition.OnUpdate, properties, "UPDATE", "change"),
        };
    }

    private static bool IsMarked(ResourceDraft target) => target.Properties.Values.Any(property => property.IsDeletionMark);

    // owner_id says "owner" and created_by says itself; a bare id, as one-to-one keys are, says nothing, and of the
    // several columns of a composite key none speaks for all.
    private static ImmutableArray<string> BaseWords(ImmutableArray<Property> properties, ResourceDraft target)
    {
        var words = properties.Length == 1 ? WithoutKeyWords(properties[0]) : [];
        return words.IsEmpty ? Words.Of(target.Names.Singular) : words;
    }

    private static ImmutableArray<string> WithoutKeyWords(Property property)
    {
        var words = Words.Of(property.ColumnName);
        while (words.Length > 0 && s_keyWords.Contains(words[^1]))
        {
            words = words.RemoveAt(words.Length - 1);
        }

        return words;
    }

    private static bool IsUnique(TableFacts facts, ImmutableArray<Column> columns)
    {
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        bool IsWithin(Key key) => key.Columns.All(column => facts.Find(column) is { } found && names.Contains(found.Name));
        return (facts.Table.PrimaryKey is { } primaryKey && IsWithin(primaryKey)) || facts.Table.UniqueKeys.Any(IsWithin);
    }

    // EF Core calls its own behaviours as it does the database's actions.
    private string ActionOf(ForeignKey definition, ReferentialAction action, ImmutableArray<Property> properties, string statement, string change)
    {
        switch (action)
        {
            case ReferentialAction.Cascade:
                return "Cascade";
            case ReferentialAction.SetNull when properties.All(property => property.Nullable):
                return "SetNull";
            case ReferentialAction.SetNull:
                Report("SET NULL", $"a column of it is NOT NULL, so the {change} is refused");
                break;
            case ReferentialAction.SetDefault:
                Report("SET DEFAULT", $"the {change} is refused while rows refer to the row");
                break;
        }

        return "NoAction";

        void Report(string name, string instead) => diagnostics.Report(
            DesignDiagnostics.ActionNotCarriedOver, definition.Source.ToSpan(), $"ON {statement} {name}", definition.Name, instead);
    }
}
