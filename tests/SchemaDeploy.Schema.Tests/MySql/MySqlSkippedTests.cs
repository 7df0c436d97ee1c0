using System.Text;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlSkippedTests
{
    [Theory]
    [InlineData("SET NAMES utf8mb4;")]
    [InlineData("SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO';")]
    [InlineData("/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;")]
    [InlineData("USE shop;")]
    [InlineData("USE `shop`\n")]
    [InlineData("CREATE DATABASE IF NOT EXISTS `shop` /*!40100 DEFAULT CHARACTER SET utf8 */;")]
    [InlineData("CREATE SCHEMA shop;")]
    [InlineData("DROP DATABASE IF EXISTS shop;")]
    [InlineData("ALTER DATABASE shop CHARACTER SET utf8mb4;")]
    [InlineData("START TRANSACTION;")]
    [InlineData("BEGIN;")]
    [InlineData("COMMIT;")]
    [InlineData("LOCK TABLES `t` WRITE;")]
    [InlineData("UNLOCK TABLES;")]
    [InlineData("/*!40000 ALTER TABLE `t` DISABLE KEYS */;")]
    [InlineData("ANALYZE TABLE t;")]
    [InlineData("FLUSH PRIVILEGES;")]
    [InlineData("SHOW WARNINGS;")]
    public void Statements_about_the_session_are_passed_over_in_silence(string sql)
    {
        var script = MySqlScript.ReadClean($"{sql}\nCREATE TABLE t (a INT);");

        Assert.Equal("t", script.Single<CreateTable>().Name.Name);
    }

    [Theory]
    [InlineData("INSERT INTO t VALUES (1, 'a;b', \"c\\\";\");", "1 INSERT statement")]
    [InlineData("REPLACE INTO t VALUES (1);", "1 REPLACE statement")]
    [InlineData("UPDATE t SET a = 1; UPDATE t SET a = 2;", "2 UPDATE statements")]
    [InlineData("SELECT 'x' AS `;` -- ;\n FROM t;", "1 SELECT statement")]
    [InlineData("(SELECT 1) UNION (SELECT 2);", "1 SELECT statement")]
    [InlineData("GRANT ALL ON *.* TO 'a'@'localhost';", "1 GRANT statement")]
    [InlineData("CALL p('x;y');", "1 CALL statement")]
    [InlineData("EXEC p;", "1 EXEC statement")]
    [InlineData("SOURCE other.sql\n", "1 SOURCE command")]
    [InlineData("\\. other.sql\n", "1 SOURCE command")]
    [InlineData("CREATE USER 'a'@'%' IDENTIFIED BY 'x';", "1 CREATE USER statement")]
    [InlineData("DROP VIEW IF EXISTS v; DROP PROCEDURE IF EXISTS p;", "2 DROPs of views, routines and other objects")]
    [InlineData("CREATE VIEW v AS SELECT ';' FROM t;", "1 view")]
    [InlineData("CREATE OR REPLACE ALGORITHM=MERGE DEFINER=`a`@`%` SQL SECURITY DEFINER VIEW v AS SELECT 1;", "1 view")]
    [InlineData("CREATE DEFINER=CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT 1;", "1 view")]
    [InlineData("CREATE TEMPORARY TABLE x (a INT);", "1 temporary table")]
    [InlineData("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;", "1 trigger")]
    [InlineData("CREATE FUNCTION f RETURNS STRING SONAME 'x.so';", "1 stored function")]
    public void Other_statements_are_counted_by_kind(string sql, string counted)
    {
        var script = MySqlScript.Read($"{sql}\nCREATE TABLE t (a INT);");

        Assert.StartsWith($"schema.sql(1,1): warning SD1008: {counted} passed over", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Equal("t", script.Single<CreateTable>().Name.Name);
    }

    [Theory]
    [InlineData("CREATE PROCEDURE p() BEGIN SET a = 1; IF a THEN SET b = 2; END IF; CASE a WHEN 1 THEN SET c = 1; END CASE; END;")]
    [InlineData("CREATE PROCEDURE p() l: LOOP LEAVE l; END LOOP;")]
    [InlineData("CREATE PROCEDURE p() BEGIN WHILE a DO SET a = IF(b, 1, 2); END WHILE; REPEAT SET a = 1; UNTIL a END REPEAT; END;")]
    [InlineData("CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW BEGIN INSERT INTO u SELECT CASE WHEN a THEN 1 ELSE 2 END; END;")]
    [InlineData("CREATE DEFINER=`root`@`localhost` FUNCTION f(a INT) RETURNS INT DETERMINISTIC BEGIN RETURN a; END;")]
    [InlineData("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; END;")]
    [InlineData("BEGIN NOT ATOMIC SELECT 1; END;")]
    public void A_program_ends_with_its_body_even_without_a_delimiter_of_its_own(string sql)
    {
        var script = MySqlScript.Read($"{sql}\nCREATE TABLE t (a INT);");

        Assert.Contains("SD1008", Assert.Single(script.Messages), StringComparison.Ordinal);
        Assert.Equal("t", script.Single<CreateTable>().Name.Name);
    }

    [Fact]
    public void A_dump_of_mysqldump_is_read()
    {
        var script = MySqlScript.Read(
            """
            -- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
            /*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
            /*!50503 SET NAMES utf8mb4 */;

            --
            -- Table structure for table `t`
            --

            DROP TABLE IF EXISTS `t`;
            /*!40101 SET @saved_cs_client     = @@character_set_client */;
            CREATE TABLE `t` (
              `id` int NOT NULL AUTO_INCREMENT,
              `name` varchar(20) DEFAULT NULL,
              PRIMARY KEY (`id`)
            ) ENGINE=InnoDB AUTO_INCREMENT=3 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci;
            /*!40101 SET character_set_client = @saved_cs_client */;

            LOCK TABLES `t` WRITE;
            /*!40000 ALTER TABLE `t` DISABLE KEYS */;
            INSERT INTO `t` VALUES (1,'a;--'),(2,'it\'s /* no comment */');
            /*!40000 ALTER TABLE `t` ENABLE KEYS */;
            UNLOCK TABLES;
            /*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
            DELIMITER ;;
            /*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `g` BEFORE INSERT ON `t` FOR EACH ROW BEGIN
              SET NEW.name = UPPER(NEW.name);
            END */;;
            DELIMITER ;
            /*!50003 SET sql_mode              = @saved_sql_mode */ ;
            /*!50001 DROP VIEW IF EXISTS `v`*/;
            /*!50001 CREATE ALGORITHM=UNDEFINED */
            /*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
            /*!50001 VIEW `v` AS select `t`.`id` AS `id` from `t` */;
            CREATE TABLE `u` (`id` int);
            """);

        Assert.Empty(script.Errors);
        Assert.Equal(
            ["1 INSERT statement", "1 trigger", "1 DROP of a view, routine or other object", "1 view"],
            script.Diagnostics.Select(d => d.Message[..d.Message.IndexOf(" passed", StringComparison.Ordinal)]));
        Assert.Equal(["t", "u"], script.Statements.OfType<CreateTable>().Select(t => t.Name.Name));
        Assert.Equal(3, script.Statements.OfType<CreateTable>().First().Columns[0].Identity?.Seed);
    }

    [Fact]
    public void The_next_delimiter_command_ends_a_program_too()
    {
        var script = MySqlScript.Read(
            "DELIMITER $$\nCREATE PROCEDURE p() BEGIN\n SELECT 1;\nEND;\nDELIMITER ;\nCREATE TABLE b (x INT);");

        Assert.Empty(script.Errors);
        Assert.Equal("b", script.Single<CreateTable>().Name.Name);
    }

    [Fact]
    public void A_program_whose_delimiter_never_comes_is_an_error_and_hides_nothing()
    {
        var script = MySqlScript.Read(
            """
            CREATE TABLE a (x INT);
            DELIMITER $$
            CREATE PROCEDURE p() BEGIN
              SELECT 1;
            END;
            CREATE TABLE b (x INT);
            """);

        Assert.Equal(
            ["schema.sql(3,1): error SD1005: This stored procedure is never closed: the delimiter $$ is missing."],
            script.Errors);
        Assert.Equal(["a", "b"], script.Statements.OfType<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void A_program_without_its_END_is_an_error_and_hides_nothing()
    {
        var script = MySqlScript.Read("CREATE PROCEDURE p() BEGIN\n SELECT 1;\nCREATE TABLE b (x INT);\nCREATE TABLE c (x INT);");

        Assert.Equal(["schema.sql(1,1): error SD1005: This stored procedure is never closed: END is missing."], script.Errors);
        Assert.Equal(["b", "c"], script.Statements.OfType<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void A_delimiter_command_inside_a_body_does_not_hide_its_tables()
    {
        var script = MySqlScript.Read("CREATE PROCEDURE p() BEGIN\n SELECT 1\nCREATE TABLE b (x INT)\nDELIMITER $$\nCREATE TABLE c (x INT)$$");

        Assert.Equal(["schema.sql(1,1): error SD1005: This stored procedure is never closed: END is missing."], script.Errors);
        Assert.Equal(["b", "c"], script.Statements.OfType<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void One_unclosed_program_makes_no_error_of_the_closed_ones_behind_it()
    {
        var script = MySqlScript.Read(
            """
            CREATE PROCEDURE broken() BEGIN
              SELECT 1;
            CREATE TABLE a (x INT);
            DELIMITER $$
            CREATE PROCEDURE whole() BEGIN SELECT 1; END;
            $$
            CREATE PROCEDURE another() BEGIN SELECT 1; END$$
            DELIMITER ;
            CREATE TABLE b (x INT);
            """);

        Assert.Equal(["schema.sql(1,1): error SD1005: This stored procedure is never closed: END is missing."], script.Errors);
        Assert.Equal(["a", "b"], script.Statements.OfType<CreateTable>().Select(t => t.Name.Name));
    }

    [Fact]
    public void Data_that_is_not_ended_hides_no_table()
    {
        var script = MySqlScript.Read("INSERT INTO t VALUES (1)\nCREATE TABLE b (x INT);");

        Assert.Equal(["schema.sql(2,1): error SD1004: Syntax error: expected ';' before 'CREATE'."], script.Errors);
        Assert.Equal("b", script.Single<CreateTable>().Name.Name);
    }

    [Fact]
    public void Twenty_megabytes_of_data_are_passed_over_quickly()
    {
        var dump = new StringBuilder("CREATE TABLE t (id INT, name VARCHAR(50));\n");
        while (dump.Length < 20_000_000)
        {
            dump.Append("INSERT INTO `t` VALUES ");
            for (var i = 0; i < 2_000; i++)
            {
                dump.Append("(1,'it\\'s a name; with ''quotes'' -- and # more'),");
            }

            dump.Append("(2,'x');\n");
        }

        dump.Append("CREATE TABLE u (id INT);\n");
        var text = dump.ToString();
        MySqlScript.Read(text[..1_000_000] + "'");
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var script = MySqlScript.Read(text);

        Assert.Equal(["t", "u"], script.Statements.OfType<CreateTable>().Select(t => t.Name.Name));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void Ten_thousand_columns_take_no_more_than_their_share()
    {
        var columns = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"c{i} VARCHAR(10) NOT NULL DEFAULT 'x' COMMENT 'c', -- note"));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal(10_000, MySqlScript.Table($"CREATE TABLE t (\n{columns}\nPRIMARY KEY (c1));").Columns.Length);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }
}
