namespace SchemaDeploy.Schema.Tests.Seeding;

/// <summary>Rows come in an order in which every reference finds its row.</summary>
public sealed class SeedOrderTests
{
    [Fact]
    public void Tables_that_are_referred_to_come_first()
    {
        var seeded = Seeded.MySql("""
            CREATE TABLE b (id INT PRIMARY KEY, a_id INT NOT NULL);
            CREATE TABLE a (id INT PRIMARY KEY);
            ALTER TABLE b ADD FOREIGN KEY (a_id) REFERENCES a (id);
            INSERT INTO b VALUES (1, 1);
            INSERT INTO a VALUES (1);
            """);

        Assert.Equal(["{\"table\":\"a\",\"columns\":[\"id\"],\"rows\":1}", "[1]", "{\"table\":\"b\",\"columns\":[\"id\",\"a_id\"],\"rows\":1}", "[1,1]"], seeded.Sound());
    }

    [Fact]
    public void Rows_that_others_of_the_table_refer_to_come_first()
    {
        var seeded = Seeded.MySql("""
            CREATE TABLE t (id INT PRIMARY KEY, parent INT NOT NULL, FOREIGN KEY (parent) REFERENCES t (id));
            INSERT INTO t VALUES (1, 3), (2, 1), (3, 4), (4, 4);
            """);

        Assert.Equal(["[4,4]", "[3,4]", "[1,3]", "[2,1]"], seeded.Rows);
    }

    [Fact]
    public void A_long_chain_of_rows_is_no_depth()
    {
        const int Length = 100_000;
        var rows = string.Join(",", Enumerable.Range(1, Length).Select(i => $"({i},{(i == Length ? "NULL" : i + 1)})"));

        var seeded = Seeded.MySql($"CREATE TABLE t (id INT PRIMARY KEY, next INT, FOREIGN KEY (next) REFERENCES t (id));\nINSERT INTO t VALUES {rows};");

        Assert.Equal($"[{Length},null]", seeded.Rows.First());
        Assert.Equal("[1,2]", seeded.Rows.Last());
    }

    [Fact]
    public void A_circle_is_closed_afterwards_where_a_reference_can_be_null()
    {
        var seeded = Seeded.MySql("""
            CREATE TABLE team (id INT PRIMARY KEY, head INT);
            CREATE TABLE member (id INT PRIMARY KEY, team INT NOT NULL, buddy INT, FOREIGN KEY (team) REFERENCES team (id), FOREIGN KEY (buddy) REFERENCES member (id));
            ALTER TABLE team ADD FOREIGN KEY (head) REFERENCES member (id);
            INSERT INTO team VALUES (1, 2), (2, NULL);
            INSERT INTO member VALUES (1, 1, 2), (2, 1, 1);
            """);

        Assert.Equal(
        [
            "{\"table\":\"team\",\"columns\":[\"id\",\"head\"],\"rows\":2}", "[1,null]", "[2,null]",
            "{\"table\":\"member\",\"columns\":[\"id\",\"team\",\"buddy\"],\"rows\":2}", "[2,1,null]", "[1,1,2]",
            "{\"table\":\"team\",\"key\":[\"id\"],\"columns\":[\"head\"],\"rows\":1}", "[1,2]",
            "{\"table\":\"member\",\"key\":[\"id\"],\"columns\":[\"buddy\"],\"rows\":1}", "[2,1]",
        ], seeded.Sound());
    }

    [Fact]
    public void A_circle_of_required_references_is_an_error()
    {
        var seeded = Seeded.PostgreSql("""
            CREATE TABLE a (id int PRIMARY KEY, b int NOT NULL);
            CREATE TABLE b (id int PRIMARY KEY, a int NOT NULL REFERENCES a (id));
            ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id);
            INSERT INTO a VALUES (1, 1);
            INSERT INTO b VALUES (1, 1);
            """);

        Assert.Equal("(4,26): error SD2051: The rows of 'a' and 'b' refer to one another in a circle, and no reference in it can be NULL at first.", seeded.Messages[^1]);
        Assert.Empty(seeded.Lines);
    }
}
