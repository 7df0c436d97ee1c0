using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;
using Index = SchemaDeploy.Schema.Model.Index;

namespace SchemaDeploy.Generation.Tests.Design;

public class IndexTests
{
    [Fact]
    public void A_minute_of_a_time_in_a_unique_key_becomes_a_column_that_the_application_keeps()
    {
        var index = UniqueIndex("uk", Col("owner_id"), Call("date_trunc", Quoted("minute"), Col("created_at")));
        var created = Column("created_at", SqlTypeKind.Timestamp) with { Nullable = true, Default = Call("now") };
        var items = DesignOne(Table("items", Column("owner_id"), created) with { Indexes = [index] });

        var shadow = Assert.Single(items.ShadowProperties);
        Assert.Equal(("CreatedAtMinute", "created_at_minute", "DateTime?"), (shadow.Name, shadow.ColumnName, shadow.ClrType));
        Assert.Equal(("CreatedAt", "Minute"), (shadow.WindowSource, shadow.WindowUnit));
        Assert.Equal(["OwnerId", "CreatedAtMinute"], items.Indexes[0].Parts.Select(part => part.PropertyName));
        Assert.True(items.Of("created_at").Sortable);
    }

    [Fact]
    public void Rows_that_only_their_owner_reads_are_indexed_in_the_order_in_which_the_owner_lists_them()
    {
        var users = Table("users", Text("email"), Text("password_hash"));
        var orders = Table("orders", Column("user_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("user_id", "users")] };
        var indexed = orders with { Indexes = [UniqueIndex("ix", Col("user_id"), Col("id")) with { Unique = false }] };
        var products = Table("products", Text("name"));

        Assert.Equal([["UserId", "Id"]], PartsOf(orders));
        Assert.Equal([["UserId", "Id"]], PartsOf(indexed));
        Assert.Empty(PartsOf(products));

        IEnumerable<IEnumerable<string>> PartsOf(Table table) =>
            DesignAll(users, table).Of(table.Name).Indexes.Select(index => index.Parts.Select(part => part.PropertyName));
    }

    [Fact]
    public void Two_keys_over_one_expression_share_its_column_and_names_do_not_collide()
    {
        var minute = Call("date_trunc", Quoted("minute"), Col("at"));
        var items = DesignOne(Table("items", Column("a"), Column("b"), Column("at", SqlTypeKind.Timestamp), Column("at_minute")) with
        {
            Indexes = [UniqueIndex("u1", Col("a"), minute), UniqueIndex("u2", Col("b"), minute)],
        });

        var shadow = Assert.Single(items.ShadowProperties);
        Assert.Equal(("AtMinuteWindow", "at_minute_2"), (shadow.Name, shadow.ColumnName));
    }

    [Fact]
    public void Other_expressions_in_unique_keys_become_computed_columns()
    {
        var users = DesignOne(Table("users", Text("email", 200)) with { Indexes = [UniqueIndex("uk", Call("lower", Col("email")))] });

        var shadow = Assert.Single(users.ShadowProperties);
        Assert.Equal(("LowerEmail", "lower_email", "string?", 200), (shadow.Name, shadow.ColumnName, shadow.ClrType, shadow.MaxLength));
        Assert.Equal("lower([email])", shadow.ComputedSql!.SqlServer);
    }

    [Fact]
    public void What_cannot_be_kept_is_reported_as_lost_speed_or_lost_uniqueness()
    {
        var unknown = Call("soundex", Col("name"));
        Table With(Index index) => Table("things", Text("name")) with { Indexes = [index] };

        Assert.Equal(["SD3009"], Codes(Database(SchemaDialect.TSql, With(UniqueIndex("uk", unknown)))));
        Assert.Equal(["SD3008"], Codes(Database(With(UniqueIndex("ix", Call("lower", Col("name"))) with { Unique = false }))));
        Assert.Equal(["SD3008"], Codes(Database(With(UniqueIndex("ft", Col("name")) with { Unique = false, Method = IndexMethod.FullText }))));
        Assert.Equal(["SD3009"], Codes(Database(With(UniqueIndex("uk", Call("now"))))));
    }

    [Fact]
    public void A_condition_is_written_for_every_database_that_has_such_indexes()
    {
        var index = UniqueIndex("uk", Col("name")) with { Filter = Compare(Col("active"), BinaryOperator.Equal, Number("1")) };
        var table = Table("things", Text("name"), Column("active", SqlTypeKind.Boolean)) with { Indexes = [index] };

        Assert.Equal(new ProviderSql("\"active\" = 1", "\"active\" = true", null, "[active] = 1"), DesignOne(table).Indexes[0].Filter);
        Assert.Empty(Codes(Database(table)));
        Assert.Equal(["SD3009"], Codes(Database(table), DatabaseKind.MySql));
    }

    [Fact]
    public void Names_are_unique_in_the_whole_schema_and_short_enough_for_every_database()
    {
        Table With(string name, string index) => Table(name, Column("a")) with { Indexes = [UniqueIndex(index, Col("a"))] };
        var diagnostics = new DiagnosticBag();
        var api = DesignAll(
            Database(With("a", "idx_a"), With("b", "IDX_A"), With("c", "b"), With("d", new string('x', 80) + "1"), With("e", new string('x', 80) + "2")),
            diagnostics);
        string[] names = [.. api.OfTables().Select(resource => resource.Indexes[0].Name)];

        Assert.Equal(["idx_a", "b_IDX_A", "c_b"], names[..3]);
        Assert.Equal(5, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.True(name.Length <= 63));
        Assert.Equal(4, diagnostics.ToImmutable().Count(d => d.Code == "SD3016"));
    }

    [Fact]
    public void Unique_keys_name_their_fields_for_messages()
    {
        var items = DesignOne(Table("items", Column("OwnerId"), Column("Kind")) with { UniqueKeys = [new Key("uk", ["OwnerId", "Kind"])] });

        Assert.Equal(["ownerId", "kind"], items.Indexes[0].JsonNames);
        Assert.True(items.Indexes[0].Unique);
    }

    [Fact]
    public void Rows_within_another_row_are_found_in_the_order_of_their_key()
    {
        var index = Assert.Single(DesignAll(Table("customers"), Orders()).Of("orders").Indexes);

        Assert.Equal(("ix_orders_customer_id", "CustomerId Id"), (index.Name, string.Join(' ', index.Parts.Select(part => part.PropertyName))));
    }

    [Fact]
    public void An_index_of_the_schema_is_enough_for_rows_within_another_row()
    {
        var index = UniqueIndex("by_customer", Col("customer_id"), Col("placed")) with { Unique = false };

        Assert.Equal("by_customer", Assert.Single(DesignAll(Table("customers"), Orders(Column("placed")) with { Indexes = [index] }).Of("orders").Indexes).Name);
    }

    [Fact]
    public void Long_keys_are_in_no_index_beside_a_reference()
    {
        var orders = KeylessTable("orders", Text("number", 250), Column("customer_id", SqlTypeKind.BigInt)) with
        {
            PrimaryKey = new Key("pk_orders", ["number"]),
            ForeignKeys = [Reference("customer_id", "customers")],
        };

        Assert.Empty(DesignAll(Table("customers"), orders).Of("orders").Indexes);
    }

    private static Table Orders(params Column[] more) =>
        Table("orders", [Column("customer_id", SqlTypeKind.BigInt), .. more]) with { ForeignKeys = [Reference("customer_id", "customers")] };
}
