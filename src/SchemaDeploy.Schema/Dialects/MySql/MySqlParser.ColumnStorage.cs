using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Attributes of columns that say how their text and their bytes are kept.</summary>
internal sealed partial class MySqlParser
{
    /// <summary>Character sets and collations.</summary>
    private bool TryParseTextAttribute(ColumnParts parts)
    {
        switch (Tokens.Current.Keyword)
        {
            case "COLLATE":
                parts.Type = parts.Type with { Collation = TakeOptionValue().Text };
                return true;
            case "CHARSET":
                ParseCharacterSet(parts);
                return true;
            case "CHARACTER" or "CHAR" when Tokens.Peek(1).Is("SET"):
                Tokens.Take();
                ParseCharacterSet(parts);
                return true;
            case "BYTE":
                Tokens.Take();
                parts.Type = AsBytes(parts.Type);
                return true;
            case "BINARY" or "ASCII" or "UNICODE":
                Tokens.Take();
                return true;
            default:
                return false;
        }
    }

    private void ParseCharacterSet(ColumnParts parts)
    {
        if (TakeOptionValue().Text.Equals("binary", StringComparison.OrdinalIgnoreCase))
        {
            parts.Type = AsBytes(parts.Type);
        }
    }

    /// <summary>Text in the character set "binary" is bytes.</summary>
    private static SqlType AsBytes(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Char => type with { Kind = SqlTypeKind.Binary },
        SqlTypeKind.VarChar => type with { Kind = SqlTypeKind.VarBinary },
        SqlTypeKind.Text => type with { Kind = SqlTypeKind.Blob },
        _ => type,
    };

    /// <summary>Attributes that concern storage, and a few that other databases do not know.</summary>
    private bool TryParseStorageAttribute()
    {
        var first = Tokens.Current;
        switch (first.Keyword)
        {
            case "COLUMN_FORMAT" or "STORAGE" or "SRID" or "ENGINE_ATTRIBUTE" or "SECONDARY_ENGINE_ATTRIBUTE"
                or "ENCRYPTED" or "ENCRYPTION_KEY_ID":
                TakeOptionValue();
                return true;
            case "REF_SYSTEM_ID":
                TakeOptionValue();
                return true;
            case "COMPRESSED":
                Tokens.Take();
                if (Tokens.AcceptSymbol("="))
                {
                    Tokens.Take();
                }

                return true;
            case "VISIBLE":
                Tokens.Take();
                return true;
            case "NOT" when Tokens.Peek(1).Is("SECONDARY"):
                Tokens.AcceptAll("NOT", "SECONDARY");
                return true;
            case "INVISIBLE":
                Tokens.Take();
                WarnNotCarriedOver(Tokens.SpanOf(first), "INVISIBLE of a column", "Use the tag @hidden to hide it from the API.");
                return true;
            case "WITH" or "WITHOUT" when Tokens.Peek(1).Is("SYSTEM"):
                SkipSystemVersioning();
                return true;
            default:
                return false;
        }
    }
}
