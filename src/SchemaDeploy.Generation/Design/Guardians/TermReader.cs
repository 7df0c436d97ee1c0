using System.Globalization;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>Reads the values of a rule and writes them in C#.</summary>
internal sealed class TermReader(RuleScope scope)
{
    /// <summary>The value that <paramref name="expression"/> is.</summary>
    /// <exception cref="RuleError">It is none.</exception>
    public RuleTerm Read(SqlExpression expression)
    {
        scope.EnsureDepth(expression);
        return expression switch
        {
            LiteralExpression literal => Literal(literal, expression),
            UnaryExpression { Operator: UnaryOperator.Negate } negate => Negate(negate),
            ColumnExpression column => Column(column),
            QualifiedExpression qualified => Qualified(qualified),
            BinaryExpression { Operator: >= BinaryOperator.Add } binary => Arithmetic(binary),
            FunctionExpression function => new FunctionReader(scope, this).Read(function),
            CaseExpression => throw Types(expression, "case … end cannot be used; write the condition with and, or and not"),
            CastExpression => throw Types(expression, "cast(…) cannot be used; values keep the types of their columns"),
            BinaryExpression { Operator: BinaryOperator.Concat or BinaryOperator.BitAnd or BinaryOperator.BitOr or BinaryOperator.BitXor } binary =>
                throw Types(expression, $"the operator {Symbol(binary.Operator)} cannot be used"),
            UnaryExpression { Operator: UnaryOperator.BitNot } => throw Types(expression, "the operator ~ cannot be used"),
            _ => throw Types(expression, $"'{expression}' is a condition where a value must stand"),
        };
    }

    /// <summary>A literal in the form of the value that it meets.</summary>
    /// <exception cref="RuleError">The literal is no such value.</exception>
    public RuleTerm Adapt(RuleTerm literal, RuleTerm target)
    {
        var (kind, text) = (literal.Literal!.Kind, literal.Literal.Text);
        return (target.Form, kind) switch
        {
            (_, LiteralKind.Null) => throw Mismatch(literal, "nothing is equal to null or less than it; write 'is null' or 'is not null'"),
            (ValueForm.Integer or ValueForm.Decimal or ValueForm.Floating, LiteralKind.Number) => Number(literal, target),
            (ValueForm.Boolean, LiteralKind.Boolean) => literal,
            (ValueForm.Boolean, LiteralKind.Number) when text is "0" or "1" => literal with { Form = ValueForm.Boolean, CSharp = text == "1" ? "true" : "false" },
            (ValueForm.Duration, LiteralKind.Duration) => literal,
            (ValueForm.Text, LiteralKind.String) => Text(literal, target),
            (ValueForm.Date or ValueForm.Time or ValueForm.WallClock or ValueForm.Moment or ValueForm.Uuid or ValueForm.Enum, LiteralKind.String) =>
                Typed(literal, target),
            _ => throw Mismatch(literal, $"{Words(literal)} meets {target.Words}"),
        };
    }

    /// <summary>Brings two numbers to types that C# computes and compares with each other.</summary>
    public static (RuleTerm Left, RuleTerm Right) Unify(RuleTerm left, RuleTerm right) => (left.Form, right.Form) switch
    {
        (ValueForm.Decimal, ValueForm.Floating) => (Cast(left, "double", ValueForm.Floating), right),
        (ValueForm.Floating, ValueForm.Decimal) => (left, Cast(right, "double", ValueForm.Floating)),
        _ => (left, right),
    };

    private RuleTerm Literal(LiteralExpression literal, SqlExpression place)
    {
        var offset = scope.OffsetOf(place);
        return literal.Kind switch
        {
            LiteralKind.Number => Number(literal, place),
            LiteralKind.String => new(ValueForm.Text, "string", CSharpText.Quote(literal.Text), offset) { Literal = literal, IsConstant = true },
            LiteralKind.Boolean => new(ValueForm.Boolean, "bool", literal.Text, offset) { Literal = literal, IsConstant = true },
            LiteralKind.Duration => Durations.Read(literal.Text) is not null
                ? new(ValueForm.Duration, "TimeSpan", Durations.CSharp(literal.Text), offset) { Literal = literal }
                : throw Types(place, $"'{literal.Text}' is no length of time up to a hundred years"),
            LiteralKind.Null => new(ValueForm.Text, "string", "null", offset) { Literal = literal },
            _ => throw Types(place, "bytes cannot be compared"),
        };
    }

    private RuleTerm Number(LiteralExpression literal, SqlExpression place)
    {
        if (!decimal.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw Types(place, $"the number {literal.Text} is too large");
        }

        var isWhole = decimal.Truncate(number) == number && number is >= long.MinValue and <= long.MaxValue;
        var digits = number.ToString(isWhole ? "0" : null, CultureInfo.InvariantCulture);
        var csharp = !isWhole ? digits + "m" : number is >= int.MinValue and <= int.MaxValue ? digits : ColumnLiterals.OfInteger(digits, "long");
        return new RuleTerm(isWhole ? ValueForm.Integer : ValueForm.Decimal, isWhole ? "long" : "decimal", csharp, scope.OffsetOf(place))
        {
            Literal = new LiteralExpression(LiteralKind.Number, digits),
            IsConstant = true,
            Binding = number < 0 ? Binding.Sign : Binding.Primary,
        };
    }

    // A constant of a pattern must fit into the type that it is matched with.
    private static RuleTerm Number(RuleTerm literal, RuleTerm target)
    {
        var number = decimal.Parse(literal.Literal!.Text, CultureInfo.InvariantCulture);
        return target.Form switch
        {
            ValueForm.Decimal => literal with { Form = ValueForm.Decimal, CSharp = literal.Literal.Text + "m" },
            ValueForm.Floating => literal with
            {
                Form = ValueForm.Floating,
                CSharp = target.ClrType == "float"
                    ? ((float)number).ToString("R", CultureInfo.InvariantCulture) + "f"
                    : ((double)number).ToString("R", CultureInfo.InvariantCulture) + "d",
            },
            _ when literal.Form != ValueForm.Integer => literal with { IsConstant = false },
            _ when number >= PropertyTypes.MinimumOf(target.ClrType) && number <= PropertyTypes.MaximumOf(target.ClrType) => literal,
            _ => literal with { CSharp = literal.Literal.Text + "m", IsConstant = false },
        };
    }

    private RuleTerm Text(RuleTerm literal, RuleTerm target)
    {
        var text = literal.Literal!.Text;
        if (target.Caller == CallerPart.Role)
        {
            return scope.Caller.Roles.Contains(text, StringComparer.OrdinalIgnoreCase) ? literal : throw NoValue(literal, "caller.role", scope.Caller.Roles);
        }

        // A check that lists the values of a column makes it as good as an enum.
        var allowed = target.Property?.Rules.Where(rule => rule.Kind == RuleKind.OneOf).SelectMany(rule => rule.Values).ToList();
        return allowed is not { Count: > 0 } || allowed.Any(value => value.CSharp == literal.CSharp)
            ? literal
            : throw NoValue(literal, $"'{target.Property!.ColumnName}'", allowed.Select(value => value.CSharp.Trim('"')));
    }

    private static RuleTerm Typed(RuleTerm literal, RuleTerm target)
    {
        var isValueType = target.Form != ValueForm.Text;
        if (ColumnLiterals.Read(literal.Literal!, new PropertyType(target.Form, target.ClrType, isValueType), target.Property?.Enum) is { } read)
        {
            return literal with
            {
                Form = target.Form,
                ClrType = target.ClrType,
                CSharp = read.Value.CSharp,
                IsConstant = target.Form == ValueForm.Enum,
            };
        }

        throw target.Property?.Enum is { } @enum
            ? NoValue(literal, $"'{target.Property.ColumnName}'", @enum.Members.Select(member => member.Text))
            : NoValue(literal, target.Words, []);
    }

    private RuleTerm Negate(UnaryExpression negate)
    {
        if (ColumnLiterals.Of(negate) is { } literal)
        {
            return Literal(literal, negate);
        }

        var operand = Read(negate.Operand);
        return operand.IsNumber
            ? operand with { CSharp = "-" + operand.At(Binding.Primary), Binding = Binding.Sign, Unknowns = operand.Unknowns, Property = null }
            : throw Types(negate.Operand, $"{operand.Words} has no negative");
    }

    private RuleTerm Column(ColumnExpression name)
    {
        if (scope.Find(name.Name) is not { } column)
        {
            return name.Name.ToLowerInvariant() switch
            {
                "role" => OfCaller(CallerPart.Role, name),
                "id" => OfCaller(CallerPart.Id, name),
                "current_timestamp" => scope.Now(name),
                "current_date" => FunctionReader.Today(scope, name),
                _ => throw scope.Missing(name.Name, name.Name, name),
            };
        }

        return column.Generated is { } generated && scope.IsAboutNewValues
            ? scope.InPlaceOf(name, () => Read(generated.Expression))
            : scope.RowProperty(column, name);
    }

    private RuleTerm Qualified(QualifiedExpression name) => (name.Qualifier, name.Name.ToLowerInvariant()) switch
    {
        ("old", _) => scope.OldProperty(name.Name, name),
        ("caller", "role") => OfCaller(CallerPart.Role, name),
        ("caller", "id") => OfCaller(CallerPart.Id, name),
        ("caller", _) => throw scope.Error(
            GuardianDiagnostics.RuleColumnMissing, name, "caller." + name.Name, "caller", " Of the caller there are caller.id and caller.role."),
        _ => throw scope.Error(
            GuardianDiagnostics.RuleColumnMissing, name, $"{name.Qualifier}.{name.Name}", name.Qualifier,
            Suggestion.Nearest(name.Qualifier, ["old", "caller"]) is { } nearest
                ? $" Did you mean '{nearest}.{name.Name}'?"
                : " Rules know the row itself, old.column and caller.id or caller.role."),
    };

    // The application acting for itself is nobody, and held to no rule about somebody.
    private RuleTerm OfCaller(CallerPart part, SqlExpression place) => part == CallerPart.Role
        ? new RuleTerm(ValueForm.Text, "string", "Caller.Role", scope.OffsetOf(place)) { Caller = part, IsNullable = true, Unknowns = ["Caller.IsSystem"] }
        : new RuleTerm(
            scope.Caller.KeyForm, scope.Caller.KeyType,
            scope.Caller.KeyForm == ValueForm.Text ? "Caller.Id" : $"Caller.KeyOrNull<{scope.Caller.KeyType}>()", scope.OffsetOf(place))
        {
            Caller = part,
            IsNullable = true,
            Unknowns = ["Caller.IsSystem"],
        };

    private RuleTerm Arithmetic(BinaryExpression binary)
    {
        var (left, right) = (Read(binary.Left), Read(binary.Right));
        return (left, right) switch
        {
            ({ Literal.Kind: LiteralKind.Null }, _) or (_, { Literal.Kind: LiteralKind.Null }) => throw Types(binary, "null cannot be computed with"),
            ({ IsNumber: true }, { IsNumber: true }) => Compute(binary, left, right),
            _ => TimeArithmetic.Compute(binary.Operator, left, right)
                ?? throw Types(binary.Right, $"{left.Words} {Symbol(binary.Operator)} {right.Words} has no meaning"),
        };
    }

    private RuleTerm Compute(BinaryExpression binary, RuleTerm left, RuleTerm right)
    {
        var op = binary.Operator;
        var isDivision = op is BinaryOperator.Divide or BinaryOperator.Modulo;
        if (isDivision && right.Literal is { Text: "0" })
        {
            throw Types(binary.Right, "nothing can be divided by 0");
        }

        // Whole numbers are computed as decimals, which do not wrap around; MySQL divides them so too.
        var isWholeDivision = op == BinaryOperator.Modulo || (op == BinaryOperator.Divide && scope.Dialect != SchemaDialect.MySql);
        if (left.Form == ValueForm.Integer && right.Form == ValueForm.Integer && !isWholeDivision)
        {
            (left, right) = right.Literal is null ? (AsDecimal(left), right) : (left, AsDecimal(right));
        }

        left = left.Literal is null ? left : Number(left, right);
        right = right.Literal is null ? right : Number(right, left);
        (left, right) = Unify(left, right);
        var binding = op is BinaryOperator.Add or BinaryOperator.Subtract ? Binding.Sum : Binding.Product;
        var unknowns = left.Unknowns.Union(right.Unknowns).ToList();
        if (isDivision && right.Literal is null)
        {
            unknowns.Add($"{right.At(Binding.Sum)} == 0");
        }

        var form = left.Form > right.Form ? left.Form : right.Form;
        return new RuleTerm(form, TypeOf(form), $"{left.At(binding)} {Symbol(op)} {right.At(binding + 1)}", left.Offset)
        {
            Binding = binding,
            IsNullable = left.IsNullable || right.IsNullable,
            Unknowns = [.. unknowns],
        };
    }

    private static RuleTerm AsDecimal(RuleTerm term) => term.Literal is { } literal
        ? term with { Form = ValueForm.Decimal, ClrType = "decimal", CSharp = literal.Text + "m" }
        : Cast(term, "decimal", ValueForm.Decimal);

    private static RuleTerm Cast(RuleTerm term, string type, ValueForm form) => term with
    {
        Form = form,
        ClrType = type,
        CSharp = $"({type}{(term.IsNullable ? "?" : "")}){term.At(Binding.Sign)}",
        Binding = Binding.Sign,
        Property = null,
    };

    private static string TypeOf(ValueForm form) => form switch
    {
        ValueForm.Integer => "long",
        ValueForm.Decimal => "decimal",
        _ => "double",
    };

    private RuleError Types(SqlExpression part, string reason) => scope.Error(GuardianDiagnostics.RuleTypes, part, reason);

    private static RuleError Mismatch(RuleTerm term, string reason) => new(GuardianDiagnostics.RuleTypes, term.Offset, reason);

    private static RuleError NoValue(RuleTerm literal, string target, IEnumerable<string> candidates) => new(
        GuardianDiagnostics.RuleLiteral, literal.Offset, $"'{literal.Literal!.Text}'", target, Suggestion.For(literal.Literal.Text, candidates));

    private static string Words(RuleTerm literal) => literal.Literal switch
    {
        { Kind: LiteralKind.String, Text: var text } => $"the text '{text}'",
        { Kind: LiteralKind.Number, Text: var text } => $"the number {text}",
        { Text: var text } => text,
        _ => literal.Words,
    };

    private static string Symbol(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.Concat => "||",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.BitOr => "|",
        _ => "^",
    };
}
