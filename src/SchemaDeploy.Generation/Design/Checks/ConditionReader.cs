using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Checks;

/// <summary>Reads conditions of checks as rules. A check holds where it is unknown, as rules hold for null.</summary>
internal sealed class ConditionReader(ResourceDraft draft, SchemaDialect dialect)
{
    /// <summary>The conditions that all have to hold.</summary>
    public static IEnumerable<SqlExpression> Conjuncts(SqlExpression expression)
    {
        var pending = new Stack<SqlExpression>([expression]);
        while (pending.TryPop(out var current))
        {
            if (current is BinaryExpression { Operator: BinaryOperator.And } and)
            {
                pending.Push(and.Right);
                pending.Push(and.Left);
            }
            else
            {
                yield return current;
            }
        }
    }

    /// <summary>The condition in the form of rules, or null where it has none.</summary>
    public Condition? Read(SqlExpression expression) => expression switch
    {
        UnaryExpression { Operator: UnaryOperator.Not } not => Negate(not.Operand) is { } negated ? Read(negated) : null,
        BinaryExpression { Operator: BinaryOperator.Or } or => ReadOr(or),
        BinaryExpression comparison when KindOf(comparison.Operator) is { } kind => ReadComparison(comparison.Left, kind, comparison.Right),
        BetweenExpression { Negated: false } between => Combine(
            ReadComparison(between.Value, ComparisonKind.GreaterOrEqual, between.Low),
            ReadComparison(between.Value, ComparisonKind.LessOrEqual, between.High)),
        InExpression @in => ReadIn(@in.Value, @in.Items, @in.Negated),
        LikeExpression { Negated: false } like => ReadLike(like),
        RegexExpression { Negated: false } regex => ReadRegex(regex),
        _ => null,
    };

    private static SqlExpression? Negate(SqlExpression operand) => operand switch
    {
        UnaryExpression { Operator: UnaryOperator.Not } not => not.Operand,
        InExpression @in => @in with { Negated = !@in.Negated },
        BetweenExpression { Negated: true } between => between with { Negated = false },
        LikeExpression { Negated: true } like => like with { Negated = false },
        BinaryExpression binary => binary.Operator switch
        {
            BinaryOperator.Equal => binary with { Operator = BinaryOperator.NotEqual },
            BinaryOperator.NotEqual => binary with { Operator = BinaryOperator.Equal },
            BinaryOperator.Less => binary with { Operator = BinaryOperator.GreaterOrEqual },
            BinaryOperator.LessOrEqual => binary with { Operator = BinaryOperator.Greater },
            BinaryOperator.Greater => binary with { Operator = BinaryOperator.LessOrEqual },
            BinaryOperator.GreaterOrEqual => binary with { Operator = BinaryOperator.Less },
            _ => null,
        },
        _ => null,
    };

    // "x is null or …" adds nothing to a rule over x, and "x = 1 or x = 2" is a list.
    private Condition? ReadOr(BinaryExpression or)
    {
        var branches = Disjuncts(or);
        var nullable = branches.OfType<IsNullExpression>().Where(isNull => !isNull.Negated).Select(isNull => ColumnOf(isNull.Value)).ToList();
        var others = branches.Where(branch => branch is not IsNullExpression { Negated: false }).ToList();
        if (others is [var single])
        {
            return Read(single) switch
            {
                ColumnCondition condition when nullable.All(column => column == condition.Column) => condition,
                ComparedColumns compared when nullable.All(column => column == compared.Left || column == compared.Right) => compared,
                _ => null,
            };
        }

        var column = others.Count == 0 ? null : EqualsOf(others[0])?.Column ?? (others[0] is LikeExpression like ? ColumnOf(like.Value) : null);
        if (column is null || nullable.Any(name => name != column))
        {
            return null;
        }

        return others.TrueForAll(branch => EqualsOf(branch)?.Column == column)
            ? ReadIn(new ColumnExpression(column), [.. others.SelectMany(branch => EqualsOf(branch)!.Value.Values)], negated: false)
            : ReadAlternatives(column, others);
    }

    // "x in ('a', 'b') or x like 'c%'" is one pattern.
    private ColumnCondition? ReadAlternatives(string column, List<SqlExpression> branches)
    {
        var patterns = new List<string>();
        foreach (var branch in branches)
        {
            if (EqualsOf(branch) is { } equals && equals.Column == column && ReadIn(new ColumnExpression(column), equals.Values, negated: false) is not null
                && TextColumnOf(new ColumnExpression(column)) is not null)
            {
                patterns.AddRange(equals.Values.Select(value => Patterns.Of(ColumnLiterals.Of(value)!.Text)));
            }
            else if (branch is LikeExpression { Negated: false, Value: ColumnExpression } like && ReadLike(like) is { } condition && condition.Column == column)
            {
                patterns.Add(condition.Rules[0].Pattern!);
            }
            else
            {
                return null;
            }
        }

        return new ColumnCondition(column, [TypeRules.Pattern(Patterns.AnyOf(patterns), IgnoresCase(column))]);
    }

    private static List<SqlExpression> Disjuncts(SqlExpression expression)
    {
        var branches = new List<SqlExpression>();
        var pending = new Stack<SqlExpression>([expression]);
        while (pending.TryPop(out var current))
        {
            if (current is BinaryExpression { Operator: BinaryOperator.Or } or)
            {
                pending.Push(or.Right);
                pending.Push(or.Left);
            }
            else
            {
                branches.Add(current);
            }
        }

        return branches;
    }

    private (string Column, ImmutableArray<SqlExpression> Values)? EqualsOf(SqlExpression branch) => branch switch
    {
        BinaryExpression { Operator: BinaryOperator.Equal } equal when ColumnOf(equal.Left) is { } column => (column, [equal.Right]),
        BinaryExpression { Operator: BinaryOperator.Equal } equal when ColumnOf(equal.Right) is { } column => (column, [equal.Left]),
        InExpression { Negated: false } @in when ColumnOf(@in.Value) is { } column => (column, @in.Items),
        _ => null,
    };

    private Condition? ReadComparison(SqlExpression left, ComparisonKind kind, SqlExpression right)
    {
        if (ColumnLiterals.Of(left) is not null)
        {
            return ColumnLiterals.Of(right) is null ? ReadComparison(right, Flip(kind), left) : null;
        }

        if (ColumnOf(left) is not { } column)
        {
            return ReadLength(left, kind, right);
        }

        return ColumnOf(right) is { } other ? ReadColumns(column, kind, other) : ReadBound(column, kind, right);
    }

    private ComparedColumns? ReadColumns(string left, ComparisonKind kind, string right)
    {
        var (a, b) = (draft.Properties[left], draft.Properties[right]);
        var isComparable = a.ClrType == b.ClrType && a.Form == b.Form && left != right
            && (kind is ComparisonKind.Equal or ComparisonKind.NotEqual
                ? a.Form is not (ValueForm.Json or ValueForm.Bytes or ValueForm.List or ValueForm.Text)
                : a.Form is ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating or ValueForm.Date or ValueForm.Time
                    or ValueForm.WallClock or ValueForm.Moment or ValueForm.Duration);
        return isComparable ? new ComparedColumns(left, kind, right) : null;
    }

    private ColumnCondition? ReadBound(string column, ComparisonKind kind, SqlExpression bound)
    {
        var property = draft.Properties[column];
        if (ValueOf(column, bound) is not { } value)
        {
            return null;
        }

        if (property.Form == ValueForm.Text && kind is not ComparisonKind.Equal)
        {
            // Which text is less than another is for collations to say; that there is some text is not.
            return kind is ComparisonKind.NotEqual or ComparisonKind.Greater && value.Json == "\"\""
                ? new ColumnCondition(column, [new(RuleKind.MinLength) { Length = 1 }])
                : null;
        }

        var isOrdered = property.Form is ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating or ValueForm.Date or ValueForm.Time
            or ValueForm.WallClock or ValueForm.Moment;
        return kind switch
        {
            ComparisonKind.Equal => new(column, [new(RuleKind.OneOf) { Values = [value] }]),
            ComparisonKind.NotEqual => new(column, [new(RuleKind.NotEqual) { Bound = value }]),
            _ when isOrdered => new(column, [new(RuleOf(kind)) { Bound = value }]),
            _ => null,
        };
    }

    private ColumnCondition? ReadIn(SqlExpression tested, ImmutableArray<SqlExpression> items, bool negated)
    {
        if (ColumnOf(tested) is not { } column)
        {
            return null;
        }

        var values = ImmutableArray.CreateBuilder<RuleValue>(items.Length);
        foreach (var item in items)
        {
            if (ValueOf(column, item) is not { } value)
            {
                return null;
            }

            if (!values.Contains(value))
            {
                values.Add(value);
            }
        }

        return new ColumnCondition(column, [new(negated ? RuleKind.NoneOf : RuleKind.OneOf) { Values = values.ToImmutable() }]);
    }

    private ColumnCondition? ReadLength(SqlExpression left, ComparisonKind kind, SqlExpression right)
    {
        // An empty text is all that a trimmed one must not be.
        if (left is FunctionExpression { Name: NeutralFunctions.Trim or NeutralFunctions.LTrim or NeutralFunctions.RTrim, Arguments: [var trimmed] }
            && kind is ComparisonKind.NotEqual or ComparisonKind.Greater
            && ColumnLiterals.Of(right) is { Kind: LiteralKind.String, Text: "" })
        {
            return NotBlank(trimmed);
        }

        if (left is not FunctionExpression { Name: NeutralFunctions.Length, Arguments: [var measured] }
            || ColumnLiterals.Of(right) is not { Kind: LiteralKind.Number } literal
            || !int.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var length)
            || length is < 0 or int.MaxValue)
        {
            return null;
        }

        if (measured is FunctionExpression { Name: NeutralFunctions.Trim, Arguments: [var inner] })
        {
            return (kind, length) is (ComparisonKind.Greater or ComparisonKind.NotEqual, 0) or (ComparisonKind.GreaterOrEqual, 1)
                ? NotBlank(inner)
                : null;
        }

        if (ColumnOf(measured) is not { } column || draft.Properties[column].Form != ValueForm.Text)
        {
            return null;
        }

        return kind switch
        {
            ComparisonKind.Equal => new(column, [MinLength(length), MaxLength(length)]),
            ComparisonKind.Greater => new(column, [MinLength(length + 1)]),
            ComparisonKind.GreaterOrEqual => new(column, [MinLength(length)]),
            ComparisonKind.Less when length > 0 => new(column, [MaxLength(length - 1)]),
            ComparisonKind.LessOrEqual => new(column, [MaxLength(length)]),
            ComparisonKind.NotEqual when length == 0 => new(column, [MinLength(1)]),
            _ => null,
        };
    }

    private ColumnCondition? NotBlank(SqlExpression tested) => ColumnOf(tested) is { } column && draft.Properties[column].Form == ValueForm.Text
        ? new ColumnCondition(column, [TypeRules.Pattern("[^ ]")])
        : null;

    private ColumnCondition? ReadLike(LikeExpression like)
    {
        // What is in small letters is like a pattern in small letters: so ILIKE is read.
        var value = like.Value is FunctionExpression { Name: NeutralFunctions.Lower, Arguments: [var inner] } ? inner : like.Value;
        var isLowered = !ReferenceEquals(value, like.Value);
        if (TextColumnOf(value) is not { } column
            || ColumnLiterals.Of(like.Pattern) is not { Kind: LiteralKind.String } pattern
            || (isLowered && pattern.Text.Any(char.IsUpper))
            || (like.Escape is not null && ColumnLiterals.Of(like.Escape) is not { Text.Length: 1 }))
        {
            return null;
        }

        char? escape = like.Escape is null ? dialect == SchemaDialect.TSql ? null : '\\' : ColumnLiterals.Of(like.Escape)!.Text[0];
        return Patterns.FromLike(pattern.Text, escape, hasSets: dialect == SchemaDialect.TSql) is { } text
            ? new ColumnCondition(column, [TypeRules.Pattern(text, isLowered || IgnoresCase(column))])
            : null;
    }

    private ColumnCondition? ReadRegex(RegexExpression regex)
    {
        if (TextColumnOf(regex.Value) is not { } column || ColumnLiterals.Of(regex.Pattern) is not { Kind: LiteralKind.String, Text: var pattern })
        {
            return null;
        }

        var ignoresCase = pattern.StartsWith(Patterns.IgnoreCase, StringComparison.Ordinal);
        return Patterns.ToPortable(ignoresCase ? pattern[Patterns.IgnoreCase.Length..] : pattern) is { } portable
            ? new ColumnCondition(column, [TypeRules.Pattern(portable, ignoresCase || IgnoresCase(column))])
            : null;
    }

    // The usual collations of MySQL and SQL Server take a for A.
    private bool IgnoresCase(string column) => dialect != SchemaDialect.PostgreSql || draft.Properties[column].IgnoresCase;

    private static ColumnCondition? Combine(Condition? first, Condition? second) =>
        first is ColumnCondition a && second is ColumnCondition b && a.Column == b.Column
            ? new ColumnCondition(a.Column, [.. a.Rules, .. b.Rules])
            : null;

    private RuleValue? ValueOf(string column, SqlExpression expression)
    {
        var type = PropertyTypes.Of(draft.Facts.Find(column)!)!;
        return ColumnLiterals.Read(expression, type, draft.Properties[column].Enum)?.Value;
    }

    /// <summary>The column, by the name that its table gives it, that the expression is.</summary>
    private string? ColumnOf(SqlExpression expression) =>
        expression is ColumnExpression column && draft.Facts.Find(column.Name) is { } found && draft.Properties.ContainsKey(found.Name)
            ? found.Name
            : null;

    private string? TextColumnOf(SqlExpression expression) =>
        ColumnOf(expression) is { } column && draft.Properties[column].Form == ValueForm.Text ? column : null;

    private static PropertyRule MinLength(int length) => new(RuleKind.MinLength) { Length = length };

    private static PropertyRule MaxLength(int length) => new(RuleKind.MaxLength) { Length = length };

    private static RuleKind RuleOf(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => RuleKind.LessThan,
        ComparisonKind.LessOrEqual => RuleKind.Maximum,
        ComparisonKind.Greater => RuleKind.GreaterThan,
        _ => RuleKind.Minimum,
    };

    private static ComparisonKind? KindOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => ComparisonKind.Equal,
        BinaryOperator.NotEqual => ComparisonKind.NotEqual,
        BinaryOperator.Less => ComparisonKind.Less,
        BinaryOperator.LessOrEqual => ComparisonKind.LessOrEqual,
        BinaryOperator.Greater => ComparisonKind.Greater,
        BinaryOperator.GreaterOrEqual => ComparisonKind.GreaterOrEqual,
        _ => null,
    };

    private static ComparisonKind Flip(ComparisonKind kind) => kind switch
    {
        ComparisonKind.Less => ComparisonKind.Greater,
        ComparisonKind.LessOrEqual => ComparisonKind.GreaterOrEqual,
        ComparisonKind.Greater => ComparisonKind.Less,
        ComparisonKind.GreaterOrEqual => ComparisonKind.LessOrEqual,
        _ => kind,
    };
}
