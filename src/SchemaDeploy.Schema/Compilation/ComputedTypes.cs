using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Schema.Compilation;

/// <summary>
/// The types of T-SQL's computed columns, which name none. DacFx keeps its own findings to itself, so they are
/// derived here: exactly for columns, casts and literals, and by kind for what operators and functions give.
/// </summary>
internal static class ComputedTypes
{
    // A chain of computed columns longer than this has been reported as a circle.
    private const int MaxDepth = 64;

    private static readonly SqlType s_int = new(SqlTypeKind.Int, "int");
    private static readonly SqlType s_bigInt = new(SqlTypeKind.BigInt, "bigint");
    private static readonly SqlType s_double = new(SqlTypeKind.Double, "float");
    private static readonly SqlType s_text = new(SqlTypeKind.VarChar, "nvarchar");
    private static readonly SqlType s_boolean = new(SqlTypeKind.Boolean, "bit");
    private static readonly SqlType s_dateTime = new(SqlTypeKind.DateTime, "datetime");
    private static readonly SqlType s_date = new(SqlTypeKind.Date, "date");
    private static readonly SqlType s_uuid = new(SqlTypeKind.Uuid, "uniqueidentifier");

    /// <summary>Type and nullability of the computed column.</summary>
    public static (SqlType Type, bool Nullable) Infer(FoldedTable table, ColumnDefinition column)
    {
        var (type, nullable) = Infer(table, column.Generated!.Expression, 0);
        return (type ?? s_text, column.Nullable ?? nullable);
    }

    private static (SqlType? Type, bool Nullable) Infer(FoldedTable table, SqlExpression expression, int depth)
    {
        if (depth > MaxDepth)
        {
            return (null, true);
        }

        (SqlType? Type, bool Nullable) Of(SqlExpression e) => Infer(table, e, depth + 1);
        switch (expression)
        {
            case ColumnExpression name when table.Find(name.Name) is { } column:
                return column.Definition switch
                {
                    { Type: { } declared } definition => (declared, definition.Nullable ?? true),
                    { Generated: { } generated } => Of(generated.Expression),
                    _ => (null, true),
                };
            case LiteralExpression literal:
                return (TypeOf(literal), literal.Kind == LiteralKind.Null);
            case CastExpression cast:
                return (cast.Type, Of(cast.Value).Nullable);
            case UnaryExpression { Operator: not UnaryOperator.Not } unary:
                return Of(unary.Operand);
            case BinaryExpression { Operator: > BinaryOperator.GreaterOrEqual } binary:
                var (left, right) = (Of(binary.Left), Of(binary.Right));
                return (Combine(binary.Operator, left.Type, right.Type), left.Nullable || right.Nullable);
            case CaseExpression @case:
                var results = @case.Branches.Select(b => Of(b.Then)).ToList();
                results.Add(@case.Else is null ? (null, true) : Of(@case.Else));
                return (results.Select(r => r.Type).Aggregate(Wider), results.Exists(r => r.Nullable));
            case FunctionExpression function:
                var arguments = function.Arguments.Select(Of).ToList();
                return (TypeOf(function.Name, arguments.ConvertAll(a => a.Type)), IsNullable(function.Name, arguments.ConvertAll(a => a.Nullable)));
            default:
                return (s_boolean, false);
        }
    }

    private static SqlType? TypeOf(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.Boolean => s_boolean,
        LiteralKind.Number when literal.Text.Contains('e', StringComparison.OrdinalIgnoreCase) => s_double,
        LiteralKind.Number when literal.Text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point =>
            Decimal(literal.Text.Length - 1, literal.Text.Length - point - 1),
        LiteralKind.Number => literal.Text.Length < 10 ? s_int : s_bigInt,
        LiteralKind.String => s_text with { Length = Math.Max(1, literal.Text.Length) },
        LiteralKind.Binary => new SqlType(SqlTypeKind.VarBinary, "varbinary") { Length = Math.Max(1, literal.Text.Length / 2) },
        _ => null,
    };

    private static SqlType? TypeOf(string function, List<SqlType?> arguments) => function switch
    {
        NeutralFunctions.Now => s_dateTime,
        NeutralFunctions.Today => s_date,
        NeutralFunctions.TimeOfDay => new SqlType(SqlTypeKind.Time, "time"),
        NeutralFunctions.Uuid => s_uuid,
        NeutralFunctions.Length or NeutralFunctions.ByteLength or NeutralFunctions.Position or NeutralFunctions.DatePart
            or "datediff" => s_int,
        NeutralFunctions.IsJson => s_boolean,
        NeutralFunctions.Concat => s_text with
        {
            Length = arguments.TrueForAll(a => a?.Length is not null) ? arguments.Sum(a => a!.Length) : null,
        },
        NeutralFunctions.Lower or NeutralFunctions.Upper or NeutralFunctions.Trim or NeutralFunctions.LTrim
            or NeutralFunctions.RTrim or NeutralFunctions.Substring or NeutralFunctions.Replace =>
            arguments.FirstOrDefault() is { Kind: SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text } text ? text : s_text,
        NeutralFunctions.Coalesce => arguments.Aggregate(Wider),
        NeutralFunctions.NullIf or NeutralFunctions.Abs or NeutralFunctions.Round or NeutralFunctions.Floor
            or NeutralFunctions.Ceiling => arguments.FirstOrDefault(),
        NeutralFunctions.JsonValue => s_text with { Length = 4000 },
        NeutralFunctions.DateTrunc => arguments.ElementAtOrDefault(1) ?? s_dateTime,
        "dateadd" => arguments.LastOrDefault() ?? s_dateTime,
        "datefromparts" or "eomonth" => s_date,
        _ => null,
    };

    private static bool IsNullable(string function, List<bool> arguments) => function switch
    {
        NeutralFunctions.Now or NeutralFunctions.Today or NeutralFunctions.Uuid or NeutralFunctions.Concat => false,
        NeutralFunctions.Coalesce => arguments.TrueForAll(a => a),
        NeutralFunctions.NullIf or NeutralFunctions.JsonValue => true,
        _ => !NeutralFunctions.All.Contains(function) || arguments.Contains(true),
    };

    private static SqlType? Combine(BinaryOperator op, SqlType? left, SqlType? right)
    {
        if (op == BinaryOperator.Concat || IsText(left) && IsText(right))
        {
            return s_text with { Length = left?.Length + right?.Length };
        }

        if (left is { Kind: SqlTypeKind.Decimal } or { Precision: not null } && right is not null && op is BinaryOperator.Multiply
            && left?.Kind == SqlTypeKind.Decimal && right.Kind == SqlTypeKind.Decimal)
        {
            return Decimal((left.Precision ?? 18) + (right.Precision ?? 18) + 1, (left.Scale ?? 0) + (right.Scale ?? 0));
        }

        return Wider(left, right);
    }

    private static bool IsText(SqlType? type) => type?.Kind is SqlTypeKind.Char or SqlTypeKind.VarChar or SqlTypeKind.Text;

    /// <summary>The type that values of both fit: SQL Server's precedence of types.</summary>
    private static SqlType? Wider(SqlType? a, SqlType? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        if (IsText(a) && IsText(b))
        {
            return a.Length is null || a.Length > b.Length ? a : b;
        }

        return Rank(a.Kind) >= Rank(b.Kind) ? a : b;
    }

    private static int Rank(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Timestamp => 12,
        SqlTypeKind.DateTime => 11,
        SqlTypeKind.Date => 10,
        SqlTypeKind.Time => 9,
        SqlTypeKind.Double => 8,
        SqlTypeKind.Real => 7,
        SqlTypeKind.Decimal => 6,
        SqlTypeKind.BigInt => 5,
        SqlTypeKind.Int => 4,
        SqlTypeKind.SmallInt => 3,
        SqlTypeKind.TinyInt => 2,
        SqlTypeKind.Boolean => 1,
        _ => 0,
    };

    private static SqlType Decimal(int precision, int scale)
    {
        precision = Math.Min(38, precision);
        scale = Math.Min(precision, scale);
        return new SqlType(SqlTypeKind.Decimal, $"decimal({precision},{scale})") { Precision = precision, Scale = scale };
    }
}
