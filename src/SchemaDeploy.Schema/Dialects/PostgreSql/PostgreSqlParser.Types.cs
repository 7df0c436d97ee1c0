using System.Collections.Immutable;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>CREATE and ALTER of types and domains.</summary>
internal sealed partial class PostgreSqlParser
{
    private void ParseCreateType()
    {
        Tokens.Take();
        var ifNotExists = AcceptIfNotExists() || _isBlock;
        var name = _path.CreateType(ParseObjectName("a type name"));
        var type = ParseTypeBody(name);
        Statements.Add(new CreateType(name, type with { NativeName = name.ToString() }, Tokens.SpanFrom(StatementStart)) { IfNotExists = ifNotExists });
    }

    private SqlType ParseTypeBody(ObjectName name)
    {
        if (Tokens.AcceptAll("AS", "ENUM"))
        {
            return new SqlType(SqlTypeKind.Enum, "") { Values = ParseEnumValues() };
        }

        if (Tokens.AcceptAll("AS", "RANGE"))
        {
            Diagnostics.Report(PostgreSqlDiagnostics.TypeKeptAs, name.Span, name.Name, "text", "range");
            Tokens.SkipParentheses();
            return new SqlType(SqlTypeKind.Text, "");
        }

        if (Tokens.Accept("AS"))
        {
            Diagnostics.Report(PostgreSqlDiagnostics.TypeKeptAs, name.Span, name.Name, "a JSON document", "composite");
            ParseAttributes(name);
            return new SqlType(SqlTypeKind.Json, "");
        }

        // A base type, whose functions are in another language; without a body it is only announced.
        if (Tokens.AtSymbol("("))
        {
            Tokens.SkipParentheses();
        }

        return new SqlType(SqlTypeKind.Other, "");
    }

    private ImmutableArray<string> ParseEnumValues()
    {
        Tokens.ExpectSymbol("(");
        if (Tokens.AcceptSymbol(")"))
        {
            return [];
        }

        var values = ParseList(ParseText);
        Tokens.ExpectSymbol(")");
        return values;
    }

    /// <summary>The attributes of a composite type, which may become the columns of a table.</summary>
    private void ParseAttributes(ObjectName name)
    {
        Tokens.ExpectSymbol("(");
        if (Tokens.AcceptSymbol(")"))
        {
            return;
        }

        _path.SetAttributes(name, ParseList(() =>
        {
            var first = Tokens.Current;
            var attribute = ParseName("an attribute");
            var type = _types.Parse();
            if (Tokens.Accept("COLLATE"))
            {
                ParseObjectName("a collation");
            }

            return new ColumnDefinition(attribute, type, Tokens.SpanFrom(first));
        }));
        Tokens.ExpectSymbol(")");
        // Comments on its attributes are written as those on a table's columns.
        Statements.Add(new PassedOver(name, name.Span));
    }

    private void ParseCreateDomain()
    {
        Tokens.Take();
        var name = _path.CreateType(ParseObjectName("a domain name"));
        Tokens.Accept("AS");
        var parts = new ColumnParts(new Identifier("value", name.Span), _types.Parse());
        if (_types.Rule is { KeptAs: { } keptAs })
        {
            Diagnostics.Report(PostgreSqlDiagnostics.KeptAs, name.Span, name.Name, parts.Type.NativeName, keptAs);
        }

        while (TryParseAttribute(parts))
        {
        }

        Statements.Add(new CreateType(name, parts.Type, Tokens.SpanFrom(StatementStart))
        {
            Nullable = parts.Nullable,
            Default = FitDefault(parts),
            Checks = [.. parts.Constraints.OfType<CheckDefinition>()],
            IfNotExists = _isBlock,
        });
    }

    private void ParseAlterType()
    {
        Tokens.Take();
        var name = _path.FindType(ParseObjectName("a type name"));
        if (Tokens.AcceptAll("ADD", "VALUE"))
        {
            ParseAddValue(name);
        }
        else if (Tokens.AcceptAll("RENAME", "VALUE"))
        {
            var value = ParseText();
            Tokens.Expect("TO");
            AddTypeChange(name, new RenameEnumValue(value, ParseText()));
        }
        else
        {
            ParseRenameOfType(name);
        }
    }

    private void ParseAddValue(ObjectName name)
    {
        var ifNotExists = AcceptIfNotExists() || _isBlock;
        var change = new AddEnumValue(ParseText()) { IfNotExists = ifNotExists };
        if (Tokens.AtAny("BEFORE", "AFTER"))
        {
            var isBefore = Tokens.Take().Is("BEFORE");
            var neighbour = ParseText();
            change = isBefore ? change with { Before = neighbour } : change with { After = neighbour };
        }

        AddTypeChange(name, change);
    }

    /// <summary>RENAME TO and SET SCHEMA; owners and attributes of composite types change nothing here.</summary>
    private void ParseRenameOfType(ObjectName name)
    {
        if (Tokens.AcceptAll("RENAME", "TO"))
        {
            var newName = ParseName("the new name");
            AddTypeChange(name, new RenameType(_path.CreateType(name with { Name = newName.Text })));
        }
        else if (Tokens.AcceptAll("SET", "SCHEMA"))
        {
            var schema = ParseName("a schema");
            AddTypeChange(name, new RenameType(_path.CreateType(name with { Schema = schema.Text })));
        }
        else
        {
            SkipRest();
        }
    }

    private void ParseAlterDomain()
    {
        Tokens.Take();
        var name = _path.FindType(ParseObjectName("a domain name"));
        var first = Tokens.Current;
        if (Tokens.AcceptAll("SET", "DEFAULT"))
        {
            var @default = ParseDefault();
            AddTypeChange(name, new SetTypeDefault(@default.Expression == LiteralExpression.Null ? null : @default));
        }
        else if (Tokens.AcceptAll("DROP", "DEFAULT"))
        {
            AddTypeChange(name, new SetTypeDefault(null));
        }
        else if (Tokens.AcceptAll("SET", "NOT", "NULL") || Tokens.AcceptAll("DROP", "NOT", "NULL"))
        {
            AddTypeChange(name, new SetTypeNullable(first.Is("DROP")));
        }
        else if (Tokens.Accept("ADD"))
        {
            if (ParseConstraint() is CheckDefinition check)
            {
                AddTypeChange(name, new AddTypeCheck(check));
            }
        }
        else if (Tokens.AcceptAll("DROP", "CONSTRAINT"))
        {
            var ifExists = AcceptIfExists() || _isBlock;
            AddTypeChange(name, new DropTypeCheck(ParseName("a constraint"), ifExists));
            AcceptCascade();
        }
        else if (Tokens.AtAny("RENAME", "SET") && !Tokens.Peek(1).Is("CONSTRAINT"))
        {
            ParseRenameOfType(name);
        }
        else
        {
            SkipRest();
        }
    }

    private void AddTypeChange(ObjectName name, TypeChange change) =>
        Statements.Add(new AlterType(name, change, Tokens.SpanFrom(StatementStart)));

    private void ParseDropType()
    {
        Tokens.Take();
        var ifExists = AcceptIfExists() || _isBlock;
        var names = ParseList(() => _path.FindType(ParseObjectName("a type name")));
        AcceptCascade();
        Statements.AddRange(names.Select(name => new DropType(name, ifExists, Tokens.SpanFrom(StatementStart))));
    }
}
