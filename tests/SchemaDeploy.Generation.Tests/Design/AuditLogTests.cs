using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Generation.Rendering;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public sealed class AuditLogTests
{
    private static readonly Table s_items = Table("items", Text("name"));

    private static readonly Table s_users = Table("users", Text("email", 255), Text("password_hash", 255));

    [Fact]
    public void An_audit_log_in_the_naming_of_another_dialect_is_recognised()
    {
        var log = Table(
            "AuditTrail",
            Column("PerformedBy", SqlTypeKind.BigInt) with { Nullable = true },
            Text("OperationType", 20),
            Text("TableName", 128),
            Text("RecordID", 100),
            Column("OldData", SqlTypeKind.Text) with { Nullable = true },
            Column("NewData", SqlTypeKind.Text) with { Nullable = true },
            Text("ClientIP", 45) with { Nullable = true },
            Text("UserAgent", 200),
            Column("OccurredOn", SqlTypeKind.DateTime)) with
        {
            ForeignKeys = [Reference("PerformedBy", "users")],
        };

        Assert.Equal(
            [
                "PerformedBy = record.UserIdAs<long>()",
                "OperationType = AuditText.Cut(record.Event, 20)",
                "TableName = AuditText.Cut(record.Table, 128)",
                "RecordId = AuditText.Cut(record.Key, 100)",
                "OldData = record.OldValues",
                "NewData = record.NewValues",
                "ClientIp = AuditText.Cut(record.Address, 45)",
                "UserAgent = AuditText.Cut(record.UserAgent, 200) ?? \"\"",
                "OccurredOn = record.Time",
            ],
            Assignments(s_users, s_items, log));
    }

    [Fact]
    public void Its_route_is_the_same_whatever_it_is_called_and_nothing_writes_it()
    {
        var log = DesignAll(s_items, Log(Text("action"), Text("entity_type"))).Of("audit");

        Assert.Equal(TableRole.AuditLog, log.Role);
        Assert.Equal(["GET /api/audit-logs", "GET /api/audit-logs/{id}"], log.Operations.Select(operation => $"{operation.Method} {operation.Path}"));
        Assert.Equal(Grant.Admin, log.Access.Read);
    }

    [Fact]
    public void A_few_columns_are_enough_where_the_name_says_it()
    {
        Assert.Equal(["Event = AuditText.Cut(record.Event, 50)", "Actor = AuditText.Cut(record.Actor, 50)"], Assignments(s_items, Log(Text("event"), Text("actor"))));
    }

    [Fact]
    public void Old_and_new_values_are_enough_where_the_name_says_nothing()
    {
        var log = Table(
            "history", Text("action"), Text("entity_type"), Text("entity_id"),
            Column("before", SqlTypeKind.Json) with { Nullable = true }, Column("after", SqlTypeKind.Json));

        Assert.Equal(
            [
                "Action = AuditText.Cut(record.Event, 50)", "EntityType = AuditText.Cut(record.Entity, 50)", "EntityId = AuditText.Cut(record.Key, 50)",
                "Before = record.OldValues", "After = record.NewValues ?? \"{}\"",
            ],
            Assignments(s_items, log));
    }

    [Fact]
    public void What_only_names_actions_and_rows_is_none()
    {
        var permissions = Table("permissions", Text("action"), Text("resource_type"), Text("resource_id"));
        var auditors = Table("audits", Text("client"), Text("status"));

        var api = DesignAll(permissions, auditors);

        Assert.All(api.OfTables(), resource => Assert.Equal(TableRole.Ordinary, resource.Role));
        Assert.NotNull(api.Of("permissions").Find(OperationKind.Create));
    }

    [Fact]
    public void A_schema_without_one_gets_the_applications_own()
    {
        var api = DesignAll(s_items);
        var log = api.Of("schemadeploy_audit_log");

        Assert.Equal(("AuditLog", "AuditLogMapper", "audit-logs"), (log.Names.Entity, api.AuditLog.Mapper, log.Names.Route));
        Assert.Equal(TableRole.AuditLog, log.Role);
        Assert.Empty(Codes(Database(s_items)));
    }

    [Fact]
    public void Its_names_give_way_to_those_of_the_schema()
    {
        var api = DesignAll(Table("audit-logs", Text("name")), Table("audit_log_mapper", Text("name")));

        Assert.Equal("AuditLog", api.Of("audit-logs").Names.Entity);
        Assert.Equal("/api/audit-logs_2", api.Of("audit-logs").Operations[0].Path);
        Assert.Equal("/api/audit-logs", api.Of("schemadeploy_audit_log").Operations[0].Path);
        Assert.NotEqual(api.Of("audit_log_mapper").Names.Entity, api.AuditLog.Mapper);
    }

    [Fact]
    public void The_tag_says_that_a_table_is_none()
    {
        var log = Log(Text("action"), Text("entity_type")) with { Tags = [Tag("audit", "off")] };

        var resource = DesignAll(log).Of("audit");

        Assert.Equal((TableRole.Ordinary, null), (resource.Role, resource.AuditName));
    }

    [Theory]
    [InlineData("NOT NULL, and nothing that is recorded belongs into it", "severity")]
    [InlineData("asks for a user, and not everybody who writes is one", "user_id")]
    public void What_could_not_take_every_record_is_left_alone_with_a_warning(string reason, string column)
    {
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(Database(s_items, Log(Text("action"), Text("entity_type"), Column(column))), diagnostics);

        var warning = Assert.Single(diagnostics.ToImmutable(), diagnostic => diagnostic.Code == "SD3040");
        Assert.Contains(reason, warning.Message, StringComparison.Ordinal);
        Assert.Equal(TableRole.Ordinary, api.Of("audit").Role);
        Assert.Equal("AuditLog", api.AuditLog.Names.Entity);
    }

    [Fact]
    public void A_unique_key_that_could_refuse_records_is_seen()
    {
        var log = Log(Text("action"), Text("entity_type"), Text("entity_id"));

        Assert.Equal(["SD3040"], Codes(Database(s_items, log with { UniqueKeys = [new Key("uq", ["entity_type", "entity_id"])] })));
        Assert.Empty(Codes(Database(s_items, log with { UniqueKeys = [new Key("uq", ["id", "entity_id"])] })));
    }

    [Fact]
    public void A_table_without_a_key_cannot_be_one()
    {
        Assert.Contains("SD3040", Codes(Database(s_items, KeylessTable("audit_log", Text("action"), Text("entity_type")))));
    }

    [Theory]
    [InlineData(new[] { "INSERT", "UPDATE", "DELETE" }, "AuditAction.Create => AuditAction.Insert")]
    [InlineData(new[] { "login", "created", "updated", "deleted" }, "AuditAction.Create => AuditAction.Created")]
    public void The_columns_own_words_for_the_actions_are_used(string[] words, string expected)
    {
        var assignments = Assignments(s_items, Log(Enum("action", words), Text("entity_type")));

        // The enum of the audit table is named after table and column.
        Assert.StartsWith("Action = record.Action switch { " + expected.Replace("=> AuditAction.", "=> AuditActionValue.", StringComparison.Ordinal), assignments[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_a_check_allows_are_used_too()
    {
        var log = Log(Text("action"), Text("entity_type")) with
        {
            Checks = [new Check("ck", new InExpression(Col("action"), [Quoted("I"), Quoted("U"), Quoted("D")], false), Source)],
        };

        Assert.Equal(
            """Action = record.Action switch { AuditAction.Create => "I", AuditAction.Update => "U", _ => "D" }""",
            Assignments(s_items, log)[0]);
    }

    [Fact]
    public void A_column_without_a_word_for_every_action_cannot_hold_them()
    {
        Assert.Equal(["SD3040"], Codes(Database(s_items, Log(Enum("action", "login", "logout"), Text("entity_type")))));
    }

    [Theory]
    [InlineData(10, "Action = record.ActionText")]
    [InlineData(3, """Action = record.Action switch { AuditAction.Create => "INS", AuditAction.Update => "UPD", _ => "DEL" }""")]
    [InlineData(1, """Action = record.Action switch { AuditAction.Create => "I", AuditAction.Update => "U", _ => "D" }""")]
    public void Short_columns_get_short_words(int length, string expected)
    {
        Assert.Equal(expected, Assignments(s_items, Log(Text("action", length), Text("entity_type")))[0]);
    }

    [Fact]
    public void Keys_that_do_not_fit_are_told_of()
    {
        var parts = Table("parts", Column("item_id", SqlTypeKind.BigInt)) with { PrimaryKey = new Key("pk_parts", ["id", "item_id"]) };
        var number = Column("entity_id", SqlTypeKind.BigInt);

        Assert.Equal(["SD3041"], Codes(Database(s_items, parts, Log(Text("action"), number with { Nullable = true }))));
        Assert.Equal(["SD3041"], Codes(Database(s_items, parts, Log(Text("action"), number, Column("new_values", SqlTypeKind.Json)))));
        Assert.Equal(["SD3040"], Codes(Database(s_items, parts, Log(Text("action"), number))));
        Assert.Empty(Codes(Database(s_items, Log(Text("action"), number))));
    }

    [Fact]
    public void Keys_defaults_and_documents_of_all_kinds_are_filled()
    {
        var log = new Table
        {
            Name = "audit_events",
            Source = Source,
            Columns =
            [
                Column("id", SqlTypeKind.Uuid),
                Text("action"),
                Text("details", 4000),
                Text("level", 10) with { Default = Quoted("INFO") },
                Column("day", SqlTypeKind.Date) with { Nullable = true },
                Column("event_date", SqlTypeKind.Date),
            ],
            PrimaryKey = new Key("pk_audit_events", ["id"]),
        };

        Assert.Equal(
            [
                "Id = Guid.CreateVersion7()", "Action = AuditText.Cut(record.Event, 50)", "Details = AuditText.CutJson(record.Changes, 4000)",
                "Level = \"INFO\"", "EventDate = DateOnly.FromDateTime(record.Time)",
            ],
            Assignments(s_items, log));
    }

    [Fact]
    public void What_clients_do_not_see_and_what_the_tag_excludes_is_not_recorded()
    {
        var secrets = Table(
            "secrets", Text("password_hash"), Text("internal") with { Nullable = true, Tags = [Tag("hidden")] }, Text("diary") with { Tags = [Tag("audit", "off")] }, Text("title"));
        var visits = Table("visits", Text("page")) with { Tags = [Tag("audit", "off")] };

        var api = DesignAll(secrets, visits);

        Assert.Equal(["id", "title"], api.Of("secrets").Properties.Where(property => property.IsAudited).Select(property => property.ColumnName));
        Assert.Equal(("secret", null), (api.Of("secrets").AuditName, api.Of("visits").AuditName));
    }

    [Fact]
    public void A_tag_that_says_nothing_else_than_off_is_reported()
    {
        Assert.Equal(["SD3013"], Codes(Database(Table("items", Text("name")) with { Tags = [Tag("audit", "on")] })));
    }

    private static Table Log(params Column[] columns) => Table("audit", columns);

    private static List<string> Assignments(params Table[] tables)
    {
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(Database(tables), diagnostics);
        var file = CodeGenerator.Generate(api, null, diagnostics).Single(file => file.Path == $"Auditing/{api.AuditLog.Mapper}.cs");
        return [.. file.Text.Split('\n').Where(line => line.StartsWith("            ", StringComparison.Ordinal)).Select(line => line.Trim().TrimEnd(','))];
    }
}
