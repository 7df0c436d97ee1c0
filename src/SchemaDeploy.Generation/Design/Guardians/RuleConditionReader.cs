using System.Collections.Immutable;
using SchemaDeploy.Generation.Design.Checks;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>
/// Reads the conditions of a rule and writes them in C#. Negations are carried down to the comparisons, where SQL's
/// third truth value can be said in C#: what is unknown passes, negated or not.
/// </summary>
internal sealed class RuleConditionReader(RuleScope scope)
{
    private readonly TermReader _terms = new(scope);

    /// <summary>The condition, or its opposite.</summary>
    /// <exception cref="RuleError">It is none.</exception>
    public RuleCondition Read(SqlExpression expression, bool negated = false)
    {
        scope.EnsureDepth(expression);
        return expression switch
        {
            UnaryExpression { Operator: UnaryOperator.Not } not => Read(not.Operand, !negated),
            BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } binary => negated == (binary.Operator == BinaryOperator.Or)
                ? RuleCondition.All(Read(binary.Left, negated), Read(binary.Right, negated))
                : RuleCondition.Any(Read(binary.Left, negated), Read(binary.Right, negated)),
            BinaryExpression { Operator: <= BinaryOperator.GreaterOrEqual } comparison =>
                Compare(comparison.Left, negated ? Opposite(comparison.Operator) : comparison.Operator, comparison.Right),
            BetweenExpression between => Between(between, between.Negated != negated),
            InExpression within => In(within, within.Negated != negated),
            IsNullExpression isNull => IsNull(isNull, isNull.Negated != negated),
            LikeExpression like => Like(like, like.Negated != negated),
            RegexExpression regex => Matches(regex, regex.Negated != negated),
            LiteralExpression { Kind: LiteralKind.Boolean } literal => RuleCondition.Either((literal.Text == "true") != negated),
            _ => Flag(expression, negated),
        };
    }

    // A column that is true or false says it all by itself.
    private RuleCondition Flag(SqlExpression expression, bool negated)
    {
        var term = _terms.Read(expression);
        if (term is not { Form: ValueForm.Boolean, Literal: null })
        {
            throw scope.Error(GuardianDiagnostics.RuleTypes, expression, $"'{expression}' is {term.Words} where a condition must stand");
        }

        return IsTrue(term, negated);
    }

    private static RuleCondition IsTrue(RuleTerm term, bool negated) => RuleCondition.Of((term.IsNullable, negated) switch
    {
        (true, false) => $"{term.At(Binding.Sum)} is not false",
        (true, true) => $"{term.At(Binding.Sum)} is not true",
        (false, true) => "!" + term.At(Binding.Primary),
        _ => term.At(Binding.Primary),
    });

    private RuleCondition Compare(SqlExpression leftSide, BinaryOperator op, SqlExpression rightSide)
    {
        var (left, right) = (_terms.Read(leftSide), _terms.Read(rightSide));
        if (left.Literal is not null)
        {
            (left, right, op) = (right, left, Flip(op));
        }

        return left.Literal is null
            ? Compare(left, op, right)
            : throw scope.Error(GuardianDiagnostics.RuleTypes, leftSide, "two constants are compared, which says nothing about the row");
    }

    private RuleCondition Compare(RuleTerm left, BinaryOperator op, RuleTerm right)
    {
        (left, right) = Align(left, right);
        var isEquality = op is BinaryOperator.Equal or BinaryOperator.NotEqual;
        if (left.Form is ValueForm.Bytes or ValueForm.Json or ValueForm.List)
        {
            throw new RuleError(GuardianDiagnostics.RuleTypes, left.Offset, $"{left.Words} can only be asked whether it is null");
        }

        if (!isEquality && (!left.IsOrdered || left.Caller is not null || right.Caller is not null))
        {
            throw new RuleError(GuardianDiagnostics.RuleTypes, right.Offset, $"{left.Words} can be equal to something or not, but neither less nor greater");
        }

        if (left.CSharp == right.CSharp)
        {
            throw new RuleError(GuardianDiagnostics.RuleTypes, right.Offset, "a value is compared with itself");
        }

        return (left, right) switch
        {
            ({ Form: ValueForm.Boolean }, { Literal: not null }) => IsTrue(left, (right.CSharp == "true") != (op == BinaryOperator.Equal)),
            ({ Caller: CallerPart.Role }, { Literal: not null }) => HasRole(left, right, op),
            ({ IsNullable: true, IsKnownUnlessNull: true }, { IsConstant: true }) when isEquality || left.Form != ValueForm.Text => Pattern(left, op, right),
            _ => Infix(left, op, right),
        };
    }

    // Both sides in types that C# compares with each other.
    private (RuleTerm Left, RuleTerm Right) Align(RuleTerm left, RuleTerm right)
    {
        if (right.Literal is not null)
        {
            right = _terms.Adapt(right, left);
        }

        return (left, right) switch
        {
            ({ IsNumber: true }, { IsNumber: true }) => TermReader.Unify(left, right),
            ({ Form: ValueForm.Date }, { IsDateTime: true }) => (Midnight(left), right),
            ({ IsDateTime: true }, { Form: ValueForm.Date }) => (left, Midnight(right)),
            ({ IsDateTime: true }, { IsDateTime: true }) => (left, right),
            ({ Caller: CallerPart.Id }, { Form: ValueForm.Text }) => (AsText(left), right),
            ({ Form: ValueForm.Text }, { Caller: CallerPart.Id }) => (left, AsText(right)),
            ({ Form: ValueForm.Enum }, { Form: ValueForm.Enum }) when left.ClrType == right.ClrType => (left, right),
            _ when left.Form == right.Form && left.Form != ValueForm.Enum => (left, right),
            _ => throw new RuleError(GuardianDiagnostics.RuleTypes, right.Offset, $"{left.Words} is compared with {right.Words}"),
        };
    }

    private static RuleTerm Midnight(RuleTerm date) =>
        new(ValueForm.WallClock, "DateTime", $"{date.Known}.ToDateTime(TimeOnly.MinValue)", date.Offset) { Unknowns = date.Unknowns };

    private static RuleTerm AsText(RuleTerm caller) => caller with { Form = ValueForm.Text, ClrType = "string", CSharp = "Caller.Id" };

    private static RuleCondition HasRole(RuleTerm caller, RuleTerm role, BinaryOperator op) =>
        RuleCondition.Of($"{(op == BinaryOperator.Equal ? "" : "!")}Caller.Is({role.CSharp})").OrUnknown(caller.Unknowns);

    private static RuleCondition Pattern(RuleTerm left, BinaryOperator op, RuleTerm right) => RuleCondition.Of(op switch
    {
        BinaryOperator.Equal => $"{left.At(Binding.Sum)} is null or {right.CSharp}",
        BinaryOperator.NotEqual => $"{left.At(Binding.Sum)} != {right.CSharp}",
        _ => $"{left.At(Binding.Sum)} is null or {Symbol(op)} {right.CSharp}",
    });

    private static RuleCondition Infix(RuleTerm left, BinaryOperator op, RuleTerm right)
    {
        var isOrderedText = left.Form == ValueForm.Text && op is not (BinaryOperator.Equal or BinaryOperator.NotEqual);
        return RuleCondition
            .Of(isOrderedText
                ? $"string.CompareOrdinal({left.CSharp}, {right.CSharp}) {Symbol(op)} 0"
                : $"{left.At(Binding.Sum)} {Symbol(op)} {right.At(Binding.Sum)}")
            .OrUnknown(left.Unknowns.Union(right.Unknowns));
    }

    private RuleCondition Between(BetweenExpression between, bool negated)
    {
        var value = _terms.Read(between.Value);
        if (value.Literal is null && value.IsNumber && value.IsKnownUnlessNull)
        {
            var (low, high) = (_terms.Read(between.Low), _terms.Read(between.High));
            if (low.Literal is not null && high.Literal is not null
                && _terms.Adapt(low, value) is { IsConstant: true } from && _terms.Adapt(high, value) is { IsConstant: true } to)
            {
                return RuleCondition.Of((value.IsNullable, negated) switch
                {
                    (true, false) => $"{value.At(Binding.Sum)} is null or (>= {from.CSharp} and <= {to.CSharp})",
                    (true, true) => $"{value.At(Binding.Sum)} is null or < {from.CSharp} or > {to.CSharp}",
                    (false, true) => $"{value.At(Binding.Sum)} is < {from.CSharp} or > {to.CSharp}",
                    _ => $"{value.At(Binding.Sum)} is >= {from.CSharp} and <= {to.CSharp}",
                });
            }
        }

        return negated
            ? RuleCondition.Any(Compare(between.Value, BinaryOperator.Less, between.Low), Compare(between.Value, BinaryOperator.Greater, between.High))
            : RuleCondition.All(
                Compare(between.Value, BinaryOperator.GreaterOrEqual, between.Low), Compare(between.Value, BinaryOperator.LessOrEqual, between.High));
    }

    private RuleCondition In(InExpression within, bool negated)
    {
        if (within.Items.IsEmpty)
        {
            throw scope.Error(GuardianDiagnostics.RuleSyntax, within, "a list behind in has at least one value");
        }

        var value = _terms.Read(within.Value);
        var items = within.Items.Select(_terms.Read).ToList();
        if (value is { Literal: null, Form: not ValueForm.Boolean, Caller: null } && items.TrueForAll(item => item.Literal is not null))
        {
            var constants = items.ConvertAll(item => _terms.Adapt(item, value));
            if (constants.TrueForAll(item => item.IsConstant) && value.IsKnownUnlessNull)
            {
                return OneOf(value, [.. constants.Select(item => item.CSharp).Distinct(StringComparer.Ordinal)], negated);
            }
        }

        var op = negated ? BinaryOperator.NotEqual : BinaryOperator.Equal;
        var comparisons = within.Items.Select(item => Compare(within.Value, op, item));
        return negated ? RuleCondition.All(comparisons) : RuleCondition.Any(comparisons);
    }

    private static RuleCondition OneOf(RuleTerm value, ImmutableArray<string> constants, bool negated)
    {
        var list = string.Join(" or ", constants);
        return RuleCondition.Of((negated, value.IsNullable) switch
        {
            (true, _) when constants.Length == 1 => $"{value.At(Binding.Sum)} != {list}",
            (true, _) => $"{value.At(Binding.Sum)} is not ({list})",
            (false, true) => $"{value.At(Binding.Sum)} is null or {list}",
            _ => $"{value.At(Binding.Sum)} is {list}",
        });
    }

    private RuleCondition IsNull(IsNullExpression isNull, bool negated)
    {
        var value = _terms.Read(isNull.Value);
        var unknowns = value switch
        {
            { Literal: not null } => throw scope.Error(GuardianDiagnostics.RuleTypes, isNull.Value, "a constant is asked whether it is null"),
            { Caller: CallerPart.Id } => ["!Caller.IsAuthenticated"],
            { Caller: CallerPart.Role } => [RuleTerm.NullTest("Caller.Role")],
            _ => value.Unknowns,
        };
        if (!negated)
        {
            return RuleCondition.Any(unknowns.Select(RuleCondition.Of));
        }

        return unknowns.IsEmpty ? RuleCondition.Always : RuleCondition.Of(Refuted([.. unknowns]));
    }

    // x is null → x is not null
    private static string Refuted(string[] conditions) => conditions switch
    {
        [['!', .. var name]] => name,
        [var single] when single.EndsWith(" is null", StringComparison.Ordinal) => single[..^"null".Length] + "not null",
        _ => $"!({string.Join(" || ", conditions)})",
    };

    private RuleCondition Like(LikeExpression like, bool negated)
    {
        var (value, pattern) = (TextOf(like.Value), PatternOf(like.Pattern));
        if (like.Escape is not null && ColumnLiterals.Of(like.Escape) is not { Text.Length: 1 })
        {
            throw scope.Error(GuardianDiagnostics.RuleTypes, like.Escape, "one character is expected behind escape");
        }

        var hasSets = scope.Dialect == SchemaDialect.TSql;
        char? escape = like.Escape is null ? hasSets ? null : '\\' : ColumnLiterals.Of(like.Escape)!.Text[0];
        var call = Simple(pattern, escape, hasSets) is var (method, text)
            ? $"{value.Known}.{method}({CSharpText.Quote(text)}, StringComparison.{(IgnoresCase ? "OrdinalIgnoreCase" : "Ordinal")})"
            : Patterns.FromLike(pattern, escape, hasSets) is { } regex
                ? $"{scope.AddPattern(regex, IgnoresCase)}().IsMatch({value.CSharp})"
                : throw scope.Error(GuardianDiagnostics.RuleTypes, like.Pattern, $"the pattern '{pattern}' is not well formed");
        return RuleCondition.Of((negated ? "!" : "") + call).OrUnknown(value.Unknowns);
    }

    // Most patterns ask for a beginning, an end or a part, which C# has words for.
    private static (string Method, string Text)? Simple(string pattern, char? escape, bool hasSets)
    {
        var text = pattern.Trim('%');
        if (text.Length == 0 || text.Any(c => c is '%' or '_' || c == escape || (hasSets && c == '[')))
        {
            return null;
        }

        return (pattern[0] == '%', pattern[^1] == '%') switch
        {
            (true, true) => ("Contains", text),
            (true, false) => ("EndsWith", text),
            (false, true) => ("StartsWith", text),
            _ => ("Equals", text),
        };
    }

    private RuleCondition Matches(RegexExpression regex, bool negated)
    {
        var (value, pattern) = (TextOf(regex.Value), PatternOf(regex.Pattern));
        return Patterns.IsPortable(pattern)
            ? RuleCondition.Of($"{(negated ? "!" : "")}{scope.AddPattern(pattern, IgnoresCase)}().IsMatch({value.CSharp})").OrUnknown(value.Unknowns)
            : throw scope.Error(
                GuardianDiagnostics.RuleTypes, regex.Pattern, $"'{pattern}' is no regular expression that means the same everywhere");
    }

    // As the checks of the schema: the usual collations of MySQL and SQL Server take a for A in patterns.
    private bool IgnoresCase => scope.Dialect != SchemaDialect.PostgreSql;

    private RuleTerm TextOf(SqlExpression expression)
    {
        var value = _terms.Read(expression);
        return value is { Form: ValueForm.Text, Literal: null, Caller: null }
            ? value
            : throw scope.Error(GuardianDiagnostics.RuleTypes, expression, $"only text of the row has a pattern, not {value.Words}");
    }

    private string PatternOf(SqlExpression expression) => expression is LiteralExpression { Kind: LiteralKind.String, Text: var text }
        ? text
        : throw scope.Error(GuardianDiagnostics.RuleTypes, expression, "a pattern is a text in single quotes");

    private static BinaryOperator Opposite(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => BinaryOperator.NotEqual,
        BinaryOperator.NotEqual => BinaryOperator.Equal,
        BinaryOperator.Less => BinaryOperator.GreaterOrEqual,
        BinaryOperator.LessOrEqual => BinaryOperator.Greater,
        BinaryOperator.Greater => BinaryOperator.LessOrEqual,
        _ => BinaryOperator.Less,
    };

    private static BinaryOperator Flip(BinaryOperator op) => op switch
    {
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        _ => op,
    };

    private static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        _ => ">=",
    };
}
