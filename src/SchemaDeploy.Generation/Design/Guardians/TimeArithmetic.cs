using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Guardians;

/// <summary>Sums and differences of times in C#.</summary>
internal static class TimeArithmetic
{
    /// <summary>The result; null where the two cannot be computed with.</summary>
    public static RuleTerm? Compute(BinaryOperator op, RuleTerm left, RuleTerm right) => (op, left.Form, right.Form) switch
    {
        (BinaryOperator.Add or BinaryOperator.Subtract, ValueForm.Moment or ValueForm.WallClock or ValueForm.Duration, ValueForm.Duration) =>
            Infix(op, left, right, left.Form, left.ClrType),
        (BinaryOperator.Add, ValueForm.Duration, ValueForm.Moment or ValueForm.WallClock) => Infix(op, right, left, right.Form, right.ClrType),
        (BinaryOperator.Add or BinaryOperator.Subtract, ValueForm.Date, ValueForm.Duration) => Days(op, left, right),
        (BinaryOperator.Subtract, ValueForm.Moment or ValueForm.WallClock, ValueForm.Moment or ValueForm.WallClock) =>
            Infix(op, left, right, ValueForm.Duration, "TimeSpan"),
        (BinaryOperator.Subtract, ValueForm.Date, ValueForm.Date) => Between(left, right),
        _ => null,
    };

    private static RuleTerm Infix(BinaryOperator op, RuleTerm left, RuleTerm right, ValueForm form, string type) => new(
        form, type, $"{left.At(Binding.Sum)} {(op == BinaryOperator.Add ? "+" : "-")} {right.At(Binding.Product)}", left.Offset)
    {
        Binding = Binding.Sum,
        IsNullable = left.IsNullable || right.IsNullable,
        Unknowns = [.. left.Unknowns.Union(right.Unknowns)],
    };

    // A day plus part of a day is no day.
    private static RuleTerm? Days(BinaryOperator op, RuleTerm date, RuleTerm length)
    {
        if (length.Literal is not { } literal || Durations.Read(literal.Text) is not { } span || span.Ticks % TimeSpan.TicksPerDay != 0)
        {
            return null;
        }

        return new RuleTerm(date.Form, date.ClrType, $"{date.Known}.AddDays({(op == BinaryOperator.Add ? "" : "-")}{span.Days})", date.Offset)
        {
            Unknowns = date.Unknowns,
        };
    }

    private static RuleTerm Between(RuleTerm left, RuleTerm right) => new(
        ValueForm.Duration, "TimeSpan", $"TimeSpan.FromDays({left.Known}.DayNumber - {right.Known}.DayNumber)", left.Offset)
    {
        Unknowns = [.. left.Unknowns.Union(right.Unknowns)],
    };
}
