using System.Collections.Frozen;
using System.Globalization;
using SchemaDeploy.Schema.Dialects.Reading;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Table options. Those that say how the server stores the rows are understood and of no effect.</summary>
internal sealed partial class MySqlParser
{
    private static readonly FrozenSet<string> s_storageOptions = FrozenSet.Create(
        StringComparer.Ordinal,
        "ENGINE", "TYPE", "ROW_FORMAT", "KEY_BLOCK_SIZE", "MAX_ROWS", "MIN_ROWS", "AVG_ROW_LENGTH", "CHECKSUM",
        "TABLE_CHECKSUM", "PAGE_CHECKSUM", "DELAY_KEY_WRITE", "PACK_KEYS", "PASSWORD", "COMPRESSION", "CONNECTION",
        "ENCRYPTION", "ENCRYPTED", "ENCRYPTION_KEY_ID", "INSERT_METHOD", "STATS_AUTO_RECALC", "STATS_PERSISTENT",
        "STATS_SAMPLE_PAGES", "TRANSACTIONAL", "PAGE_COMPRESSED", "PAGE_COMPRESSION_LEVEL", "IETF_QUOTES", "SEQUENCE",
        "STORAGE", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE", "SECONDARY_ENGINE_ATTRIBUTE", "AUTOEXTEND_SIZE",
        "TABLESPACE", "ALGORITHM", "LOCK");

    private sealed class TableOptions
    {
        public string? Comment { get; set; }

        public string? Collation { get; set; }

        public long? Seed { get; set; }
    }

    private void ParseTableOptions(TableOptions options)
    {
        while (TryParseTableOption(options))
        {
            Tokens.AcceptSymbol(",");
        }

        if (Tokens.Current.Kind == TokenKind.Word && Tokens.Peek(1).IsSymbol("="))
        {
            var word = Tokens.Current.Text;
            var hint = Hint(word, [.. s_storageOptions, "COMMENT", "COLLATE", "CHARSET", "AUTO_INCREMENT"]);
            throw Tokens.Fail(Tokens.Current, $"unknown table option '{word}'{hint}");
        }
    }

    private bool TryParseTableOption(TableOptions options)
    {
        var mark = Tokens.Mark;
        var isDefault = Tokens.Accept("DEFAULT");
        switch (Tokens.Current.Keyword)
        {
            case "CHARSET":
                TakeOptionValue();
                return true;
            case "CHARACTER" or "CHAR" when Tokens.Peek(1).Is("SET"):
                Tokens.Take();
                TakeOptionValue();
                return true;
            case "COLLATE":
                options.Collation = TakeOptionValue().Text;
                return true;
        }

        if (isDefault)
        {
            Tokens.Reset(mark);
            return false;
        }

        return TryParsePlainTableOption(options);
    }

    private bool TryParsePlainTableOption(TableOptions options)
    {
        switch (Tokens.Current.Keyword)
        {
            case "COMMENT":
                Tokens.Take();
                Tokens.AcceptSymbol("=");
                options.Comment = ParseText();
                return true;
            case "AUTO_INCREMENT":
                options.Seed = ParseSeed();
                return true;
            case "UNION":
                Tokens.Take();
                Tokens.AcceptSymbol("=");
                Tokens.SkipParentheses();
                return true;
            case "DATA" or "INDEX" when Tokens.Peek(1).Is("DIRECTORY"):
                Tokens.Take();
                TakeOptionValue();
                return true;
            case "START" when Tokens.Peek(1).Is("TRANSACTION"):
                Tokens.AcceptAll("START", "TRANSACTION");
                return true;
            case "WITH" or "WITHOUT" when Tokens.Peek(1).Is("SYSTEM"):
                SkipSystemVersioning();
                return true;
            case var word when s_storageOptions.Contains(word):
                TakeOptionValue();
                return true;
            default:
                return false;
        }
    }

    /// <summary>MariaDB's WITH SYSTEM VERSIONING, of a table or of a column.</summary>
    private void SkipSystemVersioning()
    {
        var first = Tokens.Current;
        var isOn = Tokens.Take().Is("WITH");
        Tokens.Take();
        Tokens.Expect("VERSIONING");
        if (isOn)
        {
            WarnNotCarriedOver(Tokens.SpanFrom(first), "System versioning", "Rows have no history.");
        }
    }

    private Token TakeOptionValue()
    {
        Tokens.Take();
        Tokens.AcceptSymbol("=");
        if (Tokens.AtEndOfStatement || Tokens.Current.Kind == TokenKind.Symbol)
        {
            throw Tokens.Unexpected("a value");
        }

        return Tokens.Take();
    }

    private long ParseSeed()
    {
        var value = TakeOptionValue();
        return long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw Tokens.Fail(value, $"{TokenReader.Describe(value)} is no number to count from");
    }
}
