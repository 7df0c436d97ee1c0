using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlAlterTests
{
    [Fact]
    public void The_keys_of_phpMyAdmin_arrive_afterwards()
    {
        var script = MySqlScript.ReadClean(
            """
            ALTER TABLE `test`
              ADD PRIMARY KEY (`idx`),
              ADD UNIQUE KEY `name` (`name`),
              ADD KEY `owner` (`owner`);
            ALTER TABLE `test`
              MODIFY `idx` bigint UNSIGNED NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=7;
            ALTER TABLE `test`
              ADD CONSTRAINT `fk` FOREIGN KEY (`owner`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE;
            COMMIT;
            """);

        var actions = script.Statements.Cast<AlterTable>().SelectMany(a => a.Actions).ToArray();
        Assert.Equal(
            ["PK  idx", "UK name name", "BTree owner owner", "FK fk owner -> users(id) Cascade Cascade"],
            actions.OfType<AddConstraint>().Select(a => MySqlTableTests.Print(a.Constraint)));
        var replaced = Assert.Single(actions.OfType<ReplaceColumn>());
        Assert.Equal(("idx", "idx"), (replaced.OldName.Text, replaced.Column.Name.Text));
        Assert.NotNull(replaced.Column.Identity);
        Assert.False(replaced.KeepsDefault);
        Assert.Equal(7, Assert.Single(actions.OfType<SetIdentitySeed>()).Seed);
    }

    [Theory]
    [InlineData("ADD COLUMN c INT NOT NULL FIRST", true, null)]
    [InlineData("ADD c INT AFTER `b`", true, "b")]
    [InlineData("ADD c INT", false, null)]
    public void A_column_is_added_in_its_place(string action, bool positioned, string? after)
    {
        var add = Assert.IsType<AddColumn>(Assert.Single(MySqlScript.Actions(action)));

        Assert.Equal("c", add.Column.Name.Text);
        Assert.Equal(positioned, add.Position is not null);
        Assert.Equal(after, add.Position?.After?.Text);
    }

    [Fact]
    public void Columns_and_keys_are_added_in_parentheses()
    {
        var actions = MySqlScript.Actions("ADD COLUMN (a INT, b INT, KEY k (a))");

        Assert.Equal(["a", "b"], actions.OfType<AddColumn>().Select(a => a.Column.Name.Text));
        Assert.Single(actions.OfType<AddConstraint>());
    }

    [Fact]
    public void A_column_may_be_changed_and_renamed_at_once()
    {
        var change = Assert.IsType<ReplaceColumn>(Assert.Single(MySqlScript.Actions("CHANGE COLUMN a b VARCHAR(5) DEFAULT 'x' AFTER c")));

        Assert.Equal(("a", "b", "c"), (change.OldName.Text, change.Column.Name.Text, change.Position?.After?.Text));
    }

    [Theory]
    [InlineData("DROP COLUMN a", "DropColumn a")]
    [InlineData("DROP a CASCADE", "DropColumn a")]
    [InlineData("DROP IF EXISTS a", "DropColumn a if exists")]
    [InlineData("DROP PRIMARY KEY", "PrimaryKey ")]
    [InlineData("DROP FOREIGN KEY fk", "ForeignKey fk")]
    [InlineData("DROP INDEX i", "Index i")]
    [InlineData("DROP KEY IF EXISTS i", "Index i if exists")]
    [InlineData("DROP CHECK ck", "Check ck")]
    [InlineData("DROP CONSTRAINT c", "Any c")]
    [InlineData("RENAME COLUMN a TO b", "Rename column a b")]
    [InlineData("RENAME INDEX a TO b", "Rename constraint a b")]
    [InlineData("RENAME KEY a TO b", "Rename constraint a b")]
    [InlineData("RENAME TO db.u", "Rename to u")]
    [InlineData("RENAME u", "Rename to u")]
    [InlineData("ALTER COLUMN a SET DEFAULT 5", "Default a 5")]
    [InlineData("ALTER a SET DEFAULT (UUID())", "Default a uuid()")]
    [InlineData("ALTER a DROP DEFAULT", "Default a ")]
    [InlineData("ALTER a SET DEFAULT NULL", "Default a ")]
    [InlineData("COMMENT = 'x'", "Comment x")]
    [InlineData("AUTO_INCREMENT 9", "Seed 9")]
    public void Every_action_is_read(string action, string expected) =>
        Assert.Equal(expected, Print(Assert.Single(MySqlScript.Actions(action))));

    [Theory]
    [InlineData("DISABLE KEYS")]
    [InlineData("ENABLE KEYS")]
    [InlineData("ENGINE=InnoDB")]
    [InlineData("ENGINE=InnoDB ROW_FORMAT=DYNAMIC")]
    [InlineData("CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")]
    [InlineData("DEFAULT CHARACTER SET utf8mb4")]
    [InlineData("ALTER INDEX i INVISIBLE")]
    [InlineData("ALTER CHECK ck ENFORCED")]
    [InlineData("ORDER BY a, b DESC")]
    [InlineData("FORCE, ALGORITHM=INPLACE, LOCK=NONE")]
    public void Actions_that_concern_storage_leave_nothing(string actions) =>
        Assert.Empty(MySqlScript.ReadClean($"ALTER TABLE t {actions};").Statements);

    [Fact]
    public void What_is_done_to_partitions_is_a_warning()
    {
        var script = MySqlScript.Read("ALTER TABLE t ADD PARTITION (PARTITION p3 VALUES LESS THAN (2000));");

        Assert.Contains("SD1009: The partitioning of table 't'", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Empty(script.Statements);
    }

    [Fact]
    public void An_error_in_one_action_leaves_the_others()
    {
        var script = MySqlScript.Read("ALTER TABLE t\n  ADD a INT,\n  DORP b,\n  ADD c INT;");

        Assert.StartsWith("schema.sql(3,3): error SD1004: ", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Contains("(did you mean DROP?)", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Equal(2, script.Single<AlterTable>().Actions.Length);
    }

    private static string Print(AlterAction action) => action switch
    {
        DropColumn drop => $"DropColumn {drop.Name}{(drop.IfExists ? " if exists" : "")}",
        DropConstraint drop => $"{drop.Kind} {drop.Name}{(drop.IfExists ? " if exists" : "")}",
        RenameColumn rename => $"Rename column {rename.Name} {rename.NewName}",
        RenameConstraint rename => $"Rename constraint {rename.Name} {rename.NewName}",
        RenameTo rename => $"Rename to {rename.NewName}",
        SetDefault set => $"Default {set.Column} {set.Default?.Expression}",
        SetTableComment set => $"Comment {set.Text}",
        SetIdentitySeed set => $"Seed {set.Seed}",
        _ => action.ToString(),
    };
}
