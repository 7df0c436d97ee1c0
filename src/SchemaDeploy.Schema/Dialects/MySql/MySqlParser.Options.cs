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
            _tokens.AcceptSymbol(",");
        }

        if (_tokens.Current.Kind == TokenKind.Word && _tokens.Peek(1).IsSymbol("="))
        {
            var word = _tokens.Current.Text;
            var hint = Hint(word, [.. s_storageOptions, "COMMENT", "COLLATE", "CHARSET", "AUTO_INCREMENT"]);
            throw _tokens.Fail(_tokens.Current, $"unknown table option '{word}'{hint}");
        }
    }

    private bool TryParseTableOption(TableOptions options)
    {
        var mark = _tokens.Mark;
        var isDefault = _tokens.Accept("DEFAULT");
        switch (_tokens.Current.Keyword)
        {
            case "CHARSET":
                TakeOptionValue();
                return true;
            case "CHARACTER" or "CHAR" when _tokens.Peek(1).Is("SET"):
                _tokens.Take();
                TakeOptionValue();
                return true;
            case "COLLATE":
                options.Collation = TakeOptionValue().Text;
                return true;
        }

        if (isDefault)
        {
            _tokens.Reset(mark);
            return false;
        }

        return TryParsePlainTableOption(options);
    }

    private bool TryParsePlainTableOption(TableOptions options)
    {
        switch (_tokens.Current.Keyword)
        {
            case "COMMENT":
                _tokens.Take();
                _tokens.AcceptSymbol("=");
                options.Comment = ParseText();
                return true;
            case "AUTO_INCREMENT":
                options.Seed = ParseSeed();
                return true;
            case "UNION":
                _tokens.Take();
                _tokens.AcceptSymbol("=");
                _tokens.SkipParentheses();
                return true;
            case "DATA" or "INDEX" when _tokens.Peek(1).Is("DIRECTORY"):
                _tokens.Take();
                TakeOptionValue();
                return true;
            case "START" when _tokens.Peek(1).Is("TRANSACTION"):
                _tokens.AcceptAll("START", "TRANSACTION");
                return true;
            case "WITH" or "WITHOUT" when _tokens.Peek(1).Is("SYSTEM"):
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
        var first = _tokens.Current;
        var isOn = _tokens.Take().Is("WITH");
        _tokens.Take();
        _tokens.Expect("VERSIONING");
        if (isOn)
        {
            WarnNotCarriedOver(_tokens.SpanFrom(first), "System versioning", "Rows have no history.");
        }
    }

    private Token TakeOptionValue()
    {
        _tokens.Take();
        _tokens.AcceptSymbol("=");
        if (_tokens.AtEndOfStatement || _tokens.Current.Kind == TokenKind.Symbol)
        {
            throw _tokens.Unexpected("a value");
        }

        return _tokens.Take();
    }

    private long ParseSeed()
    {
        var value = TakeOptionValue();
        return long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw _tokens.Fail(value, $"{TokenReader.Describe(value)} is no number to count from");
    }
}
