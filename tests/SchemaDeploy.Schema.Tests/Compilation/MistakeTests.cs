using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Compilation;

/// <summary>Each kind of mistake, with the position and the words the user gets.</summary>
public sealed class MistakeTests
{
    public static TheoryData<string, string> MySqlMistakes => new()
    {
        {
            "CREATE TABLE a (id INT PRIMARY KEY);\nCREATE TABLE a (id INT);",
            "(2,14): error SD2001: Table 'a' exists already: it is created in line 1."
        },
        {
            "CREATE TABLE a (\n id INT,\n ID TEXT\n);",
            "(3,2): error SD2002: Table 'a' has a column 'ID' already."
        },
        {
            "CREATE TABLE a (id INT);\nALTER TABLE a ADD COLUMN id INT;",
            "(2,26): error SD2002: Table 'a' has a column 'id' already."
        },
        {
            "CREATE TABLE a (id INT, b INT);\nALTER TABLE a CHANGE b id INT;",
            "(2,24): error SD2002: Table 'a' has a column 'id' already."
        },
        {
            "CREATE TABLE a (id INT, b INT,\n KEY k (id),\n UNIQUE KEY k (b));",
            "(3,13): error SD2003: The name 'k' is taken: "
        },
        {
            "CREATE TABLE users (id INT);\nALTER TABLE user ADD COLUMN b INT;",
            "(2,13): error SD2004: There is no table 'user'. Did you mean 'users'?"
        },
        {
            "CREATE TABLE a (id INT);\nDROP TABLE b;",
            "(2,12): error SD2004: There is no table 'b'."
        },
        {
            "CREATE TABLE a (id INT);\nRENAME TABLE zebra TO c;",
            "(2,14): error SD2004: There is no table 'zebra'."
        },
        {
            "CREATE TABLE a (id INT);\nCREATE INDEX i ON zebra (id);",
            "(2,19): error SD2004: There is no table 'zebra'."
        },
        {
            "CREATE TABLE a (id INT);\nCREATE TABLE b (id INT);\nRENAME TABLE a TO b;",
            "(3,19): error SD2001: Table 'b' exists already: it is created in line 2."
        },
        {
            "CREATE TABLE a (id INT, email TEXT);\nALTER TABLE a DROP COLUMN emial;",
            "(2,27): error SD2005: Table 'a' has no column 'emial'. Did you mean 'email'?"
        },
        {
            "CREATE TABLE a (id INT);\nALTER TABLE a MODIFY x INT;",
            "(2,22): error SD2005: Table 'a' has no column 'x'."
        },
        {
            "CREATE TABLE a (id INT);\nALTER TABLE a ADD b INT AFTER zebra;",
            "(2,31): error SD2005: Table 'a' has no column 'zebra'."
        },
        {
            "CREATE TABLE a (id INT,\n PRIMARY KEY (idd));",
            "(2,15): error SD2005: Table 'a' has no column 'idd'. Did you mean 'id'?"
        },
        {
            "CREATE TABLE a (id INT,\n KEY k (name));",
            "(2,9): error SD2005: Table 'a' has no column 'name'."
        },
        {
            "CREATE TABLE a (id INT);\nALTER TABLE a DROP INDEX k;",
            "(2,26): error SD2006: Table 'a' has no index 'k'."
        },
        {
            "CREATE TABLE a (id INT, KEY key1 (id));\nALTER TABLE a RENAME INDEX key2 TO key3;",
            "(2,28): error SD2006: Table 'a' has no constraint or index 'key2'. Did you mean 'key1'?"
        },
        {
            "CREATE TABLE a (id INT);\nALTER TABLE a DROP FOREIGN KEY fk;",
            "(2,32): error SD2006: Table 'a' has no foreign key 'fk'."
        },
        {
            "CREATE TABLE a (id INT PRIMARY KEY, b INT,\n PRIMARY KEY (b));",
            "(2,2): error SD2007: Table 'a' has a primary key already."
        },
        {
            "CREATE TABLE users (id INT PRIMARY KEY);\nCREATE TABLE a (u INT,\n FOREIGN KEY (u) REFERENCES user (id));",
            "(3,29): error SD2008: The foreign key of 'a' refers to table 'user', which does not exist. Did you mean 'users'?"
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY);\nCREATE TABLE a (u INT,\n FOREIGN KEY (u) REFERENCES b (idd));",
            "(3,32): error SD2009: The foreign key of 'a' refers to column 'idd' of table 'b', which does not exist. Did you mean 'id'?"
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY);\nCREATE TABLE a (u INT, v INT,\n FOREIGN KEY (u, v) REFERENCES b (id));",
            "(3,2): error SD2010: The foreign key of 'a' has 2 column(s), but refers to 1 of table 'b'."
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY);\nCREATE TABLE a (u BIGINT,\n FOREIGN KEY (u) REFERENCES b (id));",
            "(3,15): error SD2011: The foreign key of 'a' compares 'u' (BIGINT) with 'b.id' (INT): the types differ."
        },
        {
            "CREATE TABLE b (id INT UNSIGNED PRIMARY KEY);\nCREATE TABLE a (u INT,\n FOREIGN KEY (u) REFERENCES b (id));",
            "(3,15): error SD2011: The foreign key of 'a' compares 'u' (INT) with 'b.id' (INT UNSIGNED): the types differ."
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY, n INT);\nCREATE TABLE a (u INT,\n FOREIGN KEY (u) REFERENCES b (n));",
            "(3,29): error SD2013: The foreign key of 'a' refers to 'b' (n), which no key or index of that table begins with."
        },
        {
            "CREATE TABLE a (t TEXT,\n KEY k (t));",
            "(2,9): error SD2014: Column 't' of type TEXT cannot be part of an index. Give the length of the prefix to index, such as t(100)."
        },
        {
            "CREATE TABLE a (t JSON,\n UNIQUE (t));",
            "(2,10): error SD2014: Column 't' of type JSON cannot be part of a unique key."
        },
        {
            "CREATE TABLE a (n INT,\n CHECK (m > 0));",
            "(2,2): error SD2016: The check of table 'a' names column 'm', which the table does not have."
        },
        {
            "CREATE TABLE a (n INT,\n g INT AS (m + 1));",
            "(2,8): error SD2016: The computed column 'g' of table 'a' names column 'm', which the table does not have."
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY);\nCREATE TABLE a (u INT NOT NULL,\n FOREIGN KEY (u) REFERENCES b (id) ON DELETE SET NULL);",
            "(3,2): error SD2021: The foreign key of 'a' sets 'u' to null, but the column is NOT NULL."
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY);\nCREATE TABLE a (u INT, FOREIGN KEY (u) REFERENCES b (id));\nALTER TABLE a DROP COLUMN u;",
            "(3,15): error SD2023: Column 'u' of table 'a' cannot be dropped: 'a_ibfk_1' uses it."
        },
        {
            "CREATE TABLE b (id INT PRIMARY KEY);\nCREATE TABLE a (u INT, FOREIGN KEY (u) REFERENCES b (id));\nALTER TABLE b DROP COLUMN id;",
            "(3,15): error SD2023: Column 'id' of table 'b' cannot be dropped: 'a_ibfk_1' uses it."
        },
        {
            "CREATE TABLE a (x INT, y INT AS (y + x));",
            "(1,30): error SD2026: The computed column 'y' of table 'a' is computed from itself."
        },
        {
            "CREATE TABLE a (x INT AUTO_INCREMENT,\n y INT AUTO_INCREMENT, PRIMARY KEY (x, y));",
            "(2,2): error SD2027: Table 'a' numbers 'x' already; MySQL numbers one column of a table."
        },
        {
            "CREATE TABLE a (x INT);\nALTER TABLE a DROP PRIMARY KEY;",
            "(2,15): error SD2031: Table 'a' has no primary key to drop."
        },
        {
            "CREATE TABLE a (x INT,\n KEY k (x, x));",
            "(2,12): error SD2032: Column 'x' is named twice in an index."
        },
        {
            "CREATE TABLE b (n INT);\nCREATE TABLE a (v INT,\n FOREIGN KEY (v) REFERENCES b);",
            "(3,29): error SD2033: The foreign key of 'a' names no columns of 'b', which has no primary key it could refer to."
        },
        {
            "CREATE TABLE a (id INT);\nDROP TABLE a;\nALTER TABLE a ADD b INT;\nCREATE TABLE c (id INT);",
            "(3,13): error SD2004: There is no table 'a'."
        },
    };

    public static TheoryData<string, string> TSqlMistakes => new()
    {
        {
            "CREATE TABLE dbo.a (id int);\nCREATE TABLE A (id int);",
            "(2,14): error SD2001: Table 'A' exists already: it is created in line 1."
        },
        {
            "CREATE TABLE a (id int CONSTRAINT pk PRIMARY KEY);\nCREATE TABLE b (id int CONSTRAINT pk PRIMARY KEY);",
            "(2,35): error SD2003: The name 'pk' is taken: the primary key of table 'a' has it already."
        },
        {
            "CREATE TABLE a (id int);\nALTER TABLE a DROP CONSTRAINT df;",
            "(2,31): error SD2006: Table 'a' has no constraint 'df'."
        },
        {
            "CREATE TABLE b (id int PRIMARY KEY, n int);\nCREATE TABLE a (u int REFERENCES b (n));",
            "(2,34): error SD2012: The foreign key of 'a' refers to 'b' (n), which is neither its primary key nor a unique key."
        },
        {
            "CREATE TABLE a (t nvarchar(max) NOT NULL,\n CONSTRAINT pk PRIMARY KEY (t));",
            "(2,29): error SD2014: Column 't' of type nvarchar(max) cannot be part of a primary key."
        },
        {
            "CREATE TYPE dbo.A FROM B;\nGO\nCREATE TYPE dbo.B FROM A;\nGO\nCREATE TABLE t (a A);",
            "error SD2017: The type "
        },
        {
            "CREATE TABLE t (id int,\n n dbo.Nothing);",
            "error SD1006: Unknown type 'dbo.Nothing'."
        },
        {
            "CREATE TYPE dbo.Phone FROM varchar(20);\nGO\nCREATE TYPE dbo.Phone FROM varchar(30);\nGO\nCREATE TABLE t (a int);",
            "(3,13): error SD2018: The type 'dbo.Phone' exists already."
        },
        {
            "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (id int PRIMARY KEY REFERENCES a ON DELETE CASCADE);\n"
            + "CREATE TABLE c (id int PRIMARY KEY,\n x int REFERENCES a ON DELETE CASCADE,\n y int REFERENCES b ON DELETE CASCADE);",
            "error SD2020: The foreign key of 'c' cannot be created: ON DELETE of 'a' would reach table 'c' by two ways."
        },
        {
            "CREATE TABLE a (id int PRIMARY KEY, p int REFERENCES a ON DELETE CASCADE);",
            "error SD2020: The foreign key of 'a' cannot be created: ON DELETE of 'a' would reach table 'a' again in a circle."
        },
        {
            "CREATE TABLE a (id int NULL,\n CONSTRAINT pk PRIMARY KEY (id));",
            "(1,17): error SD2025: Column 'id' of table 'a' is part of the primary key and cannot be NULL."
        },
        {
            "CREATE TABLE a (id int);\nCREATE INDEX i ON a (id);\nALTER TABLE a DROP COLUMN id;",
            "error SD2023: Column 'id' of table 'a' cannot be dropped: 'i' uses it."
        },
        {
            "CREATE TABLE b (id varchar(10) PRIMARY KEY);\nCREATE TABLE a (\n u nvarchar(10),\n CONSTRAINT fk FOREIGN KEY (u) REFERENCES b (id));",
            "(4,2): error SD2029: The column 'b.id' is not the same data type as the referencing column 'a.u' in the foreign key."
        },
        {
            "CREATE TABLE a (id int);\nCREATE INDEX i ON a (id) WHERE idd > 0;",
            "(2,1): error SD2016: The index condition of table 'a' names column 'idd', which the table does not have. Did you mean 'id'?"
        },
    };

    [Theory]
    [MemberData(nameof(MySqlMistakes))]
    public void A_mistake_in_MySQL_is_told_with_its_place(string sql, string expected) =>
        Expect(Compiled.MySql(sql), expected);

    [Theory]
    [MemberData(nameof(TSqlMistakes))]
    public void A_mistake_in_TSql_is_told_with_its_place(string sql, string expected) =>
        Expect(Compiled.TSql(sql), expected);

    [Fact]
    public void Too_many_columns_are_one_error()
    {
        var columns = string.Join(", ", Enumerable.Range(1, 2000).Select(i => $"c{i} INT"));

        Expect(Compiled.MySql($"CREATE TABLE a ({columns});"), "(1,14): error SD2022: Table 'a' has 2000 columns; MySQL allows 1017.");
        Expect(Compiled.TSql($"CREATE TABLE a ({columns});"), "(1,14): error SD2022: Table 'a' has 2000 columns; SQL Server allows 1024.");
    }

    [Fact]
    public void A_name_of_200_characters_is_an_error()
    {
        var name = new string('n', 200);
        var b = new ScriptBuilder(SchemaDialect.PostgreSql).Create(name);
        b = new ScriptBuilder(SchemaDialect.PostgreSql);
        b.Create(name, b.Column("id"));

        Expect(Compiled.From(b.Script), "error SD2015: The name 'nnnnnnnnnnnnnnnnnnnn…' has 200 characters; PostgreSQL allows 63.");
    }

    [Fact]
    public void Every_mistake_is_told_not_just_the_first()
    {
        var compiled = Compiled.MySql(
            """
            CREATE TABLE a (id INT, PRIMARY KEY (x));
            CREATE TABLE b (id INT, a_id INT, FOREIGN KEY (a_id) REFERENCES aa (id), KEY (y));
            ALTER TABLE c ADD d INT;
            """);

        Assert.Equal(["SD2005", "SD2008", "SD2005", "SD2004"], compiled.Diagnostics.Select(d => d.Code));
    }

    private static void Expect(Compiled compiled, string expected)
    {
        var message = Assert.Single(compiled.Messages);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Null(compiled.Model);
    }
}
