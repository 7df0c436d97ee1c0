using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Column definitions.</summary>
internal sealed partial class PostgreSqlParser
{
    /// <summary>A column whose attributes are being read; they come in any order.</summary>
    private sealed class ColumnParts(Identifier name, SqlType type)
    {
        public Identifier Name { get; } = name;

        public SqlType Type { get; set; } = type;

        public bool? Nullable { get; set; }

        public IdentityDefinition? Identity { get; set; }

        public DefaultDefinition? Default { get; set; }

        public GeneratedDefinition? Generated { get; set; }

        public ImmutableArray<ConstraintDefinition>.Builder Constraints { get; } =
            ImmutableArray.CreateBuilder<ConstraintDefinition>();

        /// <summary>The column as the only part of its own key.</summary>
        public ImmutableArray<KeyPart> AsKey => [new KeyPart(new ColumnExpression(Name.Text), Name.Span)];
    }

    private ColumnDefinition ParseColumn()
    {
        var first = Tokens.Current;
        var name = ParseName("a column");
        var parts = new ColumnParts(name, ParseColumnType(name));
        if (_types.Rule is { IsSerial: true })
        {
            parts.Nullable = false;
            parts.Identity = new IdentityDefinition();
        }

        while (TryParseAttribute(parts))
        {
        }

        return new ColumnDefinition(parts.Name, parts.Type, Tokens.SpanFrom(first))
        {
            Nullable = parts.Nullable,
            Identity = parts.Identity,
            Default = FitDefault(parts),
            Generated = parts.Generated,
            Constraints = parts.Constraints.ToImmutable(),
        };
    }

    private SqlType ParseColumnType(Identifier column)
    {
        var type = _types.Parse();
        if (_types.Rule is { KeptAs: { } keptAs } rule)
        {
            var isList = type.Kind == SqlTypeKind.Array && rule.Kind != SqlTypeKind.Array;
            Diagnostics.Report(
                PostgreSqlDiagnostics.KeptAs, column.Span, column.Text, type.NativeName, isList ? $"a list of {keptAs}" : keptAs);
        }

        return type;
    }

    private DefaultDefinition? FitDefault(ColumnParts parts)
    {
        if (parts.Default is not { } definition || definition.Expression == LiteralExpression.Null)
        {
            // DEFAULT NULL says no more than no default.
            return null;
        }

        var fitted = PostgreSqlCasts.Fit(definition.Expression, parts.Type);
        if (definition.Expression is LiteralExpression literal && fitted is FunctionExpression function)
        {
            Diagnostics.Report(PostgreSqlDiagnostics.DefaultOfCreation, definition.Span, literal.Text, parts.Name.Text, function.Name);
        }

        return definition with { Expression = fitted };
    }

    private bool TryParseAttribute(ColumnParts parts)
    {
        var first = Tokens.Current;
        Identifier? name = null;
        if (Tokens.Accept("CONSTRAINT"))
        {
            name = ParseName("a constraint name");
        }

        switch (Tokens.Current.Keyword)
        {
            case "NOT" when Tokens.Peek(1).Is("NULL"):
                Tokens.AcceptAll("NOT", "NULL");
                ParseConstraintAttributes();
                parts.Nullable = false;
                return true;
            case "NULL":
                Tokens.Take();
                parts.Nullable ??= true;
                return true;
            case "DEFAULT":
                Tokens.Take();
                parts.Default = ParseDefault();
                return true;
            case "GENERATED":
                ParseGenerated(parts);
                return true;
            case "PRIMARY":
                Tokens.Take();
                Tokens.Expect("KEY");
                ParseKeyOptions();
                parts.Constraints.Add(new PrimaryKeyDefinition(name, parts.AsKey, Tokens.SpanFrom(first)));
                return true;
            case "UNIQUE":
                Tokens.Take();
                var nullsNotDistinct = ParseNullsDistinct();
                ParseKeyOptions();
                parts.Constraints.Add(new UniqueDefinition(name, parts.AsKey, Tokens.SpanFrom(first)) { NullsNotDistinct = nullsNotDistinct });
                return true;
            case "REFERENCES":
                parts.Constraints.Add(ParseReferences(name, [parts.Name], first));
                return true;
            case "CHECK":
                if (ParseCheck(name, first) is { } check)
                {
                    parts.Constraints.Add(check);
                }

                return true;
            default:
                return name is null
                    ? TryParseStorageAttribute(parts)
                    : throw Tokens.Unexpected("CHECK, UNIQUE, PRIMARY KEY, NOT NULL, DEFAULT or REFERENCES");
        }
    }

    private bool TryParseStorageAttribute(ColumnParts parts)
    {
        switch (Tokens.Current.Keyword)
        {
            case "COLLATE":
                Tokens.Take();
                parts.Type = parts.Type with { Collation = ParseObjectName("a collation").ToString() };
                return true;
            case "STORAGE" or "COMPRESSION":
                Tokens.Take();
                Tokens.TakeWord("how the column is stored");
                return true;
            case "OPTIONS" when Tokens.Peek(1).IsSymbol("("):
                Tokens.Take();
                Tokens.SkipParentheses();
                return true;
            default:
                // DEFERRABLE and the like belong to the constraint before it.
                return ParseConstraintAttributes();
        }
    }

    private DefaultDefinition ParseDefault()
    {
        var first = Tokens.Current;
        var value = _expressions.ParseDefault();
        if (value is ColumnExpression && !first.IsSymbol("("))
        {
            throw Tokens.Fail(first, $"the default {TokenReader.Describe(first)} is no value (text needs single quotes)");
        }

        return new DefaultDefinition(value, Tokens.SpanFrom(first));
    }

    private void ParseGenerated(ColumnParts parts)
    {
        var first = Tokens.Take();
        if (Tokens.AcceptAll("BY", "DEFAULT"))
        {
            Tokens.Expect("AS");
            parts.Identity = ParseIdentity();
        }
        else
        {
            Tokens.Expect("ALWAYS");
            Tokens.Expect("AS");
            if (Tokens.At("IDENTITY"))
            {
                parts.Identity = ParseIdentity();
            }
            else
            {
                parts.Generated = ParseComputation(first);
            }
        }

        if (parts.Identity is not null)
        {
            parts.Nullable = false;
        }
    }

    private IdentityDefinition ParseIdentity()
    {
        Tokens.Expect("IDENTITY");
        if (!Tokens.AcceptSymbol("("))
        {
            return new IdentityDefinition();
        }

        var options = ParseSequenceOptions();
        Tokens.ExpectSymbol(")");
        return new IdentityDefinition(options.Start ?? (options.Increment < 0 ? -1 : 1), options.Increment ?? 1);
    }

    /// <summary>The expression of a computed column, in parentheses, and whether it is stored.</summary>
    private GeneratedDefinition ParseComputation(Token first)
    {
        Tokens.ExpectSymbol("(");
        var expression = _expressions.Parse();
        Tokens.ExpectSymbol(")");
        var isStored = !Tokens.Accept("VIRTUAL");
        Tokens.Accept("STORED");
        return new GeneratedDefinition(expression, isStored, Tokens.SpanFrom(first));
    }
}
