using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Generation.Rendering.Views;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class AccessTests
{
    private static readonly Table s_users = Table(
        "users", Text("email"), Text("password_hash"), Enum("role", "USER", "EDITOR", "ADMIN"), Enum("status", "ACTIVE", "SUSPENDED"));

    private static readonly Table s_orders = Table("orders", Column("user_id", SqlTypeKind.BigInt), Text("note")) with
    {
        ForeignKeys = [Reference("user_id", "users")],
    };

    [Fact]
    public void Rows_with_an_owner_are_the_owners_and_others_are_read_by_users_and_written_by_admin()
    {
        var api = DesignAll(s_users, s_orders, Table("products", Text("name")));

        Assert.Equal(AccessPolicy.Of(Grant.Owner), api.Of("orders").Access);
        Assert.Equal(new AccessPolicy(Grant.User, Grant.Admin, Grant.Admin, Grant.Admin), api.Of("products").Access);
        Assert.Equal(new AccessPolicy(Grant.Owner, Grant.Admin, Grant.Owner, Grant.Admin), api.Of("users").Access);
    }

    [Fact]
    public void Roles_of_users_are_theirs_to_read_and_admins_to_give()
    {
        var roles = Table("roles", Text("name"));
        var userRoles = Table("user_roles", Column("user_id", SqlTypeKind.BigInt), Column("role_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("user_id", "users"), Reference("role_id", "roles")],
        };
        var permissions = Table("user_permissions", Column("user_id", SqlTypeKind.BigInt), Text("permission")) with { ForeignKeys = [Reference("user_id", "users")] };
        var teams = Table("teams", Text("name"));
        var members = KeylessTable("team_members", Column("user_id", SqlTypeKind.BigInt), Column("team_id", SqlTypeKind.BigInt), Text("role")) with
        {
            PrimaryKey = new Key("pk_members", ["team_id", "user_id"]),
            ForeignKeys = [Reference("user_id", "users"), Reference("team_id", "teams")],
        };
        var api = DesignAll(s_users, roles, userRoles, permissions, teams, members);

        var given = AccessPolicy.Of(Grant.Admin) with { Read = Grant.Owner };
        Assert.Equal(given, api.Of("user_roles").Access);
        Assert.Equal(given, api.Of("user_permissions").Access);
        Assert.Equal(given, api.Of("team_members").Access);
    }

    [Fact]
    public void The_audit_log_is_read_by_admin_and_written_by_nobody()
    {
        var audit = DesignOne(Table("audit_logs", Text("action"), Text("entity_type"), Column("entity_id", SqlTypeKind.BigInt)));

        Assert.Equal(new AccessPolicy(Grant.Admin, Grant.None, Grant.None, Grant.None), audit.Access);
    }

    [Fact]
    public void What_goes_with_an_owned_row_belongs_to_its_owner()
    {
        var lines = Table("order_lines", Column("order_id", SqlTypeKind.BigInt), Text("note")) with
        {
            ForeignKeys = [Reference("order_id", "orders") with { OnDelete = ReferentialAction.Cascade }],
        };
        var parts = Table("line_parts", Column("line_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("line_id", "order_lines") with { OnDelete = ReferentialAction.Cascade }],
        };
        var api = DesignAll(s_users, parts, lines, s_orders);

        Assert.Equal(["Order"], api.Of("order_lines").Ownership!.Path.Select(reference => reference.Name));
        Assert.Equal(["Line", "Order"], api.Of("line_parts").Ownership!.Path.Select(reference => reference.Name));
        Assert.Equal("user_id", api.Of("line_parts").Ownership!.Property.ColumnName);
        Assert.Equal(AccessPolicy.Of(Grant.Owner), api.Of("line_parts").Access);
        Assert.True(Assert.Single(api.Of("order_lines").GuardedReferences).IsToOwner);
    }

    [Fact]
    public void A_reference_without_cascade_passes_no_ownership_on_and_is_guarded()
    {
        var refunds = Table("refunds", Column("order_id", SqlTypeKind.BigInt), Column("user_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("order_id", "orders"), Reference("user_id", "users")],
        };
        var notes = Table("notes", Column("order_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("order_id", "orders")] };
        var api = DesignAll(s_users, s_orders, refunds, notes);

        Assert.True(api.Of("refunds").Ownership!.IsDirect);
        Assert.Equal(["Order"], api.Of("refunds").GuardedReferences.Select(guarded => guarded.Reference.Target.Entity));
        Assert.Null(api.Of("notes").Ownership);
    }

    [Fact]
    public void A_reference_that_the_database_alone_keeps_is_guarded_too()
    {
        var orders = s_orders with { Columns = [.. s_orders.Columns, Text("code") with { Nullable = true }], UniqueKeys = [new Key("uk_code", ["code"])] };
        var refunds = Table("refunds", Text("order_code")) with { ForeignKeys = [Reference("order_code", "orders", "code")] };
        var guarded = Assert.Single(DesignAll(s_users, orders, refunds).Of("refunds").GuardedReferences);

        Assert.Equal(("Order", "string", false), (guarded.Reference.Target.Entity, guarded.Reference.KeyType, guarded.IsToOwner));
    }

    [Fact]
    public void Guarded_whole_numbers_of_different_sizes_are_compared_as_the_largest()
    {
        var orders = s_orders with
        {
            Columns = [.. s_orders.Columns, Column("number", SqlTypeKind.BigInt) with { Nullable = true }],
            UniqueKeys = [new Key("uk_number", ["number"])],
        };
        var refunds = Table("refunds", Column("order_number", SqlTypeKind.Int) with { Nullable = true }) with { ForeignKeys = [Reference("order_number", "orders", "number")] };
        var view = new ReferenceView(Assert.Single(DesignAll(s_users, orders, refunds).Of("refunds").GuardedReferences).Reference);

        Assert.Equal(("long", "(long?)row.OrderNumber"), (view.KeyType, view.ForeignKey));
        Assert.Equal("keys => target => keys.Contains(target.Number!.Value)", view.Match);
    }

    [Fact]
    public void Owners_in_a_circle_end()
    {
        Table Part(string name, string other) => Table(name, Column("other_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("other_id", other) with { OnDelete = ReferentialAction.Cascade }],
        };

        Assert.All(DesignAll(s_users, Part("a", "b"), Part("b", "a")).Resources.Skip(1), resource => Assert.Null(resource.Ownership));
    }

    [Theory]
    [InlineData("read: USER", "read")]
    [InlineData("read: user; update: owner, ADMIN", "read,update=owner")]
    [InlineData("write: EDITOR", "write=EDITOR")]
    [InlineData("delete: none", "delete=none")]
    [InlineData("create,update: anyone", "create=anyone")]
    public void Tags_say_who_may_do_what(string argument, string expected)
    {
        var access = DesignAll(s_users, s_orders with { Tags = [Tag("allow", argument)] }).Of("orders").Access;
        var standard = AccessPolicy.Of(Grant.Owner);
        var editor = new Grant { ToAdmin = true, Roles = ["EDITOR"] };
        var (read, create, update, delete) = expected switch
        {
            "read" => (Grant.User, standard.Create, standard.Update, standard.Delete),
            "read,update=owner" => (Grant.User, standard.Create, Grant.Owner, standard.Delete),
            "write=EDITOR" => (standard.Read, editor, editor, editor),
            "delete=none" => (standard.Read, standard.Create, standard.Update, Grant.None),
            _ => (standard.Read, Grant.Anyone, Grant.Anyone, standard.Delete),
        };

        Assert.Equal((Describe(read), Describe(create), Describe(update), Describe(delete)),
            (Describe(access.Read), Describe(access.Create), Describe(access.Update), Describe(access.Delete)));
    }

    [Fact]
    public void Public_opens_reading_and_what_it_names()
    {
        Assert.True(DesignAll(s_users, s_orders with { Tags = [Tag("public")] }).Of("orders").Access.Read.ToAnyone);
        Assert.True(DesignAll(s_users, s_orders with { Tags = [Tag("public", "read, create")] }).Of("orders").Access.Create.ToAnyone);
        Assert.False(DesignAll(s_users, s_orders with { Tags = [Tag("public")] }).Of("orders").Access.Create.ToAnyone);
    }

    [Theory]
    [InlineData("raed: USER", "'raed' is no operation. Did you mean 'read'?")]
    [InlineData("read: EDITR", "'EDITR' is no role. Did you mean 'EDITOR'?")]
    [InlineData("read", "'read' lacks the colon between operation and people, as in 'read: USER'")]
    [InlineData("read:", "nobody is named; 'none' would say so")]
    [InlineData("", "operations and who may do them must follow, as in 'read: USER; update: owner, ADMIN'")]
    [InlineData("update: owner", "the table has no owner")]
    public void A_tag_that_is_not_understood_is_an_error(string argument, string reason)
    {
        var diagnostics = new DiagnosticBag();
        DesignAll(Database(s_users, Table("products", Text("name")) with { Tags = [Tag("allow", argument)] }), diagnostics);

        var error = Assert.Single(diagnostics.ToImmutable(), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal("SD3030", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Owner_role_and_status_are_for_admin_to_set()
    {
        var api = DesignAll(s_users, s_orders);

        Assert.True(api.Of("orders").Of("user_id") is { IsOwner: true, IsAdminOnly: true, RequiredOnCreate: false, KeptWhenAbsent: true });
        Assert.True(api.Of("users").Of("role").IsAdminOnly);
        Assert.True(api.Of("users").Of("status").IsAdminOnly);
        Assert.Equal("USER,EDITOR,ADMIN: ADMIN, USER", $"{string.Join(',', api.Roles.Names)}: {api.Roles.Admin}, {api.Roles.Default}");
    }

    private static string Describe(Grant grant) =>
        $"{grant.ToAdmin} {grant.ToAnyone} {grant.ToUsers} {grant.ToOwner} {string.Join(',', grant.Roles)}";
}
