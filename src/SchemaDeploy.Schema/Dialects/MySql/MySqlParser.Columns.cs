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
        var first = Tokens.Current;
        var name = ParseName("a column");
        var isSerial = Tokens.At("SERIAL");
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
        return new ColumnDefinition(parts.Name, type, Tokens.SpanFrom(first))
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
            Diagnostics.Report(
                MySqlDiagnostics.ZeroDate, definition.Span, ((LiteralExpression)expression).Text, parts.Name.Text);
            return (type, null);
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
        var first = Tokens.Current;
        switch (first.Keyword)
        {
            case "NOT" when Tokens.Peek(1).Is("NULL"):
                Tokens.AcceptAll("NOT", "NULL");
                parts.Nullable = false;
                return true;
            case "NULL":
                Tokens.Take();
                parts.Nullable = true;
                return true;
            case "DEFAULT":
                ParseDefaultAttribute(parts);
                return true;
            case "ON":
                ParseOnUpdate(parts);
                return true;
            case "AUTO_INCREMENT":
                Tokens.Take();
                parts.IsNumbered = true;
                return true;
            case "SERIAL":
                Tokens.Take();
                Tokens.Expect("DEFAULT");
                Tokens.Expect("VALUE");
                NumberBySerial(parts);
                return true;
            case "PRIMARY" or "KEY":
                Tokens.Accept("PRIMARY");
                Tokens.Expect("KEY");
                parts.Constraints.Add(new PrimaryKeyDefinition(null, parts.AsKey, Tokens.SpanFrom(first)));
                return true;
            case "UNIQUE":
                Tokens.Take();
                Tokens.Accept("KEY");
                parts.Constraints.Add(new UniqueDefinition(null, parts.AsKey, Tokens.SpanFrom(first)));
                return true;
            case "COMMENT":
                Tokens.Take();
                Tokens.AcceptSymbol("=");
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
        Tokens.Take();
        parts.Default = ParseDefault();
    }

    private DefaultDefinition ParseDefault()
    {
        var first = Tokens.Current;
        var value = _expressions.ParseValue();
        if (value is ColumnExpression && !first.IsSymbol("("))
        {
            throw Tokens.Fail(first, $"the default {TokenReader.Describe(first)} is no value (text needs quotes)");
        }

        return new DefaultDefinition(value, Tokens.SpanFrom(first));
    }

    private void ParseOnUpdate(ColumnParts parts)
    {
        Tokens.Take();
        Tokens.Expect("UPDATE");
        var first = Tokens.Current;
        if (_expressions.ParseValue() is not FunctionExpression { Name: NeutralFunctions.Now })
        {
            throw Tokens.Fail(first, "ON UPDATE of a column can only be CURRENT_TIMESTAMP");
        }

        parts.OnUpdateNow = true;
    }

    private void ParseGenerated(ColumnParts parts)
    {
        var first = Tokens.Current;
        Tokens.AcceptAll("GENERATED", "ALWAYS");
        Tokens.Expect("AS");
        if (Tokens.Accept("ROW"))
        {
            Tokens.AcceptAny("START", "END");
            WarnNotCarriedOver(Tokens.SpanFrom(first), "The period of the table", "Rows have no history.");
            return;
        }

        Tokens.ExpectSymbol("(");
        var expression = ParseTruncating();
        Tokens.ExpectSymbol(")");
        var isStored = Tokens.AcceptAny("STORED", "PERSISTENT");
        if (!isStored)
        {
            Tokens.Accept("VIRTUAL");
        }

        parts.Generated = new GeneratedDefinition(expression, isStored, Tokens.SpanFrom(first));
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
        var first = Tokens.Current;
        Identifier? name = null;
        if (Tokens.Accept("CONSTRAINT") && !MySqlKeywords.IsReserved(Tokens.Current))
        {
            name = ParseName("a constraint name");
        }

        switch (Tokens.Current.Keyword)
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
                Tokens.Take();
                Tokens.Expect("KEY");
                parts.Constraints.Add(new PrimaryKeyDefinition(name, parts.AsKey, Tokens.SpanFrom(first)));
                break;
            case "UNIQUE":
                Tokens.Take();
                Tokens.Accept("KEY");
                parts.Constraints.Add(new UniqueDefinition(name, parts.AsKey, Tokens.SpanFrom(first)));
                break;
            case "NOT" or "NULL":
                break;
            default:
                throw Tokens.Unexpected("CHECK, UNIQUE, PRIMARY KEY or REFERENCES");
        }
    }
}
