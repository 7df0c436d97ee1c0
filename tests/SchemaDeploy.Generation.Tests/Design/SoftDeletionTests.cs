using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using static SchemaDeploy.Generation.Tests.Design.Schemas;

namespace SchemaDeploy.Generation.Tests.Design;

public sealed class SoftDeletionTests
{
    private static readonly Column s_deletedAt = Column("deleted_at", SqlTypeKind.DateTime) with { Nullable = true };
    private static readonly Column s_isDeleted = Column("is_deleted", SqlTypeKind.Boolean);
    private static readonly Column s_archived = Column("archived", SqlTypeKind.Boolean);

    [Fact]
    public void Without_the_tag_a_column_of_that_name_is_a_column_like_others() =>
        Assert.DoesNotContain(DesignOne(Table("shelves", s_deletedAt)).Properties, property => property.IsDeletionMark);

    [Theory]
    [InlineData("deleted_at")]
    [InlineData("DeletedOn")]
    [InlineData("deletion_time")]
    public void The_tag_of_a_table_finds_the_column_by_its_name(string name) =>
        Assert.Equal(name, MarkOf(Tagged("", Text("label"), s_deletedAt with { Name = name })));

    [Fact]
    public void The_tag_of_a_table_may_name_the_column() =>
        Assert.Equal("archived", MarkOf(Tagged("archived", s_deletedAt, s_archived)));

    [Fact]
    public void The_tag_may_stand_beside_the_column() =>
        Assert.Equal("archived", MarkOf(Table("shelves", s_deletedAt, s_archived with { Tags = [Tag("soft-delete")] })));

    [Fact]
    public void The_mark_is_nowhere_in_the_api()
    {
        var mark = DesignOne(Tagged("", Text("label"), s_isDeleted)).Properties.Single(property => property.IsDeletionMark);

        Assert.False(mark.InCreate || mark.InUpdate || mark.InResponse || mark.Filterable || mark.Sortable || mark.IsAudited);
    }

    [Fact]
    public void A_mark_without_a_default_keeps_nobody_from_creating_rows()
    {
        var database = Database(Tagged("", Text("label"), s_isDeleted));

        Assert.Empty(Codes(database));
    }

    [Fact]
    public void References_to_such_rows_know_it()
    {
        var api = DesignAll(
            Tagged("", s_deletedAt),
            Table("boxes", Column("shelf_id", SqlTypeKind.BigInt)) with { ForeignKeys = [Reference("shelf_id", "shelves")] });

        Assert.True(Assert.Single(api.Of("boxes").References).IsToMarkedRows);
    }

    public static TheoryData<string, Table> Impossible => new()
    {
        { "no column says by its name", Tagged("", Text("label")) },
        { "there is no column 'gone_at'", Tagged("gone_at", s_deletedAt) },
        { "'deleted_at' and 'is_deleted' could each be meant", Tagged("", s_deletedAt, s_isDeleted) },
        { "column 'deleted_at' is never null", Tagged("", s_deletedAt with { Nullable = false }) },
        { "column 'label' is neither a date nor true or false", Tagged("label", Text("label")) },
        { "several columns have the tag", Table("shelves", s_deletedAt with { Tags = [Tag("soft-delete")] }, s_archived with { Tags = [Tag("soft-delete")] }) },
    };

    [Theory]
    [MemberData(nameof(Impossible), DisableDiscoveryEnumeration = true)]
    public void A_tag_that_cannot_be_kept_ends_the_build(string problem, Table table)
    {
        var diagnostics = new DiagnosticBag();

        DesignAll(Database(table), diagnostics);

        var error = Assert.Single(diagnostics.ToImmutable(), diagnostic => diagnostic.Code == "SD3033");
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static Table Tagged(string argument, params Column[] columns) => Table("shelves", columns) with { Tags = [Tag("soft-delete", argument)] };

    private static string? MarkOf(Table table) => DesignOne(table).Properties.SingleOrDefault(property => property.IsDeletionMark)?.ColumnName;
}
