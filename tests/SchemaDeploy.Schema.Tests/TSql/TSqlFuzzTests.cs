using SchemaDeploy.Schema.Dialects.TSql;
using SchemaDeploy.Schema.Tests.Fuzzing;

namespace SchemaDeploy.Schema.Tests.TSql;

public sealed class TSqlFuzzTests
{
    private static readonly string[] s_tokens =
    [
        "'", "''", "N'", "\"", "[", "]", "]]", "(", ")", ",", ";", ".", "..", "::", "=", "+", "-", "~", "@x", "@x.", "#t", "$(", "$(x)", "{", "}",
        "${s}.", "/*", "*/", "--", "\n", "\r\n", "\0", "\uD800", "0x", "$1", "1e9", "99999999999999999999",
        "\nGO\n", "\ngo 5 -- x\n", "\n:setvar x y\n", "\n:r x.sql\n", "\n:on error exit\n",
        "BEGIN", "END", "BEGIN TRY", "END TRY BEGIN CATCH", "IF", "ELSE", "WHILE", "CASE", "WHEN", "THEN", "NOT", "NULL", "EXISTS", "WITH", "AS",
        "CREATE", "ALTER", "DROP", "TABLE", "INDEX", "COLUMN", "CONSTRAINT", "PRIMARY KEY", "REFERENCES", "DEFAULT", "CHECK", "IDENTITY", "ADD",
        "CREATE TABLE t (a int", "ALTER TABLE t ADD ", "CREATE PROC p AS ", "CREATE VIEW v AS ", "CREATE TYPE y FROM ", "CREATE SEQUENCE s",
        "INSERT INTO t VALUES (", "UPDATE t SET ", "MERGE t USING ", "SELECT ", "EXEC('", "EXEC sp_executesql N'", "EXEC sp_rename '", "EXEC sp_addtype ",
        "EXEC sp_addextendedproperty 'MS_Description', ", "PERIOD FOR SYSTEM_TIME (a, b)", "GENERATED ALWAYS AS ROW START", "PERSISTED", "NEXT VALUE FOR ",
        "DECLARE @x nvarchar(max) = ", "SET @x = @x + ", "dateadd(day, ", "CONVERT(", "COLLATE ", "xml(", "varchar(max)", "decimal(",
    ];

    [Fact]
    public void Broken_inputs_neither_crash_nor_hang_the_reader() =>
        ReaderFuzzing.Run(() => new TSqlReader(), [.. TSqlSamples.All, .. Corpus.Find("tsql").Select(f => f.Text)], s_tokens, seed: 1);
}
