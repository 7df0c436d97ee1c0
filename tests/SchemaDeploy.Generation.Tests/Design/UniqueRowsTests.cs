using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public sealed class UniqueRowsTests
{
    [Fact]
    public void A_key_of_the_clients_refuses_the_same_row_again()
    {
        Assert.True(DesignOne(KeylessTable("countries", Text("code")) with { PrimaryKey = new Key("pk", ["code"]) }).HasUniqueRows);
        Assert.False(DesignOne(Table("books", Text("title"))).HasUniqueRows);
    }

    [Fact]
    public void A_unique_key_does_where_every_request_has_its_fields()
    {
        Assert.True(DesignOne(Unique(Text("name"))).HasUniqueRows);
        Assert.True(DesignOne(Unique(Text("name") with { Default = Quoted("none") })).HasUniqueRows);
        Assert.False(DesignOne(Unique(Text("name") with { Nullable = true })).HasUniqueRows);
        Assert.False(DesignOne(Unique(Column("name", SqlTypeKind.Uuid) with { Default = Call(NeutralFunctions.Uuid) })).HasUniqueRows);
    }

    [Fact]
    public void A_window_over_a_time_does()
    {
        var visits = Table("visits", Text("page"), Column("created_at", SqlTypeKind.Timestamp)) with
        {
            Indexes = [UniqueIndex("uk", Col("page"), Call(NeutralFunctions.DateTrunc, Quoted("minute"), Col("created_at")))],
        };

        Assert.True(DesignOne(visits).HasUniqueRows);
    }

    private static Table Unique(Column column) => Table("items", column) with { UniqueKeys = [new Key("uk", [column.Name])] };
}
