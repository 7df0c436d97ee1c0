using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using static SchemaDeploy.Generation.Design.CSharpText;

namespace SchemaDeploy.Generation.Rendering.Views;

/// <summary>What the template of the class prints that makes rows of the audit log.</summary>
internal sealed class AuditMapperView(ApiModel api, Resource resource) : ResourceView(api, resource)
{
    public string Mapper => Api.AuditLog.Mapper;

    public IEnumerable<AssignmentView> Assignments => Api.AuditLog.Columns.Select(column => new AssignmentView(column.Property.Name, Value(column)));

    private static string Value(AuditColumn column)
    {
        var property = column.Property;
        return column.Source switch
        {
            AuditSource.User => property.Form == ValueForm.Text ? Text(column, "record.UserId") : $"record.UserIdAs<{property.ClrType}>()",
            AuditSource.Actor => Text(column, "record.Actor", isKnown: true),
            AuditSource.Role => Text(column, "record.Role"),
            AuditSource.Action => Action(column),
            AuditSource.Event => Text(column, "record.Event", isKnown: true),
            AuditSource.Entity => Text(column, "record.Entity", isKnown: true),
            AuditSource.Table => Text(column, "record.Table", isKnown: true),
            AuditSource.Key => property.Form == ValueForm.Text
                ? Text(column, "record.Key", isKnown: true)
                : $"record.KeyAs<{property.ClrType}>()" + (property.Nullable ? "" : ".GetValueOrDefault()"),
            AuditSource.OldValues => Json(column, "record.OldValues"),
            AuditSource.NewValues => Json(column, "record.NewValues"),
            AuditSource.Changes => Json(column, "record.Changes", isKnown: true),
            AuditSource.Address => Text(column, "record.Address"),
            AuditSource.UserAgent => Text(column, "record.UserAgent"),
            AuditSource.TraceId => Text(column, "record.TraceId"),
            AuditSource.Time => property.Form == ValueForm.Date ? "DateOnly.FromDateTime(record.Time)" : "record.Time",
            AuditSource.NewId => "Guid.CreateVersion7()" + (property.Form == ValueForm.Text ? ".ToString()" : ""),
            _ => property.Default!.CSharp!,
        };
    }

    private static string Action(AuditColumn column) => column.Actions is [var create, var update, var delete]
        ? $"record.Action switch {{ AuditAction.Create => {create}, AuditAction.Update => {update}, _ => {delete} }}"
        : "record.ActionText";

    private static string Text(AuditColumn column, string value, bool isKnown = false) =>
        Fitted("Cut", column, value) + (isKnown || column.Property.Nullable ? "" : $" ?? {Quote("")}");

    private static string Json(AuditColumn column, string value, bool isKnown = false) =>
        Fitted("CutJson", column, value) + (isKnown || column.Property.Nullable ? "" : $" ?? {Quote("{}")}");

    private static string Fitted(string method, AuditColumn column, string value) =>
        column.MaxLength is { } length ? $"AuditText.{method}({value}, {length})" : value;
}
