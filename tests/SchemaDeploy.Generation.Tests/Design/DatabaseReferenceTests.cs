using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

/// <summary>Foreign keys that databases keep and EF Core has no relationship for.</summary>
public class DatabaseReferenceTests
{
    private static readonly Table s_sites = Table("sites", Text("code") with { Nullable = true }) with { UniqueKeys = [new Key("uk_code", ["code"])] };

    [Fact]
    public void A_key_that_allows_null_is_referred_to_by_the_database_alone()
    {
        var api = DesignAll(s_sites, Referring(Text("site_code"), "code"));
        var readings = api.Of("readings");
        var reference = Assert.Single(readings.DatabaseReferences);

        Assert.Empty(readings.References);
        Assert.Equal(("fk_site_code_sites", "Site", true), (reference.ConstraintName, reference.Target.Entity, reference.Required));
        Assert.Equal(["SiteCode", "Code"], reference.Properties.Concat(reference.TargetProperties).Select(property => property.Name));
        // What is no relationship may change: the database sees to it.
        Assert.True(api.Of("sites").Of("code").InUpdate);
        Assert.Empty(api.Of("sites").Collections);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, false, "")]
    [InlineData(DatabaseKind.PostgreSql, false, "")]
    [InlineData(DatabaseKind.MySql, false, "")]
    [InlineData(DatabaseKind.SqlServer, false, "SD3005")]
    [InlineData(DatabaseKind.SqlServer, true, "SD3009")]
    public void Sql_server_wants_a_key_of_which_one_row_is_null(DatabaseKind kind, bool nullsNotDistinct, string codes)
    {
        var sites = s_sites with { UniqueKeys = [new Key("uk_code", ["code"]) { NullsNotDistinct = nullsNotDistinct }] };

        // SD3009 is about SQLite, which each project has.
        Assert.Equal(codes, string.Join(' ', Codes(Database(sites, Referring(Text("site_code"), "code")), kind)));
    }

    [Theory]
    [InlineData(SqlTypeKind.Int, DatabaseKind.Sqlite, true)]
    [InlineData(SqlTypeKind.Int, DatabaseKind.PostgreSql, true)]
    [InlineData(SqlTypeKind.Int, DatabaseKind.MySql, false)]
    [InlineData(SqlTypeKind.Int, DatabaseKind.SqlServer, false)]
    [InlineData(SqlTypeKind.VarChar, DatabaseKind.Sqlite, false)]
    [InlineData(SqlTypeKind.Decimal, DatabaseKind.PostgreSql, false)]
    public void Whole_numbers_of_different_sizes_are_compared_by_some(SqlTypeKind type, DatabaseKind kind, bool isKept)
    {
        var bag = new DiagnosticBag();
        var api = DesignAll(Database(s_sites, Referring(Column("site_id", type), "id")), bag, kind);
        var reference = api.Of("readings").DatabaseReferences.SingleOrDefault();

        Assert.Equal(isKept, reference?.Constraint.For(kind) is not null);
        Assert.Equal(!isKept, bag.ToImmutable().Any(diagnostic => diagnostic.Code == "SD3005" && diagnostic.Message.Contains("'site_id' and 'id' differ in type", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_unique_index_over_whole_columns_is_as_good_as_a_key()
    {
        var sites = Table("sites", Text("code")) with { Indexes = [UniqueIndex("ux_code", Col("code"))] };
        Table With(Func<IndexPart, IndexPart> change) => sites with { Indexes = [sites.Indexes[0] with { Parts = [change(sites.Indexes[0].Parts[0])] }] };
        var readings = Referring(Text("site_code"), "code");

        Assert.Single(DesignAll(sites, readings).Of("readings").DatabaseReferences);
        // MySQL's prefix that is as long as the column cuts nothing.
        Assert.Single(DesignAll(With(part => part with { PrefixLength = 50 }), readings).Of("readings").DatabaseReferences);
        Assert.Equal(["SD3005"], Codes(Database(With(part => part with { PrefixLength = 49 }), readings), DatabaseKind.MySql));
        Assert.Equal(["SD3005"], Codes(Database(With(part => part with { Descending = true }), readings)));
    }

    [Theory]
    [InlineData(ReferentialAction.Cascade, false, "Cascade", "")]
    [InlineData(ReferentialAction.SetNull, true, "SetNull", "")]
    [InlineData(ReferentialAction.SetNull, false, "NoAction", "SD3007 SD3007")]
    [InlineData(ReferentialAction.SetDefault, true, "NoAction", "SD3007 SD3007")]
    public void Actions_are_the_databases_both_on_deletes_and_on_updates(ReferentialAction action, bool nullable, string expected, string codes)
    {
        var readings = Referring(Text("site_code") with { Nullable = nullable }, "code");
        readings = readings with { ForeignKeys = [readings.ForeignKeys[0] with { OnDelete = action, OnUpdate = action }] };
        var reference = DesignAll(s_sites, readings).Of("readings").DatabaseReferences[0];

        Assert.Equal((expected, expected), (reference.OnDelete, reference.OnUpdate));
        Assert.Equal(codes, string.Join(' ', Codes(Database(s_sites, readings))));
    }

    [Theory]
    [InlineData(SchemaDialect.TSql, "")]
    [InlineData(SchemaDialect.PostgreSql, "SD3005")]
    public void Sql_server_gets_no_cascades_that_it_was_not_asked_about(SchemaDialect dialect, string codes)
    {
        var sites = Table("sites", Text("code")) with { Indexes = [UniqueIndex("ux_code", Col("code"))] };
        var readings = Referring(Text("site_code"), "code");
        readings = readings with { ForeignKeys = [readings.ForeignKeys[0] with { OnDelete = ReferentialAction.Cascade }] };

        Assert.Equal(codes, string.Join(' ', Codes(Database(dialect, sites, readings), DatabaseKind.SqlServer)));
    }

    [Fact]
    public void Enums_and_computed_columns_are_not_referred_to()
    {
        string Reason(Column column, Column target)
        {
            var bag = new DiagnosticBag();
            DesignAll(Database(Table("sites", target) with { UniqueKeys = [new Key("uk", [target.Name])] }, Referring(column, target.Name)), bag);
            return Assert.Single(bag.ToImmutable(), diagnostic => diagnostic.Code == "SD3005").Message;
        }

        var code = Text("code") with { Nullable = true };
        Assert.Contains("the values of 'state' are those of an enum", Reason(Schemas.Enum("state", "a", "b"), code), StringComparison.Ordinal);
        Assert.Contains("'code' is computed", Reason(Text("site_code"), code with { Generated = new Generated(Quoted("a"), Stored: true) }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_audit_log_relies_on_no_order()
    {
        var log = Table("audit_logs", Text("action"), Text("entity_type"), Column("entity_id", SqlTypeKind.BigInt), Text("site_code") with { Nullable = true }) with
        {
            ForeignKeys = [Reference("site_code", "sites", "code")],
        };

        Assert.Equal(["SD3005"], Codes(Database(s_sites, log)));
        Assert.Empty(DesignAll(s_sites, log).Of("audit_logs").DatabaseReferences);
    }

    [Fact]
    public void Tables_that_must_refer_to_each_other_are_a_circle_whoever_knows_of_it()
    {
        var sites = s_sites with { Columns = s_sites.Columns.Add(Column("reading_id", SqlTypeKind.BigInt)), ForeignKeys = [Reference("reading_id", "readings")] };

        Assert.Equal(["SD3019"], Codes(Database(sites, Referring(Text("site_code"), "code"))));
    }

    private static Table Referring(Column column, string referenced) =>
        Table("readings", column) with { ForeignKeys = [Reference(column.Name, "sites", referenced)] };
}
