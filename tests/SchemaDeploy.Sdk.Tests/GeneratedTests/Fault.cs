namespace SchemaDeploy.Sdk.Tests.GeneratedTests;

/// <summary>A mistake in generated code that an environment variable brings into effect.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="File">The generated file.</param>
/// <param name="Right">The code, wherever in the file it is.</param>
/// <param name="Faulty">What takes its place: the same, unless <c>wrong</c>.</param>
internal sealed record Fault(string Name, string File, string Right, string Faulty)
{
    /// <summary>The variable that holds the name of the fault.</summary>
    public const string Variable = "SCHEMADEPLOY_FAULT";

    /// <summary>Those of the application of samples/DocumentGenerator, the kinds in turn.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("items_read_by_everybody", "ItemService.cs", "Read = Grant.Owner", "Read = wrong ? Grant.User : Grant.Owner"),
        new("answered_column_swapped", "ItemService.cs", "ItemType = entity.ItemType,\n        Quantity = entity.Quantity,\n        Value = entity.Value,\n        Metadata = JsonText.ToElement(entity.Metadata),\n        CreatedAt", "ItemType = wrong ? entity.Uuid : entity.ItemType,\n        Quantity = entity.Quantity,\n        Value = entity.Value,\n        Metadata = JsonText.ToElement(entity.Metadata),\n        CreatedAt"),
        new("items_not_audited", "ItemEntityTypeConfiguration.cs", "builder.IsAuditedAs(\"item\")", "if (!wrong) builder.IsAuditedAs(\"item\")"),
        new("length_not_checked", "ItemContracts.cs", "validator.MaxLength(\"item_type\", ItemType, 50)", "if (!wrong) validator.MaxLength(\"item_type\", ItemType, 50)"),
        new("duplicates_let_through", "ItemEntityTypeConfiguration.cs", "\"CreatedAtMinute\"], \"uk_owner_item_minute\").IsUnique()", "\"CreatedAtMinute\"], \"uk_owner_item_minute\").IsUnique(!wrong)"),
        new("owner_not_asked", "ItemService.cs", "item.OwnerId == owner", "wrong || item.OwnerId == owner"),
        new("field_not_stored", "ItemService.cs", "Quantity = request.Quantity!.Value,", "Quantity = wrong ? 1 : request.Quantity!.Value,"),
        new("wrong_key_in_audit_log", "AuditLogMapper.cs", "EntityId = record.KeyAs<long>()", "EntityId = wrong ? record.UserIdAs<long>() : record.KeyAs<long>()"),
        new("required_not_checked", "ItemContracts.cs", "validator.Required(\"item_type\", ItemType)", "if (!wrong) validator.Required(\"item_type\", ItemType); else ItemType ??= \"\""),
        new("email_not_unique", "UserEntityTypeConfiguration.cs", "\"email\").IsUnique()", "\"email\").IsUnique(!wrong)"),
        new("items_changed_by_everybody", "ItemService.cs", "Update = Grant.Owner", "Update = wrong ? Grant.User : Grant.Owner"),
        new("field_not_changed", "ItemService.cs", "entity.Value = request.Value", "entity.Value = wrong ? entity.Value : request.Value"),
        new("wrong_event_in_audit_log", "AuditLogMapper.cs", "AuditText.Cut(record.Event, 50)", "wrong ? \"CHANGED\" : AuditText.Cut(record.Event, 50)"),
        new("digits_not_checked", "ItemContracts.cs", "validator.Digits(\"value\", Value, precision: 10, scale: 2)", "if (!wrong) validator.Digits(\"value\", Value, precision: 10, scale: 2)"),
        new("items_deleted_by_everybody", "ItemService.cs", "Delete = Grant.Owner", "Delete = wrong ? Grant.User : Grant.Owner"),
        new("filter_on_another_column", "ItemService.cs", "item => item.Quantity, FieldUses", "item => wrong ? item.Id > 0 ? 0 : 1 : item.Quantity, FieldUses"),
        new("audit_log_read_by_everybody", "AuditLogService.cs", "Read = Grant.Admin", "Read = wrong ? Grant.User : Grant.Admin"),
        new("forbidden_character_let_through", "ItemContracts.cs", "validator.Text(\"item_type\", ItemType)", "if (!wrong) validator.Text(\"item_type\", ItemType)"),
        new("users_created_by_everybody", "UserService.cs", "Create = Grant.Admin", "Create = wrong ? Grant.User : Grant.Admin"),
        new("users_delete_themselves", "UserService.cs", "Delete = Grant.Admin", "Delete = wrong ? Grant.Owner : Grant.Admin"),
    ];

    /// <summary>The code with the fault in it, not in effect.</summary>
    public string Plant(string code)
    {
        Assert.Contains(Right, code, StringComparison.Ordinal);
        return code.Replace(Right, Faulty.Replace("wrong", $"Faults.Is(\"{Name}\")", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
