using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SchemaDeploy.Schema.Tests.Seeding;

/// <summary>Rows are checked against their tables, each mistake at its place.</summary>
public sealed class SeedCheckTests
{
    private const string People = "CREATE TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(5) NOT NULL, age TINYINT UNSIGNED, mood ENUM('good','bad'), born DATE, UNIQUE KEY names (name));\n";

    [Theory]
    [InlineData("INSERT INTO peple VALUES (1);", "(2,13): error SD2004: There is no table 'peple'. Did you mean 'people'?")]
    [InlineData("INSERT INTO people (nam) VALUES ('a');", "(2,21): error SD2005: Table 'people' has no column 'nam'. Did you mean 'name'?")]
    [InlineData("INSERT INTO people (name, NAME) VALUES ('a', 'b');", "(2,27): error SD2040: Column 'NAME' of table 'people' is given twice.")]
    [InlineData("INSERT INTO people (id, name) VALUES (1, 'a'), (2);", "(2,48): error SD2041: The row has 1 value(s) for 2 column(s) of table 'people'.")]
    [InlineData("INSERT INTO people (name) VALUES (NULL);", "(2,35): error SD2042: Column 'name' of table 'people' cannot be NULL.")]
    [InlineData("INSERT INTO people (id) VALUES (1);", "(2,32): error SD2043: The row gives no value for column 'name' of table 'people', which is NOT NULL and has no default.")]
    [InlineData("INSERT INTO people (name) VALUES (DEFAULT);", "(2,34): error SD2043: The row gives no value for column 'name' of table 'people', which is NOT NULL and has no default.")]
    [InlineData("INSERT INTO people (name) VALUES ('abcdefg');", "(2,35): error SD2045: Column 'name' of table 'people' holds 5 characters at most; 'abcdefg' has 7.")]
    [InlineData("INSERT INTO people (name, age) VALUES ('a', 256);", "(2,45): error SD2046: 256 is out of the range of column 'age' of table 'people' (TINYINT UNSIGNED).")]
    [InlineData("INSERT INTO people (name, age) VALUES ('a', 'x');", "(2,45): error SD2047: 'x' is no number that column 'age' of table 'people' (TINYINT UNSIGNED) could hold.")]
    [InlineData("INSERT INTO people (name, age) VALUES ('a', 1.5);", "(2,45): error SD2047: 1.5 is no whole number that column 'age' of table 'people' (TINYINT UNSIGNED) could hold.")]
    [InlineData("INSERT INTO people (name, born) VALUES ('a', '0000-00-00');", "(2,46): error SD2047: '0000-00-00' is no date that column 'born' of table 'people' (DATE) could hold.")]
    [InlineData("INSERT INTO people (name, mood) VALUES ('a', 'god');", "(2,46): error SD2048: 'god' is no member of column 'mood' of table 'people'. Did you mean 'good'?")]
    [InlineData("INSERT INTO people (name) VALUES ('a'), ('b'), ('a');", "(2,49): error SD2049: Table 'people' has a row with name = a already: it is in line 2.")]
    [InlineData("INSERT INTO people (id, name) VALUES (1, 'a'), (1, 'b');", "(2,49): error SD2049: Table 'people' has a row with id = 1 already: it is in line 2.")]
    public void A_row_that_does_not_fit_is_an_error_at_its_place(string insert, string message)
    {
        var seeded = Seeded.MySql(People + insert);

        Assert.Equal([message], seeded.Messages);
        Assert.Empty(seeded.Lines);
    }

    [Fact]
    public void A_computed_column_takes_no_value()
    {
        var seeded = Seeded.MySql("CREATE TABLE t (a INT, b INT AS (a + 1));\nINSERT INTO t VALUES (1, DEFAULT), (1, 2);");

        Assert.Equal(["(2,40): error SD2044: Column 'b' of table 't' is kept by the database and takes no value."], seeded.Messages);
    }

    [Fact]
    public void A_reference_to_a_row_that_is_not_there_is_an_error_at_the_value()
    {
        var seeded = Seeded.MySql("""
            CREATE TABLE a (id INT PRIMARY KEY);
            CREATE TABLE b (id INT PRIMARY KEY, a_id INT, FOREIGN KEY (a_id) REFERENCES a (id));
            INSERT INTO b VALUES (1, NULL), (2, 7);
            INSERT INTO a VALUES (1);
            """);

        Assert.Equal(["(3,37): error SD2050: The row refers to id = 7 of table 'a', and the schema has no such row. (Foreign key of 'b'.)"], seeded.Messages);
    }

    [Fact]
    public void A_hundred_thousand_wrong_rows_are_a_few_messages()
    {
        var sql = new StringBuilder("CREATE TABLE t (a INT, b DATE);\nINSERT INTO t VALUES (1, NULL)");
        for (var i = 0; i < 100_000; i++)
        {
            sql.Append(CultureInfo.InvariantCulture, $",\n('x{i}', 'y')");
        }

        var watch = Stopwatch.StartNew();
        var seeded = Seeded.MySql(sql.Append(';').ToString());

        Assert.Equal(21, seeded.Messages.Length);
        Assert.Contains("error SD2052: 199,980 more errors in the rows of table 't'.", seeded.Messages[^1], StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Rows_are_numbered_as_the_database_would()
    {
        var mySql = Seeded.MySql("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a INT) AUTO_INCREMENT=10;\nINSERT INTO t (a) VALUES (1), (2); INSERT INTO t VALUES (20, 3), (NULL, 4), (0, 5);");
        var tSql = Seeded.TSql("CREATE TABLE t (id int IDENTITY(1, 2) PRIMARY KEY, a int)\nGO\nINSERT t VALUES (1)\nINSERT t VALUES (2)");
        var postgreSql = Seeded.PostgreSql("CREATE TABLE t (id serial PRIMARY KEY, a int);\nINSERT INTO t VALUES (5, 1); INSERT INTO t (a) VALUES (2), (3);");

        Assert.Equal(["[10,1]", "[11,2]", "[20,3]", "[21,4]", "[22,5]"], mySql.Rows);
        Assert.Equal(["[1,1]", "[3,2]"], tSql.Rows);
        Assert.Equal(["[5,1]", "[1,2]", "[2,3]"], postgreSql.Rows);
    }

    [Theory]
    [InlineData("SET SQL_MODE = \"NO_AUTO_VALUE_ON_ZERO\";", "[0,1]")]
    [InlineData("/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;", "[0,1]")]
    [InlineData("SET SESSION sql_mode = CONCAT(@@sql_mode, ',no_auto_value_on_zero'), NAMES utf8;", "[0,1]")]
    [InlineData("SET @@session.sql_mode='ANSI,NO_AUTO_VALUE_ON_ZERO';", "[0,1]")]
    [InlineData("SET sql_mode='NO_AUTO_VALUE_ON_ZERO'; SET SQL_MODE=@OLD_SQL_MODE;", "[1,1]")]
    [InlineData("SET GLOBAL sql_mode='NO_AUTO_VALUE_ON_ZERO';", "[1,1]")]
    [InlineData("SET @mode='NO_AUTO_VALUE_ON_ZERO';", "[1,1]")]
    public void The_number_0_stays_where_the_SQL_mode_of_MySQL_says_so(string set, string row)
    {
        var seeded = Seeded.MySql($"{set}\nCREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a INT);\nINSERT INTO t VALUES (0, 1), (NULL, 2);");

        Assert.Equal([row, row == "[0,1]" ? "[1,2]" : "[2,2]"], seeded.Rows);
    }

    [Fact]
    public void Literal_defaults_are_filled_in_and_others_left_to_the_application()
    {
        var seeded = Seeded.MySql("CREATE TABLE t (id INT PRIMARY KEY, a INT NOT NULL DEFAULT 7, b VARCHAR(9) DEFAULT 'x', c DATETIME DEFAULT CURRENT_TIMESTAMP, d INT);\nINSERT INTO t (id, c) VALUES (1, DEFAULT);\nINSERT INTO t (id, c, a) VALUES (2, '2020-01-01', DEFAULT);");

        Assert.Equal(
            ["{\"table\":\"t\",\"columns\":[\"id\",\"a\",\"b\"],\"rows\":1}", "[1,7,\"x\"]", "{\"table\":\"t\",\"columns\":[\"id\",\"a\",\"b\",\"c\"],\"rows\":1}", "[2,7,\"x\",\"2020-01-01T00:00:00\"]"],
            seeded.Sound());
    }

    [Fact]
    public void Ignored_rows_are_left_out_and_replaced_ones_give_way()
    {
        var seeded = Seeded.MySql("CREATE TABLE t (id INT PRIMARY KEY, a INT, UNIQUE (a));\nINSERT INTO t VALUES (1, 1), (2, 2);\nINSERT IGNORE INTO t VALUES (1, 9), (3, 3);\nREPLACE INTO t VALUES (2, 1), (4, 4);");

        Assert.Equal(["[3,3]", "[2,1]", "[4,4]"], seeded.Rows);
        Assert.Empty(seeded.Messages);
    }

    [Fact]
    public void Values_of_columns_that_no_other_database_has_are_left_out_with_a_word()
    {
        var seeded = Seeded.TSql("CREATE TABLE t (id int PRIMARY KEY, place geography)\nGO\nINSERT t VALUES (1, 0x00), (2, 0x01)");

        Assert.Equal(["[1]", "[2]"], seeded.Rows);
        Assert.Contains(seeded.Messages, message => message.StartsWith("(3,21): warning SD2053: The values of column 'place' of table 't' are left out", StringComparison.Ordinal));
    }
}
