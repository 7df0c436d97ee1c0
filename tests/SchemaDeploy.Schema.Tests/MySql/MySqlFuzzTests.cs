using SchemaDeploy.Schema.Dialects.MySql;
using SchemaDeploy.Schema.Tests.Fuzzing;

namespace SchemaDeploy.Schema.Tests.MySql;

public sealed class MySqlFuzzTests
{
    private static readonly string[] s_samples =
    [
        """
        /*!40101 SET NAMES utf8 */;
        -- @audit off
        CREATE TABLE IF NOT EXISTS `a` (
          `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT, -- @hidden
          kind ENUM('x','y''z') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT 'x' COMMENT 'k',
          flag bit(1) DEFAULT b'0', amount DECIMAL(10,2) DEFAULT 0.00 CHECK (amount >= 0 AND amount BETWEEN 1 AND 5),
          at TIMESTAMP(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
          data JSON, v VARCHAR(20) GENERATED ALWAYS AS (data ->> '$.v') STORED NOT NULL,
          PRIMARY KEY (`id`), UNIQUE KEY uk (kind, DATE_FORMAT(at, '%Y-%m-%d %H:%i')), KEY k ((LOWER(v)) DESC),
          CONSTRAINT fk FOREIGN KEY (id) REFERENCES b (id) ON DELETE CASCADE ON UPDATE SET NULL,
          CHECK (CASE WHEN kind IN ('x', 'y') THEN 1 ELSE CAST(amount AS SIGNED) END <=> 1 OR NOT flag IS TRUE)
        ) ENGINE=InnoDB AUTO_INCREMENT=5 COMMENT='c' PARTITION BY HASH (id) PARTITIONS 4;
        ALTER TABLE a ADD COLUMN (c INT, d INT), MODIFY v TEXT FIRST, CHANGE c e INT AFTER d, DROP FOREIGN KEY fk, RENAME TO z;
        CREATE UNIQUE INDEX i USING BTREE ON a (v(10) ASC, d);
        DELIMITER $$
        CREATE DEFINER=`r`@`%` TRIGGER g BEFORE INSERT ON a FOR EACH ROW BEGIN IF x THEN SET y = 1; END IF; END$$
        DELIMITER ;
        INSERT INTO a VALUES (1, 'a;\'b', 0xFF), (2, "c", NULL);
        """,
    ];

    private static readonly string[] s_tokens =
    [
        "(", ")", ",", ";", "'", "\"", "`", "/*", "/*!40101", "/*!99999", "*/", "--", "-- ", "#", "\\", "\n", "$$",
        "\nDELIMITER //\n", "\nDELIMITER ;\n", "NOT", "NULL", "DEFAULT", "CASE", "WHEN", "END", "BEGIN", "CREATE", "TABLE",
        "\nCREATE TABLE x (", "ALTER TABLE", "PRIMARY KEY", "INTERVAL(", "CAST(", "AS", "x'", "b'", "0x", "1e", "@", ".", "->>",
        "REFERENCES", "CHECK (", "PARTITION BY", "SELECT", "\uD800", "\0", "\uFEFF", "99999999999999999999",
    ];

    [Fact]
    public void Broken_inputs_neither_crash_nor_hang_the_reader() =>
        ReaderFuzzing.Run(() => new MySqlReader(), [.. s_samples, .. Corpus.Find("mysql").Select(f => f.Text)], s_tokens, seed: 20260);
}
