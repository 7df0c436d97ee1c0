using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class RelationTests
{
    private static readonly Table s_users = Table("users", Text("name"));

    [Theory]
    [InlineData("owner_id", "Owner", "owner")]
    [InlineData("ownerId", "Owner", "owner")]
    [InlineData("OwnerID", "Owner", "owner")]
    [InlineData("parent_user_id", "ParentUser", "parent_user")]
    [InlineData("parentUserId", "ParentUser", "parentUser")]
    [InlineData("created_by", "CreatedByUser", "created_by_user")]
    [InlineData("OWNER_ID_", "Owner", "owner")]
    [InlineData("user_code", "User", "user")]
    public void A_reference_is_named_after_its_column(string column, string name, string json)
    {
        var reference = Assert.Single(Items(Column(column, SqlTypeKind.BigInt)).References);

        Assert.Equal((name, json), (reference.Name, reference.JsonName));
    }

    [Fact]
    public void A_reference_gives_way_to_a_column_of_its_name()
    {
        var items = Items(Column("owner_id", SqlTypeKind.BigInt), Text("owner"));

        Assert.Equal(("OwnerUser", "owner_user"), (items.References[0].Name, items.References[0].JsonName));
    }

    [Fact]
    public void Two_references_to_one_table_give_collections_of_two_names()
    {
        var messages = Table("messages", Column("sender_id", SqlTypeKind.BigInt), Column("receiver_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("sender_id", "users"), Reference("receiver_id", "users")],
        };
        var users = DesignAll(s_users, messages).Of("users");

        Assert.Equal(["SenderMessages", "ReceiverMessages"], users.Collections.Select(collection => collection.Name));
        Assert.Equal(
            ["/api/users/{id}/sender_messages", "/api/users/{id}/receiver_messages"],
            users.Collections.Select(collection => collection.Operation!.Path));
        Assert.Equal(["listUserSenderMessages", "listUserReceiverMessages"], users.Collections.Select(collection => collection.Operation!.Id));
    }

    [Fact]
    public void A_table_may_refer_to_itself()
    {
        var categories = DesignOne(Table("categories", Column("parent_id", SqlTypeKind.BigInt) with { Nullable = true }) with
        {
            ForeignKeys = [Reference("parent_id", "categories")],
        });

        Assert.Equal(("Parent", false), (categories.References[0].Name, categories.References[0].Required));
        Assert.Equal(("Categories", "Category"), (categories.Collections[0].Name, categories.Collections[0].Source.Entity));
    }

    [Fact]
    public void A_key_that_is_a_foreign_key_is_a_reference_to_one_row()
    {
        var profile = KeylessTable("profiles", Column("id", SqlTypeKind.BigInt), Text("bio")) with
        {
            PrimaryKey = new Key("pk", ["id"]),
            ForeignKeys = [Reference("id", "users")],
        };
        var reference = Assert.Single(DesignAll(s_users, profile).Of("profiles").References);

        Assert.Equal(("User", "user", true), (reference.Name, reference.JsonName, reference.IsUnique));
    }

    [Fact]
    public void A_link_table_is_a_resource_with_a_key_of_two_segments_and_nothing_to_change()
    {
        var link = KeylessTable("user_roles", Column("user_id", SqlTypeKind.BigInt), Column("role_id", SqlTypeKind.BigInt)) with
        {
            PrimaryKey = new Key("pk", ["user_id", "role_id"]),
            ForeignKeys = [Reference("user_id", "users"), Reference("role_id", "roles")],
        };
        var roles = DesignAll(s_users, Table("roles"), link).Of("user_roles");

        Assert.Equal("(long UserId, long RoleId)", roles.Key!.ClrType);
        Assert.Equal("/api/user_roles/{user_id}/{role_id}", roles.Find(OperationKind.Get)!.Path);
        Assert.Null(roles.Find(OperationKind.Replace));
        Assert.NotNull(roles.Find(OperationKind.Create));
    }

    [Fact]
    public void A_composite_reference_follows_the_order_of_the_key_that_it_refers_to()
    {
        var lines = KeylessTable("lines", Column("order_id"), Column("line_no")) with { PrimaryKey = new Key("pk", ["order_id", "line_no"]) };
        var notes = Table("notes", Column("no"), Column("ord")) with
        {
            ForeignKeys =
            [
                new ForeignKey
                {
                    Name = "fk", Columns = ["no", "ord"], ReferencedTable = "LINES", ReferencedColumns = ["LINE_NO", "order_id"], Source = Source,
                },
            ],
        };
        var reference = Assert.Single(DesignAll(lines, notes).Of("notes").References);

        Assert.Equal(["Ord", "No"], reference.Properties.Select(property => property.Name));
        Assert.Equal(["OrderId", "LineNo"], reference.TargetProperties.Select(property => property.Name));
        Assert.Equal(("Line", "(int OrderId, int LineNo)"), (reference.Name, reference.KeyType));
    }

    [Fact]
    public void A_unique_key_that_is_referred_to_is_an_alternate_key_and_cannot_be_changed()
    {
        var users = Table("users", Text("email"), Text("name")) with { UniqueKeys = [new Key("uk_email", ["email"])] };
        var items = Table("items", Text("owner_email")) with { ForeignKeys = [Reference("owner_email", "users", "email")] };
        var api = DesignAll(users, items);

        Assert.Equal("uk_email", Assert.Single(api.Of("users").AlternateKeys).Name);
        Assert.DoesNotContain(api.Of("users").Indexes, index => index.Name == "uk_email");
        Assert.True(api.Of("users").Of("email") is { InCreate: true, InUpdate: false });
        Assert.False(api.Of("items").References[0].TargetsKey);
    }

    [Fact]
    public void Tables_may_refer_to_each_other_in_a_circle()
    {
        var a = Table("a", Column("b_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("b_id", "b")] };
        var b = Table("b", Column("a_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("a_id", "a")] };
        var api = DesignAll(a, b);

        Assert.Equal(["B", "A"], api.OfTables().Select(resource => Assert.Single(resource.References).Target.Entity));
        Assert.All(api.OfTables(), resource => Assert.Single(resource.Collections));
    }

    [Fact]
    public void What_no_database_keeps_is_reported()
    {
        Table Referring(string column, SqlTypeKind type, string referenced) =>
            Table("items", Column(column, type)) with { ForeignKeys = [Reference(column, "users", referenced)] };

        Assert.Equal(["SD3005"], Codes(Database(s_users, Referring("user_name", SqlTypeKind.VarChar, "name"))));
        Assert.Equal(["SD3005"], Codes(Database(s_users, Referring("user_id", SqlTypeKind.VarChar, "id"))));
        Assert.Equal(["SD3005"], Codes(Database(Referring("user_id", SqlTypeKind.BigInt, "id"))));
    }

    [Fact]
    public void The_same_foreign_key_twice_is_carried_over_once()
    {
        var items = Table("items", Column("user_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("user_id", "users"), Reference("user_id", "users") with { Name = "again" }],
        };

        Assert.Equal(["SD3006"], Codes(Database(s_users, items)));
        Assert.Single(DesignAll(s_users, items).Of("items").References);
    }

    [Theory]
    [InlineData(ReferentialAction.NoAction, true, "NoAction", "")]
    [InlineData(ReferentialAction.Cascade, false, "Cascade", "")]
    [InlineData(ReferentialAction.SetNull, true, "SetNull", "")]
    [InlineData(ReferentialAction.SetNull, false, "NoAction", "SD3007")]
    [InlineData(ReferentialAction.SetDefault, true, "NoAction", "SD3007")]
    public void Actions_of_deletes_are_carried_over_where_there_are_such(ReferentialAction action, bool nullable, string behavior, string code)
    {
        var items = Table("items", Column("user_id", SqlTypeKind.BigInt) with { Nullable = nullable }) with
        {
            ForeignKeys = [Reference("user_id", "users") with { OnDelete = action }],
        };

        Assert.Equal(behavior, DesignAll(s_users, items).Of("items").References[0].DeleteBehavior);
        Assert.Equal(code, string.Concat(Codes(Database(s_users, items))));
    }

    [Fact]
    public void The_owner_is_the_foreign_key_to_users_whose_name_says_most_or_the_tagged_one()
    {
        var users = Table("users", Text("email"), Text("password_hash"));
        var items = Table("items", Column("created_by", SqlTypeKind.BigInt), Column("owner_id", SqlTypeKind.BigInt), Column("tester_id", SqlTypeKind.BigInt)) with
        {
            ForeignKeys = [Reference("created_by", "users"), Reference("owner_id", "users"), Reference("tester_id", "users")],
        };
        var tagged = items with { Columns = items.Columns.SetItem(3, items.Columns[3] with { Tags = [Tag("owner")] }) };

        Assert.Equal("owner_id", DesignAll(users, items).Of("items").Ownership!.Property.ColumnName);
        Assert.Equal("tester_id", DesignAll(users, tagged).Of("items").Ownership!.Property.ColumnName);
        Assert.Equal("id", DesignAll(users, items).Of("users").Ownership!.Property.ColumnName);
        Assert.Equal(["SD3013"], Codes(Database(Table("t", Column("x") with { Tags = [Tag("owner")] }))));
    }

    [Fact]
    public void Tables_without_a_key_are_read_only_and_take_a_unique_key_without_nulls_for_one()
    {
        var keyless = KeylessTable("log", Column("a"));
        var unique = keyless with { UniqueKeys = [new Key("uk", ["a"])] };
        var computed = KeylessTable("log", Column("a"), Column("b") with { Generated = new(new ColumnExpression("a"), Stored: true) }) with { UniqueKeys = [new Key("uk", ["b"])] };
        var nullable = KeylessTable("log", Column("a") with { Nullable = true }) with { UniqueKeys = [new Key("uk", ["a"])] };

        Assert.Equal(["SD3002"], Codes(Database(keyless)));
        Assert.Equal(OperationKind.List, Assert.Single(DesignOne(keyless).Operations).Kind);
        Assert.Equal(("{a}", false), (DesignOne(unique).Key!.RouteTemplate, DesignOne(unique).Key!.IsPrimary));
        Assert.Empty(DesignOne(unique).Indexes);
        Assert.Equal("{b}", DesignOne(computed).Key!.RouteTemplate);
        Assert.Null(DesignOne(nullable).EntityKey);
    }

    [Fact]
    public void A_key_that_no_path_can_hold_is_still_one_for_the_data_layer()
    {
        var table = KeylessTable("blobs", Column("hash", SqlTypeKind.Binary) with { Length = 16 }) with { PrimaryKey = new Key("pk", ["hash"]) };

        Assert.Equal(["SD3003"], Codes(Database(table)));
        Assert.Null(DesignOne(table).Key);
        Assert.Equal("byte[]", DesignOne(table).EntityKey!.ClrType);
    }

    [Fact]
    public void Operation_ids_are_unique_over_the_whole_api()
    {
        var api = DesignAll(
            s_users, Table("news"), Table("series"), Table("user"), Table("user_item"),
            Table("item", Column("user_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("user_id", "users")] });
        string[] ids = [.. api.Resources.SelectMany(r => r.Operations.Concat(r.Collections.Select(c => c.Operation!))).Select(o => o.Id)];

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains("createNewsBatch", ids);
        Assert.Contains("listUserItems", ids);
    }

    [Fact]
    public void Actions_of_updates_are_reported_once()
    {
        var items = Table("items", Column("a", SqlTypeKind.BigInt), Column("b", SqlTypeKind.BigInt)) with
        {
            ForeignKeys =
            [
                Reference("a", "users") with { OnUpdate = ReferentialAction.Cascade },
                Reference("b", "users") with { OnUpdate = ReferentialAction.Cascade },
            ],
        };
        var diagnostics = new DiagnosticBag();
        DesignAll(Database(s_users, items), diagnostics);

        Assert.Equal(
            "ON UPDATE of 2 foreign keys is not carried over: the API never changes a key that rows refer to. First one here.",
            Assert.Single(diagnostics.ToImmutable()).Message);
    }

    private static Resource Items(params Column[] columns) => DesignAll(
        s_users,
        Table("items", columns) with { ForeignKeys = [Reference(columns[0].Name, "users")] }).Of("items");

    [Fact]
    public void A_circle_of_required_references_is_reported_once()
    {
        var store = Table("store", Column("manager_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("manager_id", "staff")] };
        var staff = Table("staff", Column("store_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("store_id", "store")] };
        var rental = Table("rental", Column("staff_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("staff_id", "staff")] };

        var diagnostics = new DiagnosticBag();
        DesignAll(Database(rental, store, staff), diagnostics);

        var circle = Assert.Single(diagnostics.ToImmutable(), diagnostic => diagnostic.Code == "SD3019");
        Assert.Contains("'staff' → 'store' → 'staff'", circle.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void References_that_may_be_null_or_to_the_row_itself_are_no_circle()
    {
        var store = Table("store", Column("manager_id", SqlTypeKind.BigInt) with { Nullable = true }) with { ForeignKeys = [Reference("manager_id", "staff")] };
        var staff = Table("staff", Column("store_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("store_id", "store")] };
        var node = Table("node", Column("parent_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("parent_id", "node")] };

        Assert.DoesNotContain("SD3019", Codes(Database(store, staff, node)));
    }
}
