using SchemaDeploy.Generation.Design;
using SchemaDeploy.Generation.Design.Graph;
using SchemaDeploy.Generation.GraphQL;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design.Graph;

/// <summary>What tables, columns and literals are called in GraphQL.</summary>
public sealed class GraphNameTests
{
    [Theory]
    [InlineData("orders", "order", "orders")]
    [InlineData("OrderLines", "orderLine", "orderLines")]
    [InlineData("ORDER_LINES", "orderLine", "orderLines")]
    [InlineData("sheep", "sheep", "sheepList")]
    [InlineData("größe", "grose", "groseList")]
    [InlineData("query", "queryRow", "queries")]
    public void A_table_gives_its_fields_of_query(string table, string one, string many)
    {
        var resource = Of(table, Table(table));

        Assert.Equal((one, many), (resource.One, resource.Many));
    }

    [Theory]
    [InlineData("item", "Item")]
    [InlineData("item_filter", "ItemFilterRow")]
    [InlineData("page_info", "PageInfoRow")]
    [InlineData("json", "JsonRow")]
    public void Types_that_would_be_called_alike_are_told_apart(string table, string type) =>
        Assert.Equal(type, Of(table, Table("item"), Table("item_filter"), Table("page_info"), Table("json")).Type);

    [Fact]
    public void Fields_that_would_be_called_alike_are_told_apart()
    {
        var table = Table("t", Column("created_at"), Column("createdAt"), Column("1st"), Column("größe"), Column("имя"));

        Assert.Equal(["id", "createdAt", "createdAt2", "_1st", "grose", "u0438u043Cu044F"], Of("t", table).Fields.Select(field => field.Name));
    }

    [Fact]
    public void Literals_stay_where_graphql_can_say_them()
    {
        var graph = Design(Table("t", Enum("state", "new", "in stock", "IN_STOCK", "true", "1", "+", "")));

        Assert.Equal(["new", "IN_STOCK", "IN_STOCK_2", "TRUE", "_1", "PLUS", "EMPTY"], Assert.Single(graph.Enums, @enum => @enum.Values.Length == 7).Values.Select(value => value.Name));
    }

    [Fact]
    public void Columns_keep_their_names_beside_those_that_graphql_adds()
    {
        var resource = Of("t", Table("t", Column("etag"), Column("row_etag")));

        Assert.Equal(["id", "etag", "rowEtag"], resource.Fields.Select(field => field.Name));
        Assert.Equal("rowEtag2", resource.ETag);
    }

    [Fact]
    public void Parts_of_a_key_keep_their_names_beside_those_that_graphql_adds()
    {
        var table = KeylessTable("t", Column("kind"), Column("node"), Column("if_match"), Column("input"), Column("values"), Column("n")) with
        {
            PrimaryKey = new Key("pk_t", ["kind", "node", "if_match", "input", "values"]),
        };
        var resource = Of("t", table);

        Assert.Equal(("tChanged", "changeKind", "changeNode"), (resource.Changed, resource.ChangeKind, resource.ChangeNode));
        Assert.Equal(("values2", "ifEtag"), (resource.Input, resource.IfMatch));
    }

    [Fact]
    public void Comments_are_descriptions_whatever_is_in_them()
    {
        var text = SchemaDocument.Write(Design(Table("t", Column("a") with { Comment = "Says \"so\" \\ and\nso on" })));

        Assert.Contains("""  "Says \"so\" \\ and\nso on""" + "\"\n  a: Int!", text, StringComparison.Ordinal);
    }

    private static GraphResource Of(string table, params Table[] tables) => Assert.Single(Design(tables).Resources, resource => resource.Resource.Table == table);

    private static GraphModel Design(params Table[] tables) => ApiDesigner.Design(
        Database(tables), new DesignOptions { Namespace = "App", Title = "App", AllowUnindexed = true, Apis = [ApiKind.GraphQL] }, new DiagnosticBag()).Graph!;
}
