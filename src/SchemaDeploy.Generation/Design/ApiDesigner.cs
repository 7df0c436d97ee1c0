using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Checks;
using SchemaDeploy.Generation.Design.Guardians;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Generation.Design;

/// <summary>From what the database is to what the API is.</summary>
public static class ApiDesigner
{
    /// <summary>Designs the API of <paramref name="database"/>. What is not carried over is reported.</summary>
    public static ApiModel Design(DatabaseModel database, DesignOptions options, DiagnosticBag diagnostics)
    {
        var constraints = new ConstraintNaming(database, diagnostics);
        var drafts = DraftAll(database, options, constraints, diagnostics);

        // Both sides of a foreign key have to be there before it is designed.
        var relations = new RelationDesigner(drafts.ToDictionary(draft => draft.Facts), constraints, diagnostics);
        drafts.ForEach(relations.Design);
        RelationDesigner.ReportOnUpdate(database, diagnostics);

        var security = new SecurityDesigner(drafts, diagnostics);
        security.Design();

        var operations = new OperationDesigner(options);
        var own = drafts.ConvertAll(operations.Design);
        var caller = new RuleCaller(security.Users?.Key.Form ?? ValueForm.Uuid, security.Users?.Key.ClrType ?? "Guid", security.Roles.Names);
        return new ApiModel
        {
            Namespace = options.Namespace,
            Title = options.Title,
            Version = options.Version,
            Dialect = database.Dialect,
            Database = options.Database,
            RoutePrefix = options.RoutePrefix.Trim('/'),
            Resources =
            [
                .. drafts.Select((draft, i) => Complete(
                    draft,
                    own[i],
                    operations.DesignNested(draft),
                    new IndexDesigner(draft, database, options, constraints, diagnostics),
                    new DuplicateWindowDesigner(draft, constraints, diagnostics),
                    new GuardianDesigner(draft, database.Dialect, caller, diagnostics))),
            ],
            Users = security.Users,
            Roles = security.Roles,
            Enums = [.. drafts.SelectMany(draft => draft.Enums)],
            Sequences = database.Sequences,
        };
    }

    private static List<ResourceDraft> DraftAll(
        DatabaseModel database, DesignOptions options, ConstraintNaming constraints, DiagnosticBag diagnostics)
    {
        var naming = new TableNaming(database, options);
        var drafts = new List<ResourceDraft>();
        var isUsersKnown = false;
        foreach (var facts in new SchemaFactsReader(database, diagnostics).Read())
        {
            var table = facts.Table;
            if (table.Columns.All(column => PropertyTypes.Of(column) is null))
            {
                diagnostics.Report(DesignDiagnostics.TableNotExposed, table.Source.ToSpan(), table.Name);
                continue;
            }

            var draft = new ResourceDraft(facts, naming.Name(table, table.Tags.GivenName(diagnostics)))
            {
                Role = ColumnRoles.RoleOf(table, isUsersKnown),
            };
            isUsersKnown |= draft.Role == TableRole.Users;
            new PropertyDesigner(draft, database, options, naming, diagnostics).Design();
            draft.Checks = new CheckDesigner(draft, database, options, constraints, diagnostics);
            draft.Checks.Design();
            KeyDesigner.Design(draft, constraints, diagnostics);
            drafts.Add(draft);
        }

        return drafts;
    }

    private static Resource Complete(
        ResourceDraft draft,
        ImmutableArray<Operation> operations,
        ImmutableArray<NestedList> collections,
        IndexDesigner indexes,
        DuplicateWindowDesigner windows,
        GuardianDesigner guardians)
    {
        var alternateKeys = indexes.DesignAlternateKeys();
        var designedIndexes = indexes.DesignIndexes();
        return new Resource
        {
            Schema = draft.Table.Schema,
            Table = draft.Table.Name,
            Names = draft.Names,
            Description = draft.Table.Comment is { Length: > 0 } comment ? comment : $"The rows of table {draft.Table.Name}.",
            Comment = draft.Table.Comment,
            EntityKey = draft.EntityKey,
            Key = draft.Key,
            Properties = draft.OrderedProperties,
            ShadowProperties = [.. indexes.ShadowProperties],
            References = [.. draft.References],
            Collections = collections,
            AlternateKeys = alternateKeys,
            Indexes = designedIndexes,
            Checks = [.. draft.Checks!.Checks],
            Rules = [.. draft.Checks.Rules],
            DuplicateWindows = windows.Design(),
            GuardianRules = guardians.Design(),
            Operations = operations,
            Role = draft.Role,
            Ownership = draft.Ownership,
            Access = draft.Access!,
            GuardedReferences = [.. draft.GuardedReferences],
        };
    }
}
