using System.Globalization;
using SchemaDeploy.Schema.Dialects.Reading;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Dialects.PostgreSql;

/// <summary>Sequences, and the numbering of identity columns, which has the same options.</summary>
internal sealed partial class PostgreSqlParser
{
    /// <summary>The options that say what numbers come; null where they are not given.</summary>
    private readonly record struct SequenceOptions(long? Start, long? Increment);

    private void ParseCreateSequence()
    {
        Tokens.Take();
        var ifNotExists = AcceptIfNotExists() || _isBlock;
        var name = _path.CreateRelation(ParseObjectName("a sequence name"));
        var (start, increment) = ParseSequenceOptions();
        var sequence = new CreateSequence(
            name, start ?? (increment < 0 ? -1 : 1), increment ?? 1, Tokens.SpanFrom(StatementStart))
        {
            IfNotExists = ifNotExists,
        };
        Statements.Add(sequence);
    }

    private SequenceOptions ParseSequenceOptions()
    {
        var options = default(SequenceOptions);
        long? least = null;
        while (!Tokens.AtEndOfStatement && !Tokens.AtSymbol(")") && !StartsStatement())
        {
            var option = Tokens.TakeWord("an option of the sequence");
            switch (option.Keyword)
            {
                case "START" or "RESTART":
                    Tokens.Accept("WITH");
                    options = options with { Start = AcceptNumber() ?? options.Start };
                    break;
                case "INCREMENT":
                    Tokens.Accept("BY");
                    options = options with { Increment = AcceptNumber() ?? throw Tokens.Unexpected("a number") };
                    break;
                case "MINVALUE":
                    least = AcceptNumber();
                    break;
                case "MAXVALUE" or "CACHE":
                    AcceptNumber();
                    break;
                case "NO":
                    Tokens.TakeWord("MINVALUE, MAXVALUE or CYCLE");
                    break;
                case "AS":
                    _types.Parse();
                    break;
                case "OWNED":
                    Tokens.Expect("BY");
                    ParseObjectName("a column");
                    break;
                case "SEQUENCE":
                    // pg_dump names the sequence of an identity column.
                    Tokens.Expect("NAME");
                    ParseObjectName("a sequence name");
                    break;
                case "CYCLE" or "LOGGED" or "UNLOGGED":
                    break;
                default:
                    var hint = Hint(option.Text, ["START", "INCREMENT", "MINVALUE", "MAXVALUE", "CACHE", "CYCLE", "OWNED", "AS", "NO"]);
                    throw Tokens.Fail(option, $"expected an option of the sequence, found {TokenReader.Describe(option)}{hint}");
            }
        }

        return options.Start is null && options.Increment is not < 0 ? options with { Start = least } : options;
    }

    private long? AcceptNumber()
    {
        var isNegative = Tokens.AcceptSymbol("-");
        if (!isNegative)
        {
            Tokens.AcceptSymbol("+");
        }

        if (Tokens.Current.Kind != TokenKind.Number)
        {
            return null;
        }

        var number = Tokens.Take();
        return long.TryParse(isNegative ? "-" + number.Text : number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Tokens.Fail(number, $"{TokenReader.Describe(number)} is no number to count from");
    }

    private void ParseAlterSequence()
    {
        Tokens.Take();
        var ifExists = AcceptIfExists() || _isBlock;
        var name = ParseRelation("a sequence name");
        if (Tokens.AcceptAll("RENAME", "TO"))
        {
            var newName = ParseName("the new name");
            Alter(name with { Name = newName.Text }, default);
        }
        else if (Tokens.AcceptAll("SET", "SCHEMA"))
        {
            Alter(name with { Schema = ParseName("a schema").Text }, default);
        }
        else if (Tokens.AtAny("OWNER", "SET"))
        {
            SkipRest();
        }
        else
        {
            var options = ParseSequenceOptions();
            if (options != default)
            {
                Alter(name, options);
            }
        }

        void Alter(ObjectName newName, SequenceOptions options) => Statements.Add(
            new AlterSequence(name, _path.CreateRelation(newName), options.Start, options.Increment, ifExists, Tokens.SpanFrom(StatementStart)));
    }

    private void ParseDropSequence()
    {
        Tokens.Take();
        var ifExists = AcceptIfExists() || _isBlock;
        var names = ParseList(() => ParseRelation("a sequence name"));
        AcceptCascade();
        Statements.AddRange(names.Select(name => new DropSequence(name, ifExists, Tokens.SpanFrom(StatementStart))));
    }
}
