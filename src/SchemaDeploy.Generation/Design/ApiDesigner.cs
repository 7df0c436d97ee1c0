using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Checks;
using SchemaDeploy.Generation.Design.Graph;
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
        var naming = new TableNaming(database, options);
        List<ResourceDraft> DraftAll(DatabaseModel from)
        {
            var tables = new SchemaFactsReader(from, options, diagnostics).Read();
            var users = UserTableChooser.Choose(tables, diagnostics);
            return [.. tables.Select(facts => Draft(facts, facts == users, from, options, naming, constraints, diagnostics)).OfType<ResourceDraft>()];
        }

        var drafts = DraftAll(database);
        if (drafts.All(draft => draft.Role != TableRole.Users))
        {
            drafts.AddRange(DraftAll(database with { Tables = [OwnTables.UsersOf(database)] }));
        }

        var audit = new AuditLogDesigner(drafts, naming, diagnostics);
        if (audit.Find() is not { } auditLog)
        {
            drafts.AddRange(DraftAll(database with { Tables = [OwnTables.AuditLog] }));
            auditLog = audit.Design(drafts[^1]);
        }

        // Both sides of a foreign key have to be there before it is designed.
        var relations = new RelationDesigner(drafts.ToDictionary(draft => draft.Facts), constraints, diagnostics);
        drafts.ForEach(relations.Design);
        RelationDesigner.ReportOnUpdate(drafts, diagnostics);
        RequiredCircles.Report(drafts, diagnostics);

        var security = new SecurityDesigner(drafts, diagnostics);
        security.Design();

        var operations = new OperationDesigner(options);
        var own = drafts.ConvertAll(operations.Design);
        var caller = new RuleCaller(security.Users.Key.Form, security.Users.Key.ClrType, security.Roles.Names);
        var api = new ApiModel
        {
            Namespace = options.Namespace,
            Title = options.Title,
            Version = options.Version,
            Dialect = database.Dialect,
            SchemaFingerprint = SchemaFingerprint.Of(database),
            Databases = options.SupportedDatabases,
            Apis = options.Apis,
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
            AuditLog = auditLog,
            Enums = [.. drafts.SelectMany(draft => draft.Enums)],
            Sequences = database.Sequences,
        };
        return options.Apis.Contains(ApiKind.GraphQL) ? api with { Graph = new GraphDesigner(api).Design() } : api;
    }

    private static ResourceDraft? Draft(
        TableFacts facts, bool isUsers, DatabaseModel database, DesignOptions options, TableNaming naming, ConstraintNaming constraints, DiagnosticBag diagnostics)
    {
        var table = facts.Table;
        if (table.Columns.All(column => PropertyTypes.Of(column) is null))
        {
            diagnostics.Report(DesignDiagnostics.TableNotExposed, table.Source.ToSpan(), table.Name);
            return null;
        }

        var draft = new ResourceDraft(facts, naming.Name(table, table.Tags.GivenName(diagnostics)))
        {
            Role = isUsers ? TableRole.Users : TableRole.Ordinary,
            IsAudited = !table.Tags.IsNotAudited(diagnostics),
            OldName = table.Tags.OldName(diagnostics),
        };
        new PropertyDesigner(draft, database, options, naming, diagnostics).Design();
        draft.Checks = new CheckDesigner(draft, database, options, constraints, diagnostics);
        draft.Checks.Design();
        KeyDesigner.Design(draft, constraints, diagnostics);
        return draft;
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
            OldName = draft.OldName,
            EntityKey = draft.EntityKey,
            Key = draft.Key,
            Properties = draft.OrderedProperties,
            ShadowProperties = [.. indexes.ShadowProperties],
            References = [.. draft.References],
            DatabaseReferences = [.. draft.DatabaseReferences],
            Collections = collections,
            AlternateKeys = alternateKeys,
            Indexes = designedIndexes,
            Checks = [.. draft.Checks!.Checks],
            Rules = [.. draft.Checks.Rules],
            DuplicateWindows = windows.Design(),
            GuardianRules = guardians.Design(),
            Operations = operations,
            AuditName = draft.IsAudited ? draft.Names.Singular.Replace(' ', '_') : null,
            Role = draft.Role,
            Password = draft.Role == TableRole.Users ? UserTable.Password : null,
            Ownership = draft.Ownership,
            Access = draft.Access!,
            GuardedReferences = [.. draft.GuardedReferences],
        };
    }
}
