namespace SchemaDeploy.Schema.Dialects.Reading;

/// <summary>The families of tokens that the dialects share.</summary>
internal enum TokenKind
{
    /// <summary>The end of the file.</summary>
    End,

    /// <summary>The mark between two statements.</summary>
    Delimiter,

    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes; Text is without them.</summary>
    QuotedName,

    /// <summary>A string; Text is what it stands for.</summary>
    String,

    /// <summary>A number as written.</summary>
    Number,

    /// <summary>A hexadecimal literal; Text is its upper-case digits.</summary>
    Bytes,

    /// <summary>A bit literal; Text is its digits.</summary>
    Bits,

    /// <summary>A session variable, its marks included.</summary>
    Variable,

    /// <summary>An operator, a bracket, or a character that the dialect gives no meaning.</summary>
    Symbol,
}

/// <summary>A token and the stretch of text it was read from.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, string Text)
{
    /// <summary>The upper-case word, or an empty text for every other kind, for switching on keywords.</summary>
    public string Keyword => Kind == TokenKind.Word ? Text.ToUpperInvariant() : "";

    /// <summary>Whether this is the word, in any case, without quotes.</summary>
    public bool Is(string word) => Kind == TokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>Whether a statement ends here.</summary>
    public bool EndsStatement => Kind is TokenKind.Delimiter or TokenKind.End;
}
