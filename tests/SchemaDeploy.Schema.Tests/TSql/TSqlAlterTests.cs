using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlAlterTests
{
    [Fact]
    public void Several_things_are_added_in_their_order()
    {
        var actions = TSqlScript.Actions(
            "WITH NOCHECK ADD a int NOT NULL, CONSTRAINT DF DEFAULT (getdate()) FOR b, c AS a + 1, CONSTRAINT k CHECK (a > 0), "
            + "CONSTRAINT fk FOREIGN KEY (a) REFERENCES o (x), CONSTRAINT pk PRIMARY KEY (a), UNIQUE (c)");

        Assert.Collection(
            actions,
            a => Assert.Equal("a", Assert.IsType<AddColumn>(a).Column.Name.Text),
            a => Assert.Equal(("b", "DF"), (Assert.IsType<SetDefault>(a).Column.Text, ((SetDefault)a).Default!.Name!.Value.Text)),
            a => Assert.Equal("a + 1", Assert.IsType<AddColumn>(a).Column.Generated!.Expression.ToString()),
            a => Assert.IsType<CheckDefinition>(Assert.IsType<AddConstraint>(a).Constraint),
            a => Assert.IsType<ForeignKeyDefinition>(Assert.IsType<AddConstraint>(a).Constraint),
            a => Assert.IsType<PrimaryKeyDefinition>(Assert.IsType<AddConstraint>(a).Constraint),
            a => Assert.IsType<UniqueDefinition>(Assert.IsType<AddConstraint>(a).Constraint));
    }

    [Fact]
    public void An_unnamed_default_is_added() =>
        Assert.Null(Assert.IsType<SetDefault>(Assert.Single(TSqlScript.Actions("ADD DEFAULT 0 FOR a"))).Default!.Name);

    [Theory]
    [InlineData("ALTER COLUMN a nvarchar(20) NOT NULL", "varchar(20)", false)]
    [InlineData("ALTER COLUMN a int NULL", "int", true)]
    [InlineData("ALTER COLUMN a decimal(9, 2)", "decimal(9,2)", null)]
    [InlineData("ALTER COLUMN [a] varchar(max) COLLATE Latin1_General_CI_AS NOT NULL", "text", false)]
    public void A_column_gets_a_new_type_and_keeps_its_default(string action, string type, bool? nullable)
    {
        var replace = Assert.IsType<ReplaceColumn>(Assert.Single(TSqlScript.Actions(action)));

        Assert.True(replace.KeepsDefault);
        Assert.Equal(("a", type, nullable), (replace.OldName.Text, NeutralTypes.Print(replace.Column.Type!), replace.Column.Nullable));
    }

    [Theory]
    [InlineData("ALTER COLUMN a ADD ROWGUIDCOL")]
    [InlineData("ALTER COLUMN a DROP NOT FOR REPLICATION")]
    [InlineData("ALTER COLUMN a ADD SPARSE")]
    [InlineData("CHECK CONSTRAINT fk")]
    [InlineData("WITH CHECK CHECK CONSTRAINT ALL")]
    [InlineData("NOCHECK CONSTRAINT fk")]
    [InlineData("SET (LOCK_ESCALATION = TABLE)")]
    [InlineData("SET (SYSTEM_VERSIONING = OFF)")]
    [InlineData("REBUILD WITH (DATA_COMPRESSION = PAGE)")]
    [InlineData("DISABLE TRIGGER ALL")]
    [InlineData("ENABLE CHANGE_TRACKING")]
    public void What_changes_no_shape_passes_in_silence(string action) =>
        Assert.Empty(TSqlScript.ReadClean($"ALTER TABLE t {action}").Statements);

    [Theory]
    [InlineData("DROP COLUMN a", "column a")]
    [InlineData("DROP COLUMN a, b", "column a; column b")]
    [InlineData("DROP COLUMN IF EXISTS a, b", "column a if exists; column b if exists")]
    [InlineData("DROP CONSTRAINT k", "Any k")]
    [InlineData("DROP k", "Any k")]
    [InlineData("DROP CONSTRAINT k, l", "Any k; Any l")]
    [InlineData("DROP CONSTRAINT IF EXISTS k, COLUMN a", "Any k if exists; column a")]
    [InlineData("DROP CONSTRAINT k WITH (ONLINE = OFF)", "Any k")]
    public void Things_are_dropped(string action, string expected)
    {
        var dropped = TSqlScript.Actions(action).Select(a => a switch
        {
            DropColumn column => $"column {column.Name}{(column.IfExists ? " if exists" : "")}",
            DropConstraint constraint => $"{constraint.Kind} {constraint.Name}{(constraint.IfExists ? " if exists" : "")}",
            _ => a.ToString(),
        });

        Assert.Equal(expected, string.Join("; ", dropped));
    }

    [Fact]
    public void Tables_are_dropped_one_by_one()
    {
        var drops = TSqlScript.ReadClean("DROP TABLE IF EXISTS dbo.a, b").Statements.Cast<DropTable>();

        Assert.Equal(["dbo.a True", "b True"], drops.Select(d => $"{d.Name} {d.IfExists}"));
    }

    [Theory]
    [InlineData("DROP INDEX ix ON dbo.t", "ix dbo.t False")]
    [InlineData("DROP INDEX IF EXISTS [ix] ON [t]", "ix t True")]
    [InlineData("DROP INDEX t.ix", "ix t False")]
    [InlineData("DROP INDEX dbo.t.ix, u.iy", "ix dbo.t False; iy u False")]
    public void An_index_is_dropped_in_either_syntax(string sql, string expected)
    {
        var drops = TSqlScript.ReadClean(sql).Statements.Cast<DropIndex>();

        Assert.Equal(expected, string.Join("; ", drops.Select(d => $"{d.Index} {d.Table} {d.IfExists}")));
    }

    [Fact]
    public void A_table_moves_to_another_schema()
    {
        var move = TSqlScript.ReadClean("ALTER SCHEMA Sales TRANSFER OBJECT::dbo.t").Single<MoveTable>();

        Assert.Equal(("dbo.t", "Sales"), (move.Name.ToString(), move.NewSchema));
    }

    [Fact]
    public void A_sequence_is_dropped() =>
        Assert.True(TSqlScript.ReadClean("DROP SEQUENCE IF EXISTS dbo.s").Single<DropSequence>().IfExists);

    [Theory]
    [InlineData("CREATE UNIQUE NONCLUSTERED INDEX ix ON dbo.t (a, b DESC) INCLUDE (c, d) WHERE a IS NOT NULL WITH (FILLFACTOR = 80) ON [PRIMARY]",
        "unique BTree ix dbo.t (a, b desc) include (c, d) where a is not null")]
    [InlineData("CREATE CLUSTERED INDEX ix ON t (a ASC)", "BTree ix t (a)")]
    [InlineData("CREATE NONCLUSTERED COLUMNSTORE INDEX ix ON t (a, b)", "Other ix t (a, b)")]
    [InlineData("CREATE PRIMARY XML INDEX ix ON t (x)", "Other ix t (x)")]
    [InlineData("CREATE XML INDEX ix2 ON t (x) USING XML INDEX ix FOR PATH", "Other ix2 t (x)")]
    [InlineData("CREATE SPATIAL INDEX ix ON t (g) USING GEOGRAPHY_GRID", "Spatial ix t (g)")]
    [InlineData("CREATE FULLTEXT INDEX ON t (a LANGUAGE 1033, b) KEY INDEX pk ON catalog", "FullText  t (a, b)")]
    public void An_index_of_each_family_is_created(string sql, string expected)
    {
        var create = TSqlScript.ReadClean(sql).Single<CreateIndex>();
        var index = create.Index;
        var parts = string.Join(", ", index.Parts.Select(p => p.Column + (p.Descending ? " desc" : "")));
        var include = index.Include.IsEmpty ? "" : $" include ({string.Join(", ", index.Include)})";
        var filter = index.Filter is null ? "" : $" where {index.Filter}";

        Assert.Equal(expected, $"{(index.Unique ? "unique " : "")}{index.Method} {index.Name?.Text} {create.Table} ({parts}){include}{filter}");
        Assert.Equal(index.Unique, index.NullsNotDistinct);
    }

    [Fact]
    public void A_clustered_columnstore_is_storage_that_is_warned_of()
    {
        var script = TSqlScript.Read("CREATE CLUSTERED COLUMNSTORE INDEX ix ON t");

        Assert.Empty(script.Statements);
        Assert.Equal("schema.sql(1,1): warning SD1009: A clustered columnstore index is not carried over.", Assert.Single(script.Messages));
    }
}
