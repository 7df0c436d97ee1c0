using System.Collections.Frozen;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects;

/// <summary>Something only one dialect writes.</summary>
/// <param name="Dialect">Whose it is.</param>
/// <param name="Weight">From 1 (others accept it too) to 10 (nobody else does).</param>
/// <param name="Label">What to call it in a message.</param>
internal sealed record DialectSign(SchemaDialect Dialect, int Weight, string Label)
{
    /// <summary>The word, in upper case, that must stand before; null where any may.</summary>
    public string? Previous { get; init; }

    /// <summary>The word or symbol, in upper case, that must follow; null where any may.</summary>
    public string? Next { get; init; }

    /// <summary>The word that must not stand before.</summary>
    public string? NotPrevious { get; init; }
}

/// <summary>The signs the detector knows: those that are words, and those the scanner sees in the punctuation.</summary>
internal static class DialectSigns
{
    public static readonly DialectSign Backticks = new(SchemaDialect.MySql, 6, "backticks");
    public static readonly DialectSign ConditionalComment = new(SchemaDialect.MySql, 9, "/*! comments");
    public static readonly DialectSign HashComment = new(SchemaDialect.MySql, 4, "# comments");
    public static readonly DialectSign Brackets = new(SchemaDialect.TSql, 6, "[bracketed] names");
    public static readonly DialectSign Go = new(SchemaDialect.TSql, 9, "GO");
    public static readonly DialectSign SqlCmdLine = new(SchemaDialect.TSql, 7, "sqlcmd lines");
    public static readonly DialectSign SqlCmdVariable = new(SchemaDialect.TSql, 5, "$(variables)");
    public static readonly DialectSign NationalString = new(SchemaDialect.TSql, 3, "N'strings'");
    public static readonly DialectSign DoubleColon = new(SchemaDialect.PostgreSql, 8, "::casts");
    public static readonly DialectSign DollarQuote = new(SchemaDialect.PostgreSql, 9, "$$ quotes");
    public static readonly DialectSign EmptyBrackets = new(SchemaDialect.PostgreSql, 8, "array types");
    public static readonly DialectSign PsqlLine = new(SchemaDialect.PostgreSql, 6, "psql commands");

    /// <summary>The signs that are words, by the word in upper case.</summary>
    public static FrozenDictionary<string, DialectSign[]> ByWord { get; } = Build();

    private static FrozenDictionary<string, DialectSign[]> Build()
    {
        var signs = new Dictionary<string, List<DialectSign>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (word, sign) in MySql().Concat(TSql()).Concat(PostgreSql()))
        {
            if (!signs.TryGetValue(word, out var list))
            {
                signs.Add(word, list = []);
            }

            list.Add(sign);
        }

        return signs.ToFrozenDictionary(s => s.Key, s => s.Value.ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Word, DialectSign Sign)> MySql()
    {
        const SchemaDialect Dialect = SchemaDialect.MySql;
        yield return ("AUTO_INCREMENT", new(Dialect, 10, "AUTO_INCREMENT"));
        yield return ("ENGINE", new(Dialect, 9, "ENGINE=") { Next = "=" });
        yield return ("UNSIGNED", new(Dialect, 7, "UNSIGNED"));
        yield return ("ZEROFILL", new(Dialect, 8, "ZEROFILL"));
        yield return ("CHARSET", new(Dialect, 7, "CHARSET"));
        yield return ("UTF8MB4", new(Dialect, 8, "utf8mb4"));
        yield return ("SET", new(Dialect, 5, "CHARACTER SET") { Previous = "CHARACTER" });
        yield return ("DELIMITER", new(Dialect, 8, "DELIMITER"));
        yield return ("ENUM", new(Dialect, 7, "ENUM columns") { Next = "(", NotPrevious = "AS" });
        yield return ("CURRENT_TIMESTAMP", new(Dialect, 8, "ON UPDATE CURRENT_TIMESTAMP") { Previous = "UPDATE" });
        yield return ("TABLES", new(Dialect, 6, "LOCK TABLES") { Previous = "LOCK" });
        yield return ("COMMENT", new(Dialect, 7, "COMMENT 'text'") { Next = "'" });
        yield return ("COMMENT", new(Dialect, 7, "COMMENT=") { Next = "=" });
        yield return ("TINYINT", new(Dialect, 6, "tinyint(n)") { Next = "(" });
        yield return ("INT", new(Dialect, 6, "int(n)") { Next = "(" });
        yield return ("BIGINT", new(Dialect, 6, "bigint(n)") { Next = "(" });
        yield return ("FULLTEXT", new(Dialect, 5, "FULLTEXT KEY") { Next = "KEY" });
        yield return ("DUAL", new(Dialect, 4, "FROM DUAL") { Previous = "FROM" });
        foreach (var type in (string[])["TINYTEXT", "MEDIUMTEXT", "LONGTEXT", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "MEDIUMINT"])
        {
            yield return (type, new(Dialect, 8, type.ToLowerInvariant()));
        }
    }

    private static IEnumerable<(string Word, DialectSign Sign)> TSql()
    {
        const SchemaDialect Dialect = SchemaDialect.TSql;
        yield return ("IDENTITY", new(Dialect, 7, "IDENTITY(…)") { Next = "(" });
        yield return ("IDENTITY", new(Dialect, 3, "IDENTITY") { NotPrevious = "AS" });
        yield return ("MAX", new(Dialect, 6, "(max) types") { Previous = "(", Next = ")" });
        yield return ("DBO", new(Dialect, 6, "the schema dbo"));
        yield return ("EXEC", new(Dialect, 6, "EXEC"));
        yield return ("PRINT", new(Dialect, 4, "PRINT"));
        yield return ("FILEGROUP", new(Dialect, 6, "FILEGROUP"));
        yield return ("PERSISTED", new(Dialect, 7, "PERSISTED"));
        yield return ("NOCHECK", new(Dialect, 7, "NOCHECK"));
        yield return ("TRY", new(Dialect, 8, "BEGIN TRY") { Previous = "BEGIN" });
        yield return ("BIT", new(Dialect, 2, "bit"));
        foreach (var word in (string[])["CLUSTERED", "NONCLUSTERED", "ROWGUIDCOL", "TEXTIMAGE_ON"])
        {
            yield return (word, new(Dialect, 9, word));
        }

        foreach (var word in (string[])["ANSI_NULLS", "ANSI_PADDING", "QUOTED_IDENTIFIER", "NOCOUNT", "XACT_ABORT", "IDENTITY_INSERT"])
        {
            yield return (word, new(Dialect, 8, $"SET {word}") { Previous = "SET" });
        }

        foreach (var type in (string[])
            ["NVARCHAR", "NTEXT", "UNIQUEIDENTIFIER", "DATETIME2", "DATETIMEOFFSET", "SMALLDATETIME", "SMALLMONEY",
             "ROWVERSION", "HIERARCHYID", "SQL_VARIANT", "SYSNAME"])
        {
            yield return (type, new(Dialect, type == "NVARCHAR" ? 6 : 9, type.ToLowerInvariant()));
        }

        foreach (var function in (string[])
            ["GETDATE", "GETUTCDATE", "SYSDATETIME", "SYSUTCDATETIME", "NEWID", "NEWSEQUENTIALID", "OBJECT_ID", "COL_LENGTH", "SUSER_SNAME"])
        {
            yield return (function, new(Dialect, 8, $"{function}()") { Next = "(" });
        }

        foreach (var procedure in (string[])["SP_ADDEXTENDEDPROPERTY", "SP_RENAME", "SP_ADDTYPE", "SP_EXECUTESQL"])
        {
            yield return (procedure, new(Dialect, 9, procedure.ToLowerInvariant()));
        }
    }

    private static IEnumerable<(string Word, DialectSign Sign)> PostgreSql()
    {
        const SchemaDialect Dialect = SchemaDialect.PostgreSql;
        yield return ("VARYING", new(Dialect, 6, "character varying") { Previous = "CHARACTER" });
        yield return ("ZONE", new(Dialect, 7, "time zones") { Previous = "TIME" });
        yield return ("TO", new(Dialect, 8, "OWNER TO") { Previous = "OWNER" });
        yield return ("ONLY", new(Dialect, 8, "ALTER TABLE ONLY") { Previous = "TABLE" });
        yield return ("ON", new(Dialect, 7, "COMMENT ON") { Previous = "COMMENT" });
        yield return ("EXTENSION", new(Dialect, 9, "CREATE EXTENSION") { Previous = "CREATE" });
        yield return ("DOMAIN", new(Dialect, 8, "CREATE DOMAIN") { Previous = "CREATE" });
        yield return ("ENUM", new(Dialect, 8, "AS ENUM") { Previous = "AS" });
        yield return ("IDENTITY", new(Dialect, 7, "AS IDENTITY") { Previous = "AS" });
        yield return ("STDIN", new(Dialect, 9, "COPY … FROM stdin") { Previous = "FROM" });
        yield return ("INHERITS", new(Dialect, 7, "INHERITS"));
        yield return ("CONFLICT", new(Dialect, 8, "ON CONFLICT") { Previous = "ON" });
        yield return ("OIDS", new(Dialect, 8, "OIDS"));
        yield return ("CONCURRENTLY", new(Dialect, 8, "CONCURRENTLY"));
        yield return ("UNLOGGED", new(Dialect, 8, "UNLOGGED"));
        yield return ("TABLESPACE", new(Dialect, 2, "TABLESPACE"));
        yield return ("VALUE", new(Dialect, 7, "ADD VALUE") { Previous = "ADD" });
        yield return ("SIMILAR", new(Dialect, 6, "SIMILAR TO") { Next = "TO" });
        yield return ("ILIKE", new(Dialect, 6, "ILIKE"));
        yield return ("PRECISION", new(Dialect, 1, "double precision") { Previous = "DOUBLE" });
        yield return ("DEFERRABLE", new(Dialect, 5, "DEFERRABLE"));
        yield return ("SEARCH_PATH", new(Dialect, 8, "search_path"));
        yield return ("PLPGSQL", new(Dialect, 9, "plpgsql"));
        yield return ("PG_CATALOG", new(Dialect, 9, "pg_catalog"));
        yield return ("UUID", new(Dialect, 3, "uuid"));
        yield return ("TEXT", new(Dialect, 1, "text"));
        yield return ("BOOLEAN", new(Dialect, 1, "boolean"));
        foreach (var type in (string[])
            ["SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL4", "SERIAL8", "TIMESTAMPTZ", "BYTEA", "JSONB", "TSVECTOR", "TSQUERY",
             "CITEXT", "INET", "CIDR", "MACADDR", "HSTORE", "LTREE", "BPCHAR", "INT4RANGE", "NUMRANGE", "TSRANGE", "TSTZRANGE", "DATERANGE"])
        {
            yield return (type, new(Dialect, 9, type.ToLowerInvariant()));
        }

        foreach (var type in (string[])["INT2", "INT4", "INT8", "FLOAT4", "FLOAT8"])
        {
            yield return (type, new(Dialect, 4, type.ToLowerInvariant()));
        }

        foreach (var method in (string[])["BTREE", "GIN", "GIST", "BRIN"])
        {
            yield return (method, new(Dialect, method == "BTREE" ? 1 : 8, $"USING {method.ToLowerInvariant()}") { Previous = "USING" });
        }

        foreach (var function in (string[])["NEXTVAL", "SETVAL", "GEN_RANDOM_UUID", "UUID_GENERATE_V1", "UUID_GENERATE_V4", "TO_TSVECTOR"])
        {
            yield return (function, new(Dialect, 9, $"{function.ToLowerInvariant()}()") { Next = "(" });
        }
    }
}
