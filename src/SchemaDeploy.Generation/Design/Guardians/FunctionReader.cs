using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>The functions of rules, in C#.</summary>
internal sealed class FunctionReader(RuleScope scope, TermReader terms)
{
    private const string Count = "count";

    private static readonly ImmutableArray<string> s_names =
    [
        NeutralFunctions.Abs, NeutralFunctions.Ceiling, NeutralFunctions.Coalesce, Count, NeutralFunctions.Floor,
        NeutralFunctions.Length, NeutralFunctions.Lower, NeutralFunctions.LTrim, NeutralFunctions.Now, NeutralFunctions.Round,
        NeutralFunctions.RTrim, NeutralFunctions.Today, NeutralFunctions.Trim, NeutralFunctions.Upper,
    ];

    /// <summary>The value of a call.</summary>
    public RuleTerm Read(FunctionExpression call) => (NeutralName(call.Name), call.Arguments) switch
    {
        (NeutralFunctions.Now, []) => scope.Now(call),
        (NeutralFunctions.Today, []) => Today(scope, call),
        (Count, [ColumnExpression { Name: var own }]) when own.Equals("own", StringComparison.OrdinalIgnoreCase) => scope.OwnCount(call),
        (Count, _) => throw Arguments(call, "count(own), the number of the caller's own rows, is the only count"),
        (NeutralFunctions.Length, [var text]) => OfText(text, "CharacterCount()") with { Form = ValueForm.Integer, ClrType = "int" },
        (NeutralFunctions.Lower, [var text]) => OfText(text, "ToLowerInvariant()"),
        (NeutralFunctions.Upper, [var text]) => OfText(text, "ToUpperInvariant()"),
        (NeutralFunctions.Trim, [var text]) => OfText(text, "Trim(' ')"),
        (NeutralFunctions.LTrim, [var text]) => OfText(text, "TrimStart(' ')"),
        (NeutralFunctions.RTrim, [var text]) => OfText(text, "TrimEnd(' ')"),
        (NeutralFunctions.Abs, [var number]) => OfNumber(number, "Math.Abs", ""),
        (NeutralFunctions.Floor, [var number]) => OfNumber(number, "Math.Floor", "", isWhole: true),
        (NeutralFunctions.Ceiling, [var number]) => OfNumber(number, "Math.Ceiling", "", isWhole: true),
        (NeutralFunctions.Round, [var number]) => OfNumber(number, "Math.Round", ", MidpointRounding.AwayFromZero", isWhole: true),
        (NeutralFunctions.Round, [var number, var digits]) => OfNumber(
            number, "Math.Round", string.Create(CultureInfo.InvariantCulture, $", {Digits(digits)}, MidpointRounding.AwayFromZero"), isWhole: true),
        (NeutralFunctions.Coalesce, [_, _, ..]) => Coalesce(call),
        var (name, _) when s_names.Contains(name) => throw Arguments(call, $"{name} does not take {call.Arguments.Length} value(s)"),
        _ => throw scope.Error(GuardianDiagnostics.RuleFunction, call, call.Name, Suggestion.For(call.Name, s_names)),
    };

    /// <summary>The current date.</summary>
    public static RuleTerm Today(RuleScope scope, SqlExpression place) =>
        scope.Now(place) with { Form = ValueForm.Date, ClrType = "DateOnly", CSharp = "DateOnly.FromDateTime(now)" };

    // As people know them from their databases.
    private static string NeutralName(string name) => name switch
    {
        "len" or "char_length" or "character_length" => NeutralFunctions.Length,
        "ifnull" or "isnull" => NeutralFunctions.Coalesce,
        "ceil" => NeutralFunctions.Ceiling,
        "getdate" or "getutcdate" or "sysdatetime" or "sysutcdatetime" or "utc_timestamp" or "current_timestamp" => NeutralFunctions.Now,
        "curdate" or "current_date" => NeutralFunctions.Today,
        _ => name,
    };

    private RuleTerm OfText(SqlExpression argument, string call)
    {
        var text = terms.Read(argument);
        return text is { Form: ValueForm.Text, Caller: null, Literal.Kind: not LiteralKind.Null } or { Form: ValueForm.Text, Caller: null, Literal: null }
            ? new RuleTerm(ValueForm.Text, "string", $"{text.Known}.{call}", text.Offset) { Unknowns = text.Unknowns }
            : throw Types(argument, $"text of the row is expected, not {text.Words}");
    }

    private RuleTerm OfNumber(SqlExpression argument, string method, string more, bool isWhole = false)
    {
        var number = terms.Read(argument);
        if (!number.IsNumber)
        {
            throw Types(argument, $"a number is expected, not {number.Words}");
        }

        // A whole number is its own floor.
        return isWhole && number.Form == ValueForm.Integer
            ? number
            : new RuleTerm(number.Form, number.ClrType, $"{method}({(number.IsNullable ? number.Known : number.CSharp)}{more})", number.Offset)
            {
                Unknowns = number.Unknowns,
            };
    }

    private int Digits(SqlExpression argument) =>
        argument is LiteralExpression { Kind: LiteralKind.Number, Text: var text }
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) && digits <= 15
            ? digits
            : throw Types(argument, "a whole number from 0 to 15 is expected");

    private RuleTerm Coalesce(FunctionExpression call)
    {
        var result = terms.Read(call.Arguments[0]);
        foreach (var argument in call.Arguments.Skip(1))
        {
            var next = terms.Read(argument);
            next = next.Literal is null ? next : terms.Adapt(next, result);
            if (result.Literal is not null || !(result.IsNumber && next.IsNumber ? result.Form >= next.Form || next.Form != ValueForm.Floating : result.Form == next.Form))
            {
                throw Types(argument, $"{next.Words} cannot stand in for {result.Words}");
            }

            if (!result.IsKnownUnlessNull)
            {
                throw Types(call.Arguments[0], "coalesce takes columns, not what is computed from them; put it around each of them");
            }

            if (result.Unknowns.IsEmpty)
            {
                return result;
            }

            scope.Doubted.Add(result.CSharp);
            result = Fallback(result, next);
        }

        return result;
    }

    private static RuleTerm Fallback(RuleTerm first, RuleTerm second)
    {
        var isWidened = first.Form == ValueForm.Integer && second.Form == ValueForm.Decimal;
        var csharp = $"{(isWidened ? "(decimal?)" : "")}{first.At(Binding.Sign)} ?? {second.At(Binding.Sum)}";
        return new RuleTerm(isWidened ? ValueForm.Decimal : first.Form, isWidened ? "decimal" : first.ClrType, csharp, first.Offset)
        {
            Binding = Binding.Coalesce,
            IsNullable = second.IsNullable,
            Unknowns = second.Unknowns.IsEmpty ? [] : [RuleTerm.NullTest($"({csharp})")],
            Property = first.Property,
        };
    }

    private RuleError Types(SqlExpression part, string reason) => scope.Error(GuardianDiagnostics.RuleTypes, part, reason);

    private RuleError Arguments(FunctionExpression call, string reason) => scope.Error(GuardianDiagnostics.RuleTypes, call, reason);
}
