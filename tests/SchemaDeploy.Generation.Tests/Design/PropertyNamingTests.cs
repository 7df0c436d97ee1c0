using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public class PropertyNamingTests
{
    [Theory]
    [InlineData("owner_id", "OwnerId", "owner_id")]
    [InlineData("CustomerID", "CustomerId", "customerId")]
    [InlineData("customerId", "CustomerId", "customerId")]
    [InlineData("FIRST_NAME", "FirstName", "first_name")]
    [InlineData("REV_", "Rev", "rev_")]
    [InlineData("ZIP", "Zip", "zip")]
    [InlineData("unit price", "UnitPrice", "unit_price")]
    [InlineData("Unit Price", "UnitPrice", "unitPrice")]
    [InlineData("unit-price", "UnitPrice", "unit_price")]
    [InlineData("1st", "_1st", "1st")]
    [InlineData("Größe", "Größe", "größe")]
    [InlineData("class", "Class", "class")]
    [InlineData("get_type", "GetTypeValue", "get_type")]
    [InlineData("ToString", "ToStringValue", "toString")]
    [InlineData("validate", "ValidateValue", "validate")]
    [InlineData("#", "Column", "column")]
    [InlineData("thing", "ThingValue", "thing")]
    [InlineData("thing_create", "ThingCreateValue", "thing_create")]
    public void A_column_gets_a_property_and_keeps_its_name_in_json(string column, string name, string json)
    {
        var property = DesignOne(Table("things", Column(column))).Of(column);

        Assert.Equal((name, json), (property.Name, property.JsonName));
    }

    [Fact]
    public void Columns_that_differ_only_in_case_stay_apart()
    {
        var thing = DesignOne(Table("things", Column("name"), Column("Name"), Column("NAME")));

        Assert.Equal(["Id", "Name", "NameValue", "NameValue2"], thing.Properties.Select(property => property.Name));
        Assert.Equal(["id", "name", "name_2", "name_3"], thing.Properties.Select(property => property.JsonName));
    }

    [Fact]
    public void A_given_name_is_the_name_in_json_too()
    {
        var property = DesignOne(Table("things", Column("c_amt") with { Tags = [Tag("name", "amount")] })).Of("c_amt");

        Assert.Equal(("Amount", "amount"), (property.Name, property.JsonName));
    }

    [Fact]
    public void Two_thousand_columns_get_two_thousand_names()
    {
        var columns = Enumerable.Range(0, 2000).Select(i => Column("c" + new string('_', (i % 40) + 1) + (i / 40))).ToArray();

        var thing = DesignOne(Table("things", columns));

        Assert.Equal(2001, thing.Properties.Select(property => property.Name).Distinct().Count());
        Assert.Equal(2001, thing.Properties.Select(property => property.JsonName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("in-progress", "InProgress")]
    [InlineData("IN_PROGRESS", "InProgress")]
    [InlineData("", "Empty")]
    [InlineData("1st", "_1st")]
    [InlineData("PG-13", "Pg13")]
    [InlineData("<=", "LessEqual")]
    [InlineData("ToString", "ToStringValue")]
    [InlineData("日本", "日本")]
    [InlineData("~", "Value")]
    public void A_literal_of_an_enum_gets_a_member(string literal, string member)
    {
        var thing = DesignOne(Table("things", Enum("state", literal)));

        Assert.Equal(new EnumMember(member, literal), Assert.Single(thing.Of("state").Enum!.Members));
    }

    [Fact]
    public void Members_of_one_enum_differ()
    {
        var members = DesignOne(Table("things", Enum("state", "a b", "a-b", "A_B", "ab"))).Of("state").Enum!.Members;

        Assert.Equal(["AB", "ABValue", "ABValue2", "Ab"], members.Select(member => member.Name));
    }

    [Fact]
    public void Every_enum_column_has_a_type_of_its_own()
    {
        var api = DesignAll(Table("users", Enum("status", "A")), Table("items", Enum("status", "A")), Table("item_status"));

        Assert.Equal(["UserStatus", "ItemStatus", "AppUserRole", "AppUserStatus"], api.Enums.Select(item => item.Name));
        Assert.Equal("ItemStatusEntity", api.Of("item_status").Names.Entity);
    }

    [Fact]
    public void Names_do_not_depend_on_the_run()
    {
        var tables = new[] { Table("items", Enum("kind", "a", "b")), Table("Items", Column("x"), Column("X")) };

        Assert.Equal(Describe(DesignAll(tables)), Describe(DesignAll(tables)));

        static string Describe(ApiModel api) => string.Join('\n', api.Resources.SelectMany(r => r.Properties.Select(p => $"{r.Names}{p.Name}{p.JsonName}{p.Enum?.Name}")));
    }

    [Fact]
    public void Names_of_route_values_are_plain_and_not_the_frameworks()
    {
        var table = KeylessTable("pages", Column("page"), Column("größe"), Column("controller", SqlTypeKind.Int)) with
        {
            PrimaryKey = new("pk", ["page", "größe", "controller"]),
        };

        Assert.Equal("{page_2}/{gr__e}/{controller_2}", DesignOne(table).Key!.RouteTemplate);
    }
}
