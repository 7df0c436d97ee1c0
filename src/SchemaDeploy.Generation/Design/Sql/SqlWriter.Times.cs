using System.Globalization;
using System.Text.RegularExpressions;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <content>
/// Sums of times and lengths of time, for which every database has words of its own. On SQLite, where times are text, a
/// sum compares with times in the one form that functions give.
/// </content>
internal sealed partial class SqlWriter
{
    private const string SqliteMoment = "strftime('%Y-%m-%d %H:%M:%f', ";

    /// <summary>The kind of a time or of a length of time that the expression is; null for everything else.</summary>
    internal SqlTypeKind? TimeKindOf(SqlExpression expression) => expression switch
    {
        ColumnExpression => TimeKind(FindColumn(expression)?.Type),
        CastExpression cast => TimeKind(cast.Type.Kind),
        FunctionExpression { Name: NeutralFunctions.Now } => SqlTypeKind.Timestamp,
        FunctionExpression { Name: NeutralFunctions.Today } => SqlTypeKind.Date,
        FunctionExpression { Name: NeutralFunctions.DateTrunc } => SqlTypeKind.Timestamp,
        FunctionExpression function when SqlFunctions.IsInterval(function) => SqlTypeKind.Interval,
        FunctionExpression when TSqlForms.MovedTime(expression) is { } moved => TimeKindOf(moved),
        FunctionExpression { Name: NeutralFunctions.Coalesce or NeutralFunctions.NullIf, Arguments: [var first, ..] } => TimeKindOf(first),
        UnaryExpression { Operator: UnaryOperator.Negate } negate => TimeKindOf(negate.Operand),
        BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum => (TimeKindOf(sum.Left), TimeKindOf(sum.Right)) switch
        {
            (SqlTypeKind.Interval, null or SqlTypeKind.Interval) => SqlTypeKind.Interval,
            (SqlTypeKind.Date, null) => SqlTypeKind.Date,
            (null, var right) => right,
            (_, SqlTypeKind.Interval) or (SqlTypeKind.Interval, _) => SqlTypeKind.Timestamp,
            (SqlTypeKind.Date, SqlTypeKind.Date) => null,
            _ => SqlTypeKind.Interval,
        },
        _ => null,
    };

    private static SqlTypeKind? TimeKind(SqlTypeKind? kind) =>
        kind is SqlTypeKind.Date or SqlTypeKind.Time or SqlTypeKind.DateTime or SqlTypeKind.Timestamp or SqlTypeKind.Interval ? kind : null;

    /// <summary>
    /// Writes a text as a time where that does not depend on the session: in the standard's form, without a zone.
    /// </summary>
    private void WriteFixedTime(CastExpression cast)
    {
        var (word, form) = cast.Type.Kind switch
        {
            SqlTypeKind.Date => ("DATE ", DatePattern()),
            SqlTypeKind.Time => ("TIME ", TimePattern()),
            SqlTypeKind.DateTime => ("TIMESTAMP ", DateTimePattern()),
            _ => ("", null),
        };
        if (form is not null && ColumnLiterals.Of(cast.Value) is { Kind: LiteralKind.String } literal && form.IsMatch(literal.Text))
        {
            Add(word).WriteLiteral(literal);
        }
        else
        {
            Fail();
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d\z", RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^\d\d:\d\d:\d\d(\.\d{1,6})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateTimePattern();

    /// <summary>Writes a sum that times take part in; false where none do.</summary>
    private bool TryWriteTimes(BinaryExpression sum)
    {
        if (sum.Operator is not (BinaryOperator.Add or BinaryOperator.Subtract)
            || (TimeKindOf(sum.Left) ?? TimeKindOf(sum.Right)) is null)
        {
            return false;
        }

        var (time, length) = TimeKindOf(sum.Left) is null or SqlTypeKind.Interval && sum.Operator == BinaryOperator.Add
            ? (sum.Right, sum.Left)
            : (sum.Left, sum.Right);
        var isSubtracted = sum.Operator == BinaryOperator.Subtract;
        switch (TimeKindOf(time), TimeKindOf(length))
        {
            case (SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp, SqlTypeKind.Interval):
                WriteMoved(time, length, isSubtracted);
                break;
            case (SqlTypeKind.Date, null):
                WriteDaysLater(time, length, isSubtracted);
                break;
            default:
                // What lies between two times has no type that all databases share.
                WriteNatively(sum);
                break;
        }

        return true;
    }

    private void WriteMoved(SqlExpression time, SqlExpression length, bool isSubtracted)
    {
        if (IsNative && (_database == DatabaseKind.PostgreSql || length is FunctionExpression))
        {
            WriteList([time, length], isSubtracted ? " - " : " + ");
        }
        else if (ColumnLiterals.Of(length) is { } literal && Interval.Read(literal.Text) is var (months, rest))
        {
            var sign = isSubtracted ? -1 : 1;
            WriteMoved(time, sign * months, (decimal)(sign * rest.Ticks) / TimeSpan.TicksPerSecond);
        }
        else if (_database == DatabaseKind.Sqlite && FindColumn(length) is not null)
        {
            Add(SqliteMoment).WriteValue(time);
            Add($", ({(isSubtracted ? "-" : "")}").WriteValue(length);
            Add(" / 10000000.0) || ' seconds')");
        }
        else
        {
            Fail();
        }
    }

    private void WriteMoved(SqlExpression time, int months, decimal seconds)
    {
        var length = seconds.ToString("0.######", CultureInfo.InvariantCulture);
        switch (_database)
        {
            case DatabaseKind.Sqlite:
                Add(SqliteMoment).WriteValue(time);
                // The last day of a shorter month follows from the last day of a longer one.
                Add(months == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", '{months:+0;-0} months', 'floor'"));
                Add(seconds == 0 ? ")" : $", '{(seconds > 0 ? "+" : "")}{length} seconds')");
                break;
            case DatabaseKind.MySql:
                Add("(").WriteOperand(time);
                Add(months == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" + INTERVAL {months} MONTH"));
                Add(seconds == 0 ? ")" : $" + INTERVAL {length} SECOND)");
                break;
            case DatabaseKind.SqlServer:
                Add(string.Create(CultureInfo.InvariantCulture, $"dateadd(second, {decimal.Truncate(seconds)}, dateadd(month, {months}, CAST("));
                WriteValue(time);
                Add(" AS datetime2)))");
                break;
            case DatabaseKind.PostgreSql when _place == SqlPlace.Computed && TimeKindOf(time) == SqlTypeKind.Timestamp:
                // How long a day of a moment is depends on the session's zone, and a stored column on no session.
                Fail();
                break;
            default:
                Add("(").WriteOperand(time);
                Add(string.Create(CultureInfo.InvariantCulture, $" + interval '{months} months {length} seconds')"));
                break;
        }
    }

    private void WriteDaysLater(SqlExpression date, SqlExpression days, bool isSubtracted)
    {
        var sign = isSubtracted ? "-" : "";
        switch (_database)
        {
            case DatabaseKind.Sqlite:
                Add("date(").WriteValue(date);
                Add($", ({sign}").WriteOperand(days);
                Add(") || ' days')");
                break;
            case DatabaseKind.MySql:
                Add("(").WriteOperand(date);
                Add(isSubtracted ? " - INTERVAL " : " + INTERVAL ").WriteOperand(days);
                Add(" DAY)");
                break;
            case DatabaseKind.SqlServer:
                Add($"dateadd(day, {sign}").WriteOperand(days);
                Add(", ").WriteValue(date);
                Add(")");
                break;
            default:
                WriteList([date, days], isSubtracted ? " - " : " + ");
                break;
        }
    }

    private void WriteNatively(BinaryExpression binary)
    {
        if (IsNative)
        {
            WriteList([binary.Left, binary.Right], $" {ArithmeticSymbol(binary.Operator)} ");
        }
        else
        {
            Fail();
        }
    }

    /// <summary>A comparison of the distance between two times, as a comparison of one with the other so much later.</summary>
    private BinaryExpression WithoutDistance(BinaryExpression comparison) => comparison switch
    {
        { Left: BinaryExpression { Operator: BinaryOperator.Subtract } distance } when IsDistance(distance) =>
            comparison with { Left = distance.Left, Right = new BinaryExpression(BinaryOperator.Add, distance.Right, comparison.Right) },
        { Right: BinaryExpression { Operator: BinaryOperator.Subtract } distance } when IsDistance(distance) =>
            comparison with { Left = new BinaryExpression(BinaryOperator.Add, distance.Right, comparison.Left), Right = distance.Left },
        _ => comparison,
    };

    private bool IsDistance(BinaryExpression difference) =>
        TimeKindOf(difference.Left) is SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp
        && TimeKindOf(difference.Right) is SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp;

    /// <summary>Writes a value that is compared with <paramref name="others"/>.</summary>
    private void WriteCompared(SqlExpression value, params ReadOnlySpan<SqlExpression> others)
    {
        var needsForm = false;
        foreach (var other in others)
        {
            value = Beside(value, other);
            needsForm |= IsMoved(other);
        }

        if (_database == DatabaseKind.Sqlite && needsForm && !IsMoved(value))
        {
            Add(SqliteMoment).WriteValue(value);
            Add(")");
        }
        else
        {
            WriteOperand(value);
        }
    }

    /// <summary>Writes what a column keeps: on SQLite a time as the application writes times, without zeros at its end.</summary>
    private void WriteKept(SqlExpression value)
    {
        var isTrimmed = _database == DatabaseKind.Sqlite && _place == SqlPlace.Computed && IsMoved(value);
        Add(isTrimmed ? "rtrim(rtrim(" : "").WriteValue(value);
        Add(isTrimmed ? ", '0'), '.')" : "");
    }

    // A day so many days later is a day, written as all days are.
    private bool IsMoved(SqlExpression value) =>
        (value is BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract } || TSqlForms.MovedTime(value) is not null)
        && TimeKindOf(value) is SqlTypeKind.DateTime or SqlTypeKind.Timestamp;

    /// <summary>
    /// A literal in the form of the column that it is compared with. PostgreSQL compares its booleans with no numbers, and
    /// the others write theirs as such.
    /// </summary>
    private SqlExpression Beside(SqlExpression value, SqlExpression other) => (value, FindColumn(other)?.Type) switch
    {
        (LiteralExpression { Kind: LiteralKind.Number or LiteralKind.String, Text: "0" or "1" } number, SqlTypeKind.Boolean) =>
            number.Text == "1" ? LiteralExpression.True : LiteralExpression.False,
        (LiteralExpression { Kind: LiteralKind.String } length, SqlTypeKind.Interval) =>
            new CastExpression(length, new SqlType(SqlTypeKind.Interval, "interval")),
        (_, SqlTypeKind.Date or SqlTypeKind.DateTime or SqlTypeKind.Timestamp) => BesideTime(value, FindColumn(other)!.Type),
        _ => value,
    };

    // SQLite compares times as texts, so theirs is the one form in which it keeps them; MySQL knows neither the months first nor a zone.
    private SqlExpression BesideTime(SqlExpression value, SqlTypeKind type) =>
        _database is DatabaseKind.Sqlite or DatabaseKind.MySql
        && ColumnLiterals.Of(value) is { Kind: LiteralKind.String } literal && ColumnLiterals.Moment(literal.Text) is { } time
            ? literal with { Text = time.ToString(type == SqlTypeKind.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) }
            : value;

    private void WriteInterval(SqlExpression value)
    {
        if (ColumnLiterals.Of(value) is not { } literal)
        {
            Fail();
            return;
        }

        var time = Interval.Read(literal.Text)?.Fixed;
        switch (_database)
        {
            case DatabaseKind.PostgreSql:
                Add("interval ").WriteLiteral(literal);
                break;
            case DatabaseKind.Sqlite when time is { } length:
                Add(length.Ticks.ToString(CultureInfo.InvariantCulture));
                break;
            case DatabaseKind.MySql when time is { } length && length.Duration().TotalHours < 838:
                Add(string.Create(CultureInfo.InvariantCulture, $"'{(length < TimeSpan.Zero ? "-" : "")}{(int)length.Duration().TotalHours:00}{length:':'mm':'ss}'"));
                break;
            case DatabaseKind.SqlServer when time is { Ticks: >= 0 and < TimeSpan.TicksPerDay } length:
                Add(string.Create(CultureInfo.InvariantCulture, $"'{length:hh':'mm':'ss}'"));
                break;
            default:
                Fail();
                break;
        }
    }
}
