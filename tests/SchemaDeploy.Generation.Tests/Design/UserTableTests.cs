using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Security;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class UserTableTests
{
    [Fact]
    public void A_table_with_an_email_and_a_password_signs_in()
    {
        var api = DesignAll(Users(), Table("notes", Text("title")));

        Assert.Equal("User", api.Users.Names.Entity);
        Assert.Equal(("id", "email", "password_hash"), (api.Users.Key.ColumnName, api.Users.Email.ColumnName, api.Users.PasswordHash!.ColumnName));
        Assert.True(api.Users.IsEmailEnough);
        Assert.False(api.Users.NeedsOtherRows);
    }

    [Theory]
    [InlineData("PasswordHash", "EmailAddress")]
    [InlineData("passwd", "mail")]
    [InlineData("encrypted_password", "E_Mail")]
    [InlineData("password", "user_email")]
    public void Other_spellings_are_known(string password, string email) =>
        Assert.Equal(password, DesignAll(Table("members", Text(email), Text(password, 255))).Users.PasswordHash!.ColumnName);

    [Fact]
    public void Of_several_tables_the_one_that_says_it_best_signs_in_and_the_others_are_named()
    {
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(
            Database(
                Table("admins", Text("email"), Text("password", 255)),
                Table("orders", Column("customer_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("customer_id", "customers")] },
                Table("customers", Text("email"), Text("password", 255))),
            diagnostics);

        Assert.Equal("Customer", api.Users.Names.Entity);
        Assert.Equal("SD3031", Assert.Single(diagnostics.ToImmutable()).Code);
        Assert.Equal("User", DesignAll(Table("customers", Text("email"), Text("password", 255)), Users()).Users.Names.Entity);
    }

    [Fact]
    public void A_tag_chooses_the_users_table()
    {
        var api = DesignAll(Users(), Table("admins", Text("email"), Text("password", 255)) with { Tags = [Tag("users")] });

        Assert.Equal("Admin", api.Users.Names.Entity);
        Assert.Equal(TableRole.Ordinary, api.Of("users").Role);
    }

    [Fact]
    public void A_schema_without_users_gets_a_table_of_them()
    {
        var api = DesignAll(Table("notes", Text("title"), Column("author", SqlTypeKind.Uuid) with { Tags = [Tag("owner")] }));

        var users = Assert.Single(api.Resources, resource => resource.Names == api.Users.Names);
        Assert.Equal(("schemadeploy_users", "users"), (users.Table, users.Names.Route));
        Assert.Equal(new AccessPolicy(Grant.Owner, Grant.Admin, Grant.Owner, Grant.Admin), users.Access);
        Assert.True(users.Of("role") is { IsAdminOnly: true, RequiredOnCreate: false });
        Assert.Equal(["status"], api.Users.SignInRules.Select(rule => rule.Property.ColumnName));
        Assert.True(api.Users is { IsOpen: true, IsEmailEnough: true, NeedsOtherRows: false });
        Assert.Equal("author", api.Of("notes").Ownership!.Property.ColumnName);
    }

    [Fact]
    public void A_tag_on_a_table_without_what_users_need_has_no_effect_and_says_so()
    {
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(Database(Table("people", Text("name")) with { Tags = [Tag("users")] }), diagnostics);

        Assert.Equal("User", api.Users.Names.Entity);
        Assert.Equal("SD3013", Assert.Single(diagnostics.ToImmutable()).Code);
    }

    [Fact]
    public void A_table_whose_rows_no_single_column_tells_apart_does_not_sign_in()
    {
        var users = KeylessTable("users", Column("tenant"), Text("email"), Text("password", 255)) with { PrimaryKey = new Key("pk", ["tenant", "email"]) };

        Assert.Equal("AppUser", DesignAll(users).Users.Names.Entity);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(32)]
    public void A_column_that_cannot_hold_a_hash_stays_empty(int length)
    {
        var api = DesignAll(Table("users", Text("email"), Text("password_hash", length)));

        Assert.Null(api.Users.PasswordHash);
        Assert.True(api.Of("users").Of("password_hash") is { InCreate: false, InResponse: false, Default.CSharp: "\"\"" });
    }

    [Fact]
    public void A_hash_is_kept_in_bytes_and_a_salt_stays_empty()
    {
        var api = DesignAll(Table(
            "users",
            Text("email"),
            Column("PasswordHash", SqlTypeKind.VarBinary) with { Length = 256 },
            Column("PasswordSalt", SqlTypeKind.VarBinary) with { Length = 128 }));

        Assert.Equal("PasswordHash", api.Users.PasswordHash!.ColumnName);
        Assert.True(api.Of("users").Of("PasswordSalt") is { InCreate: false, InUpdate: false, InResponse: false, Default.CSharp: "[]" });
    }

    [Fact]
    public void Requests_give_a_password_and_neither_they_nor_responses_know_of_hashes_and_tokens()
    {
        var users = DesignOne(Users(Text("reset_token", 64) with { Nullable = true }, Text("api_key", 64)));

        Assert.Equal(["email", "password"], users.RequestProperties.Where(property => property.InCreate).Select(property => property.JsonName));
        Assert.All([users.Of("password_hash"), users.Of("reset_token"), users.Of("api_key")], secret =>
            Assert.True(secret is { InCreate: false, InUpdate: false, InResponse: false, Filterable: false, Sortable: false }));
        Assert.Equal("Guid.NewGuid().ToString(\"N\")", users.Of("api_key").Default!.CSharp);
    }

    [Fact]
    public void A_hash_that_is_tagged_hidden_hinders_nobody_from_registering()
    {
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(Database(Table("users", Text("email"), Text("password_hash", 255) with { Tags = [Tag("hidden")] })), diagnostics);

        Assert.Empty(diagnostics.ToImmutable());
        Assert.NotNull(api.Of("users").Find(OperationKind.Create));
        Assert.Equal("password_hash", api.Users.PasswordHash!.ColumnName);
    }

    [Theory]
    [InlineData("USER,ADMIN,MODERATOR", "USER", "ADMIN", "USER")]
    [InlineData("super_admin,editor,reader", "reader", "super_admin", "reader")]
    [InlineData("Administrator,Guest", null, "Administrator", "Guest")]
    [InlineData("ADMIN,USER", "ADMIN", "ADMIN", "USER")]
    public void Roles_are_those_of_the_enum_and_whoever_registers_is_no_administrator(string values, string? given, string admin, string standard)
    {
        var role = Enum("role", values.Split(',')) with { Default = given is null ? null : Quoted(given) };
        var api = DesignAll(Users(role));

        Assert.Equal((admin, standard), (api.Roles.Admin, api.Roles.Default));
        Assert.Equal($"\"{standard}\"", api.Of("users").Of("role").Default!.Json);
        Assert.True(api.Of("users").Of("role") is { IsAdminOnly: true, RequiredOnCreate: false });
    }

    [Fact]
    public void Without_a_role_for_administrators_the_runtime_keeps_who_is_one()
    {
        var api = DesignAll(Users(Enum("role", "teacher", "student")));

        Assert.Null(api.Users.AdminRole);
        Assert.Equal("ADMIN", api.Roles.Admin);
    }

    [Fact]
    public void Roles_can_be_text_with_a_check_free_text_or_a_flag()
    {
        var check = new Check("c", new InExpression(Col("role"), [Quoted("member"), Quoted("admin")], false), Source);
        var checkedRole = DesignAll(Users(Text("role")) with { Checks = [check] });
        var free = DesignAll(Users(Text("role") with { Default = Quoted("user") }));
        var flag = DesignAll(Users(Column("is_admin", SqlTypeKind.Boolean)));
        var number = DesignAll(Users(Column("is_admin", SqlTypeKind.TinyInt)));

        Assert.Equal(("\"admin\"", "member"), (checkedRole.Users.AdminRole!.CSharp, checkedRole.Roles.Default));
        Assert.Equal(("\"admin\"", "user"), (free.Users.AdminRole!.CSharp, free.Roles.Default));
        Assert.Equal(("true", "USER"), (flag.Users.AdminRole!.CSharp, flag.Roles.Default));
        Assert.Equal("false", flag.Of("users").Of("is_admin").Default!.CSharp);
        Assert.Equal("(short)1", number.Users.AdminRole!.CSharp);
    }

    [Fact]
    public void The_kind_of_a_user_is_a_role_only_where_administrators_are_a_kind()
    {
        Assert.Null(DesignAll(Users(Enum("account_type", "person", "company"))).Users.Role);
        Assert.True(DesignAll(Users(Enum("account_type", "person", "company"))).Of("users").Of("account_type") is { IsAdminOnly: false, InCreate: true });
        Assert.Equal("account_type", DesignAll(Users(Enum("account_type", "person", "admin"))).Users.Role!.ColumnName);
    }

    [Theory]
    [InlineData("ACTIVE,SUSPENDED,DELETED", "ACTIVE", "\"ACTIVE\"", null)]
    [InlineData("pending,active,banned", "pending", "\"active\"", "UserStatus.Active")]
    [InlineData("active,verified,locked", null, "\"active\",\"verified\"", null)]
    [InlineData("fresh,stale", "stale", "\"stale\"", null)]
    [InlineData("fresh,stale", null, "\"fresh\"", null)]
    public void Whoever_signs_in_has_a_state_of_a_list(string values, string? given, string admitted, string? forAdmin)
    {
        var status = Enum("status", values.Split(',')) with { Default = given is null ? null : Quoted(given) };
        var rule = Assert.Single(DesignAll(Users(status)).Users.SignInRules);

        Assert.Equal(SignInTest.OneOf, rule.Test);
        Assert.Equal(admitted, string.Join(',', rule.Values.Select(value => value.Json)));
        Assert.Equal(forAdmin, rule.ForAdmin?.CSharp);
        Assert.True(rule.Property is { IsAdminOnly: true, RequiredOnCreate: false, Default: not null });
    }

    [Fact]
    public void Free_text_lets_its_default_in_and_the_usual_word_for_being_active()
    {
        var rule = Assert.Single(DesignAll(Users(Text("status") with { Default = Quoted("new") })).Users.SignInRules);

        Assert.Equal(["\"new\"", "\"active\""], rule.Values.Select(value => value.CSharp));
        Assert.Equal(["\"ACTIVE\""], Assert.Single(DesignAll(Users(Text("status"))).Users.SignInRules).Values.Select(value => value.CSharp));
    }

    [Theory]
    [InlineData("is_active", SqlTypeKind.Boolean, SignInTest.True, "true")]
    [InlineData("enabled", SqlTypeKind.Boolean, SignInTest.True, "true")]
    [InlineData("is_deleted", SqlTypeKind.Boolean, SignInTest.NotTrue, "false")]
    [InlineData("disabled", SqlTypeKind.Boolean, SignInTest.NotTrue, "false")]
    [InlineData("active", SqlTypeKind.Int, SignInTest.OneOf, "1")]
    [InlineData("locked", SqlTypeKind.Int, SignInTest.OneOf, "0")]
    public void Flags_say_who_signs_in_and_whoever_registers_may(string column, SqlTypeKind type, SignInTest test, string given)
    {
        var rule = Assert.Single(DesignAll(Users(Column(column, type))).Users.SignInRules);

        Assert.Equal(test, rule.Test);
        Assert.Equal(given, rule.Property.Default!.Json);
    }

    [Fact]
    public void Times_of_deletion_and_locks_keep_users_out_beside_other_rules()
    {
        var rules = DesignAll(Users(
            Enum("status", "ACTIVE", "OFF"),
            Column("deleted_at", SqlTypeKind.Timestamp) with { Nullable = true },
            Column("locked_until", SqlTypeKind.Timestamp) with { Nullable = true })).Users.SignInRules;

        Assert.Equal([SignInTest.OneOf, SignInTest.Null, SignInTest.Over], rules.Select(rule => rule.Test));
        Assert.All(rules, rule => Assert.True(rule.Property.IsAdminOnly));
    }

    [Fact]
    public void The_state_of_an_address_is_nobodys_status() =>
        Assert.Empty(DesignAll(Users(Text("city"), Text("state") with { Nullable = true })).Users.SignInRules);

    [Fact]
    public void What_says_that_somebody_was_checked_is_for_admin_to_set()
    {
        var users = DesignOne(Users(Column("email_verified", SqlTypeKind.Boolean), Column("login_count"), Text("nickname")));

        Assert.True(users.Of("email_verified") is { IsAdminOnly: true, Default.CSharp: "false", RequiredOnCreate: false });
        Assert.True(users.Of("login_count") is { IsAdminOnly: true, Default.CSharp: "0" });
        Assert.True(users.Of("nickname") is { IsAdminOnly: false, RequiredOnCreate: true });
    }

    [Fact]
    public void Users_that_refer_to_other_rows_cannot_be_the_first()
    {
        var users = Users(Column("tenant_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("tenant_id", "tenants")] };
        var api = DesignAll(Table("tenants", Text("name")), users);

        Assert.True(api.Users is { NeedsOtherRows: true, IsEmailEnough: false });
        Assert.False(DesignAll(Users(Text("nickname"))).Users.IsEmailEnough);
    }

    [Fact]
    public void Nobody_chooses_a_role_of_the_roles_table_by_registering()
    {
        var users = Users(Column("role_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("role_id", "roles")] };
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(Database(Table("roles", Text("name")), users), diagnostics);

        Assert.False(api.Users.IsOpen);
        Assert.True(api.Of("users").Of("role_id") is { IsAdminOnly: true, RequiredOnCreate: true, RequiredOnUpdate: false, KeptWhenAbsent: true });
        Assert.Equal(["SD3032"], diagnostics.ToImmutable().Select(diagnostic => diagnostic.Code));
    }

    [Fact]
    public void A_role_of_the_roles_table_that_has_a_default_is_what_those_who_register_get()
    {
        var users = Users(Column("role_id", SqlTypeKind.BigInt) with { Default = Number("2") }) with { ForeignKeys = [Reference("role_id", "roles")] };
        var api = DesignAll(Table("roles", Text("name")), users);

        Assert.True(api.Users.IsOpen);
        Assert.True(api.Of("users").Of("role_id") is { IsAdminOnly: true, RequiredOnCreate: false });
    }

    [Fact]
    public void A_key_that_says_nothing_is_made_by_the_server()
    {
        static Table Keyed(Column key) => KeylessTable("users", key, Text("email"), Text("password_hash", 255)) with { PrimaryKey = new Key("pk_users", [key.Name]) };

        Assert.Equal("Guid.NewGuid()", DesignOne(Keyed(Column("id", SqlTypeKind.Uuid))).Of("id").Default!.CSharp);
        Assert.Equal("Guid.NewGuid().ToString()", DesignOne(Keyed(Column("id", SqlTypeKind.Char) with { Length = 36 })).Of("id").Default!.CSharp);
        Assert.True(DesignOne(Keyed(Text("username"))).Of("username") is { RequiredOnCreate: true, IsAdminOnly: false });
    }

    private static Table Users(params Column[] more) => Table("users", [Text("email", 255), Text("password_hash", 255), .. more]);
}
