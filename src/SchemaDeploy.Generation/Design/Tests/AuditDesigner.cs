using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Security;

namespace SchemaDeploy.Generation.Design.Tests;

/// <summary>Finds out how the audit log can be asked for the writes to one row.</summary>
internal static class AuditDesigner
{
    /// <summary>What to ask for; null where writes are not recorded, or not so that those of one row can be told.</summary>
    public static AuditedWrites? Design(ApiModel api, Resource resource)
    {
        var log = api.Resources.Single(other => other.Role == TableRole.AuditLog);
        if (resource is not { AuditName: { } name, Key: { } key } || log.Find(OperationKind.List) is null || !log.Access.Read.ToAdmin)
        {
            return null;
        }

        var columns = api.AuditLog.Columns;
        var keyColumn = Find(AuditSource.Key);
        var canHoldKey = keyColumn?.Property.Form == ValueForm.Text
            || (!key.IsComposite && keyColumn?.Property.Form is ValueForm.Integer && key.Properties[0].Form == ValueForm.Integer)
            || (!key.IsComposite && keyColumn?.Property.Form is ValueForm.Uuid && key.Properties[0].Form == ValueForm.Uuid);
        var action = Find(AuditSource.Event) ?? Find(AuditSource.Action);
        if (!canHoldKey || action is null || action.Actions.Length > 0)
        {
            return null;
        }

        ImmutableArray<string> verbs = ["CREATE", "UPDATE", "DELETE"];
        var isEvent = action.Source == AuditSource.Event;
        (Property, string)? subject = Find(AuditSource.Entity) is { } entity ? (entity.Property, Cut(name, entity.MaxLength))
            : Find(AuditSource.Table) is { } table ? (table.Property, Cut(resource.Table, table.MaxLength))
            : null;
        // Without either, rows of other tables with the same key would be found.
        return subject is null && !isEvent ? null : new AuditedWrites(
            log, keyColumn!.Property, subject, action.Property,
            [.. verbs.Select(verb => Cut(isEvent ? $"{verb}_{name.ToUpperInvariant()}" : verb, action.MaxLength))]);

        AuditColumn? Find(AuditSource source) =>
            columns.FirstOrDefault(column => column.Source == source && column.Property is { InResponse: true, Filterable: true });
    }

    private static string Cut(string text, int? length) => text.Length > length ? text[..length.Value] : text;
}
