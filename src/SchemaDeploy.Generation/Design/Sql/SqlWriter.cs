using System.Text;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <summary>Where an expression stands: databases allow different things there.</summary>
internal enum SqlPlace
{
    /// <summary>A DEFAULT clause.</summary>
    Default,

    /// <summary>A check or an index's filter: the result may depend on the row alone.</summary>
    Constraint,

    /// <summary>A computed column: the result may depend on nothing else at all, not even on how text is read.</summary>
    Computed,
}

/// <summary>Writes neutral expressions in the words of one database: values here, conditions in the part of that name.</summary>
internal sealed partial class SqlWriter
{
    private readonly DatabaseKind _database;
    private readonly SchemaDialect _dialect;
    private readonly SqlPlace _place;
    private readonly Func<string, Column?> _column;
    private readonly StringBuilder _text = new();
    private bool _failed;

    private SqlWriter(DatabaseKind database, SchemaDialect dialect, SqlPlace place, Func<string, Column?> column)
    {
        _database = database;
        _dialect = dialect;
        _place = place;
        _column = column;
    }

    /// <summary>The value that <paramref name="expression"/> stands for, on each database.</summary>
    public static ProviderSql Value(SqlExpression expression, SchemaDialect dialect, SqlPlace place, Func<string, Column?> column) =>
        ForEach(dialect, place, column, writer => writer.WriteKept(expression));

    /// <summary>The condition that <paramref name="expression"/> stands for, on each database.</summary>
    public static ProviderSql Condition(SqlExpression expression, SchemaDialect dialect, Func<string, Column?> column) =>
        ForEach(dialect, SqlPlace.Constraint, column, writer => writer.WriteCondition(expression));

    private static ProviderSql ForEach(
        SchemaDialect dialect, SqlPlace place, Func<string, Column?> column, Action<SqlWriter> write)
    {
        string? Write(DatabaseKind database)
        {
            var writer = new SqlWriter(database, dialect, place, column);
            write(writer);
            return writer._failed ? null : writer._text.ToString();
        }

        return new(Write(DatabaseKind.Sqlite), Write(DatabaseKind.PostgreSql), Write(DatabaseKind.MySql), Write(DatabaseKind.SqlServer));
    }

    /// <summary>The database that the schema is written for.</summary>
    internal static DatabaseKind NativeDatabase(SchemaDialect dialect) => dialect switch
    {
        SchemaDialect.MySql => DatabaseKind.MySql,
        SchemaDialect.TSql => DatabaseKind.SqlServer,
        _ => DatabaseKind.PostgreSql,
    };

    internal DatabaseKind Database => _database;

    internal SqlPlace Place => _place;

    internal bool IsNative => _database == NativeDatabase(_dialect);

    internal void Fail() => _failed = true;

    internal SqlWriter Add(string text)
    {
        _text.Append(text);
        return this;
    }

    internal void WriteValue(SqlExpression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                WriteLiteral(literal);
                break;
            case ColumnExpression column:
                WriteColumn(column.Name);
                break;
            case UnaryExpression { Operator: not UnaryOperator.Not } unary:
                Add(unary.Operator == UnaryOperator.Negate ? "-" : "~").WriteOperand(unary.Operand);
                break;
            case BinaryExpression binary when IsArithmetic(binary.Operator):
                if (!TryWriteTimes(binary))
                {
                    WriteArithmetic(binary);
                }

                break;
            case CaseExpression @case:
                WriteCase(@case);
                break;
            case CastExpression cast:
                WriteCast(cast);
                break;
            case FunctionExpression function when function.Name != NeutralFunctions.IsJson:
                SqlFunctions.Write(this, function);
                break;
            default:
                WriteConditionAsValue(expression);
                break;
        }
    }

    internal void WriteOperand(SqlExpression expression)
    {
        var isSimple = expression is LiteralExpression or ColumnExpression or FunctionExpression or CastExpression;
        Add(isSimple ? "" : "(").WriteValue(expression);
        Add(isSimple ? "" : ")");
    }

    internal void WriteList(IEnumerable<SqlExpression> items, string separator = ", ")
    {
        var first = true;
        foreach (var item in items)
        {
            Add(first ? "" : separator).WriteOperand(item);
            first = false;
        }
    }

    internal static string QuoteText(DatabaseKind database, string text)
    {
        var quoted = text.Replace("'", "''", StringComparison.Ordinal);
        return database switch
        {
            DatabaseKind.MySql => $"'{quoted.Replace(@"\", @"\\", StringComparison.Ordinal)}'",
            DatabaseKind.SqlServer when !Ascii.IsValid(text) => $"N'{quoted}'",
            _ => $"'{quoted}'",
        };
    }

    internal static string QuoteName(DatabaseKind database, string name) => database switch
    {
        DatabaseKind.MySql => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`",
        DatabaseKind.SqlServer => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]",
        _ => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };

    internal Column? FindColumn(SqlExpression expression) =>
        expression is ColumnExpression column ? _column(column.Name) : null;

    private static bool IsArithmetic(BinaryOperator op) => op >= BinaryOperator.BitOr;

    private void WriteColumn(string name)
    {
        var column = _column(name);
        if (column is null || PropertyTypes.Of(column) is null)
        {
            Fail();
            return;
        }

        if (column.Identity is not null && _database == DatabaseKind.MySql && _place != SqlPlace.Default)
        {
            // The number is given when all else is known.
            Fail();
            return;
        }

        var quoted = QuoteName(_database, column.Name);

        // On SQLite the runtime keeps decimals of many digits as text, which is not compared as numbers are.
        Add(_database == DatabaseKind.Sqlite && column.Type == SqlTypeKind.Decimal ? $"CAST({quoted} AS NUMERIC)" : quoted);
    }

    private void WriteLiteral(LiteralExpression literal) => Add(literal.Kind switch
    {
        LiteralKind.Null => "NULL",
        LiteralKind.Boolean when _database == DatabaseKind.PostgreSql => literal.Text,
        LiteralKind.Boolean => literal.Text == "true" ? "1" : "0",
        LiteralKind.Number => literal.Text,
        LiteralKind.Binary when _database == DatabaseKind.PostgreSql => $"'\\x{literal.Text}'::bytea",
        LiteralKind.Binary when _database == DatabaseKind.SqlServer => $"0x{literal.Text}",
        LiteralKind.Binary => $"X'{literal.Text}'",
        _ => QuoteText(_database, literal.Text),
    });

    private void WriteArithmetic(BinaryExpression binary)
    {
        switch (binary.Operator, _database)
        {
            case (BinaryOperator.Concat, DatabaseKind.MySql):
                Add("CONCAT(").WriteList([binary.Left, binary.Right]);
                Add(")");
                break;
            case (BinaryOperator.BitXor, DatabaseKind.Sqlite):
                Add("((").WriteList([binary.Left, binary.Right], " | ");
                Add(") - (").WriteList([binary.Left, binary.Right], " & ");
                Add("))");
                break;
            default:
                WriteList([binary.Left, binary.Right], $" {ArithmeticSymbol(binary.Operator)} ");
                break;
        }
    }

    private string ArithmeticSymbol(BinaryOperator op) => op switch
    {
        BinaryOperator.BitOr => "|",
        BinaryOperator.BitAnd => "&",
        BinaryOperator.BitXor => _database == DatabaseKind.PostgreSql ? "#" : "^",
        BinaryOperator.Concat => _database == DatabaseKind.SqlServer ? "+" : "||",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        _ => "%",
    };

    private void WriteCase(CaseExpression @case)
    {
        Add("CASE");
        if (@case.Operand is { } operand)
        {
            Add(" ").WriteOperand(operand);
        }

        foreach (var branch in @case.Branches)
        {
            Add(" WHEN ");
            if (@case.Operand is null)
            {
                WriteCondition(branch.When);
            }
            else
            {
                WriteOperand(branch.When);
            }

            Add(" THEN ").WriteOperand(branch.Then);
        }

        if (@case.Else is { } otherwise)
        {
            Add(" ELSE ").WriteOperand(otherwise);
        }

        Add(" END");
    }

    private void WriteCast(CastExpression cast)
    {
        if (cast.Type.Kind == SqlTypeKind.Interval)
        {
            WriteInterval(cast.Value);
            return;
        }

        if (_database == DatabaseKind.Sqlite && SqlTypeNames.SqliteTimeFunction(cast.Type.Kind) is { } function)
        {
            // SQLite keeps times as text, and so a literal is one as it stands.
            if (ColumnLiterals.Of(cast.Value) is { } time)
            {
                WriteLiteral(time);
            }
            else
            {
                Add(function).WriteValue(cast.Value);
                Add(")");
            }

            return;
        }

        if (_database == DatabaseKind.MySql && cast.Type.Kind == SqlTypeKind.Boolean && cast.Value is FunctionExpression { Name: NeutralFunctions.JsonValue })
        {
            // Its numbers for true and false are not those words.
            Add("CASE ").WriteValue(cast.Value);
            Add(" WHEN 'true' THEN 1 WHEN 'false' THEN 0 END");
            return;
        }

        if (_place == SqlPlace.Computed
            && _database is DatabaseKind.PostgreSql or DatabaseKind.MySql
            && cast.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Time or SqlTypeKind.DateTime or SqlTypeKind.Timestamp
            && FindColumn(cast.Value)?.Type is not (SqlTypeKind.Date or SqlTypeKind.DateTime))
        {
            WriteFixedTime(cast);
            return;
        }

        if (SqlTypeNames.ForCast(_database, cast.Type) is { } type)
        {
            Add("CAST(").WriteValue(cast.Value);
            Add(" AS ").Add(type).Add(")");
        }
        else
        {
            Fail();
        }
    }
}
