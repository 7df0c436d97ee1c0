using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.MySql;

/// <summary>Column definitions.</summary>
internal sealed partial class MySqlParser
{
    /// <summary>A column whose attributes are being read; they come in any order.</summary>
    private sealed class ColumnParts(Identifier name, SqlType type)
    {
        public Identifier Name { get; } = name;

        public SqlType Type { get; set; } = type;

        public bool? Nullable { get; set; }

        public bool IsNumbered { get; set; }

        public DefaultDefinition? Default { get; set; }

        public bool OnUpdateNow { get; set; }

        public GeneratedDefinition? Generated { get; set; }

        public string? Comment { get; set; }

        public ImmutableArray<ConstraintDefinition>.Builder Constraints { get; } =
            ImmutableArray.CreateBuilder<ConstraintDefinition>();

        /// <summary>The column as the only part of its own key.</summary>
        public ImmutableArray<KeyPart> AsKey => [new KeyPart(new ColumnExpression(Name.Text), Name.Span)];
    }

    private ColumnDefinition ParseColumn()
    {
        var first = _tokens.Current;
        var name = ParseName("a column");
        var isSerial = _tokens.At("SERIAL");
        var parts = new ColumnParts(name, _types.Parse());
        if (isSerial)
        {
            NumberBySerial(parts);
        }

        while (TryParseAttribute(parts))
        {
        }

        return Finish(parts, first);
    }

    private ColumnDefinition Finish(ColumnParts parts, Token first)
    {
        ReadAsJson(parts);
        if (parts.IsNumbered && parts.Type.Kind == SqlTypeKind.Boolean)
        {
            parts.Type = parts.Type with { Kind = SqlTypeKind.TinyInt };
        }

        var (type, @default) = FitDefault(parts);
        return new ColumnDefinition(parts.Name, type, _tokens.SpanFrom(first))
        {
            Nullable = parts.Nullable,
            Identity = parts.IsNumbered ? new IdentityDefinition() : null,
            Default = @default,
            OnUpdateNow = parts.OnUpdateNow,
            Generated = parts.Generated,
            Constraints = parts.Constraints.ToImmutable(),
            Comment = parts.Comment,
        };
    }

    /// <summary>The column with the comments around it; the reader is behind it.</summary>
    private ColumnDefinition AttachComments(ColumnDefinition column, int mark)
    {
        var next = _tokens.AtSymbol(",") ? _tokens.Peek(1) : _tokens.Current;
        var comments = _comments.Around(_tokens[mark].Start, _tokens.Previous.End, _tokens[mark - 1].End, next.Start);
        return column with { Comments = comments };
    }

    private (SqlType Type, DefaultDefinition? Default) FitDefault(ColumnParts parts)
    {
        if (parts.Default is not { } definition || definition.Expression == LiteralExpression.Null)
        {
            // DEFAULT NULL says no more than no default.
            return (parts.Type, null);
        }

        var (type, expression) = MySqlDefaults.Fit(parts.Type, definition.Expression);
        if (MySqlDefaults.IsZeroDate(type, expression))
        {
            _diagnostics.Report(
                MySqlDiagnostics.ZeroDate, definition.Span, ((LiteralExpression)expression).Text, parts.Name.Text);
        }

        return (type, definition with { Expression = expression });
    }

    /// <summary>MariaDB keeps JSON as LONGTEXT with a check that it is valid.</summary>
    private static void ReadAsJson(ColumnParts parts)
    {
        if (parts.Type is not { Kind: SqlTypeKind.Text, Length: null })
        {
            return;
        }

        for (var i = 0; i < parts.Constraints.Count; i++)
        {
            if (parts.Constraints[i] is CheckDefinition
                {
                    Expression: FunctionExpression { Name: NeutralFunctions.IsJson, Arguments: [ColumnExpression column] },
                }
                && column.Name.Equals(parts.Name.Text, StringComparison.OrdinalIgnoreCase))
            {
                parts.Type = parts.Type with { Kind = SqlTypeKind.Json, Collation = null };
                parts.Constraints.RemoveAt(i);
                return;
            }
        }
    }

    /// <summary>SERIAL is BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE.</summary>
    private static void NumberBySerial(ColumnParts parts)
    {
        parts.Nullable = false;
        parts.IsNumbered = true;
        parts.Constraints.Add(new UniqueDefinition(null, parts.AsKey, parts.Name.Span));
    }

    private bool TryParseAttribute(ColumnParts parts)
    {
        var first = _tokens.Current;
        switch (first.Keyword)
        {
            case "NOT" when _tokens.Peek(1).Is("NULL"):
                _tokens.AcceptAll("NOT", "NULL");
                parts.Nullable = false;
                return true;
            case "NULL":
                _tokens.Take();
                parts.Nullable = true;
                return true;
            case "DEFAULT":
                ParseDefaultAttribute(parts);
                return true;
            case "ON":
                ParseOnUpdate(parts);
                return true;
            case "AUTO_INCREMENT":
                _tokens.Take();
                parts.IsNumbered = true;
                return true;
            case "SERIAL":
                _tokens.Take();
                _tokens.Expect("DEFAULT");
                _tokens.Expect("VALUE");
                NumberBySerial(parts);
                return true;
            case "PRIMARY" or "KEY":
                _tokens.Accept("PRIMARY");
                _tokens.Expect("KEY");
                parts.Constraints.Add(new PrimaryKeyDefinition(null, parts.AsKey, _tokens.SpanFrom(first)));
                return true;
            case "UNIQUE":
                _tokens.Take();
                _tokens.Accept("KEY");
                parts.Constraints.Add(new UniqueDefinition(null, parts.AsKey, _tokens.SpanFrom(first)));
                return true;
            case "COMMENT":
                _tokens.Take();
                _tokens.AcceptSymbol("=");
                parts.Comment = ParseText();
                return true;
            case "GENERATED" or "AS":
                ParseGenerated(parts);
                return true;
            case "REFERENCES":
                parts.Constraints.Add(ParseReferences(null, [parts.Name], first));
                return true;
            case "CHECK" or "CONSTRAINT":
                ParseColumnConstraint(parts);
                return true;
            default:
                return TryParseTextAttribute(parts) || TryParseStorageAttribute();
        }
    }

    private void ParseDefaultAttribute(ColumnParts parts)
    {
        _tokens.Take();
        parts.Default = ParseDefault();
    }

    private DefaultDefinition ParseDefault()
    {
        var first = _tokens.Current;
        var value = _expressions.ParseValue();
        if (value is ColumnExpression && !first.IsSymbol("("))
        {
            throw _tokens.Fail(first, $"the default {TokenReader.Describe(first)} is no value (text needs quotes)");
        }

        return new DefaultDefinition(value, _tokens.SpanFrom(first));
    }

    private void ParseOnUpdate(ColumnParts parts)
    {
        _tokens.Take();
        _tokens.Expect("UPDATE");
        var first = _tokens.Current;
        if (_expressions.ParseValue() is not FunctionExpression { Name: NeutralFunctions.Now })
        {
            throw _tokens.Fail(first, "ON UPDATE of a column can only be CURRENT_TIMESTAMP");
        }

        parts.OnUpdateNow = true;
    }

    private void ParseGenerated(ColumnParts parts)
    {
        var first = _tokens.Current;
        _tokens.AcceptAll("GENERATED", "ALWAYS");
        _tokens.Expect("AS");
        if (_tokens.Accept("ROW"))
        {
            _tokens.AcceptAny("START", "END");
            WarnNotCarriedOver(_tokens.SpanFrom(first), "The period of the table", "Rows have no history.");
            return;
        }

        _tokens.ExpectSymbol("(");
        var expression = ParseTruncating();
        _tokens.ExpectSymbol(")");
        var isStored = _tokens.AcceptAny("STORED", "PERSISTENT");
        if (!isStored)
        {
            _tokens.Accept("VIRTUAL");
        }

        parts.Generated = new GeneratedDefinition(expression, isStored, _tokens.SpanFrom(first));
    }

    /// <summary>An expression in which DATE_FORMAT may cut times.</summary>
    private SqlExpression ParseTruncating()
    {
        _expressions.FormatsTruncate = true;
        try
        {
            return _expressions.Parse();
        }
        finally
        {
            _expressions.FormatsTruncate = false;
        }
    }

    private void ParseColumnConstraint(ColumnParts parts)
    {
        var first = _tokens.Current;
        Identifier? name = null;
        if (_tokens.Accept("CONSTRAINT") && !MySqlKeywords.IsReserved(_tokens.Current))
        {
            name = ParseName("a constraint name");
        }

        switch (_tokens.Current.Keyword)
        {
            case "CHECK":
                if (ParseCheck(name, first) is { } check)
                {
                    parts.Constraints.Add(check);
                }

                break;
            case "REFERENCES":
                parts.Constraints.Add(ParseReferences(name, [parts.Name], first));
                break;
            case "PRIMARY":
                _tokens.Take();
                _tokens.Expect("KEY");
                parts.Constraints.Add(new PrimaryKeyDefinition(name, parts.AsKey, _tokens.SpanFrom(first)));
                break;
            case "UNIQUE":
                _tokens.Take();
                _tokens.Accept("KEY");
                parts.Constraints.Add(new UniqueDefinition(name, parts.AsKey, _tokens.SpanFrom(first)));
                break;
            case "NOT" or "NULL":
                break;
            default:
                throw _tokens.Unexpected("CHECK, UNIQUE, PRIMARY KEY or REFERENCES");
        }
    }
}
