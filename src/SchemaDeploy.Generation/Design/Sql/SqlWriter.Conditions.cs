using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <content>Conditions: what is true or false of a row.</content>
internal sealed partial class SqlWriter
{
    internal void WriteCondition(SqlExpression expression)
    {
        switch (expression)
        {
            case BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } binary:
                Add("(").WriteCondition(binary.Left);
                Add(binary.Operator == BinaryOperator.And ? " AND " : " OR ").WriteCondition(binary.Right);
                Add(")");
                break;
            case BinaryExpression binary when !IsArithmetic(binary.Operator):
                WriteComparison(WithoutDistance(binary));
                break;
            case UnaryExpression { Operator: UnaryOperator.Not } not:
                Add("NOT (").WriteCondition(not.Operand);
                Add(")");
                break;
            case BetweenExpression between:
                WriteCompared(between.Value, between.Low, between.High);
                Add(between.Negated ? " NOT BETWEEN " : " BETWEEN ").WriteCompared(between.Low, between.Value, between.High);
                Add(" AND ").WriteCompared(between.High, between.Value, between.Low);
                break;
            case InExpression @in:
                WriteOperand(@in.Value);
                Add(@in.Negated ? " NOT IN (" : " IN (");
                WriteList(@in.Items.Select(item => Beside(item, @in.Value)));
                Add(")");
                break;
            case IsNullExpression isNull:
                WriteOperand(isNull.Value);
                Add(isNull.Negated ? " IS NOT NULL" : " IS NULL");
                break;
            case LikeExpression like:
                WriteLike(like);
                break;
            case RegexExpression regex:
                WriteRegex(regex);
                break;
            case FunctionExpression { Name: NeutralFunctions.IsJson, Arguments: [var document] }:
                WriteIsJson(document);
                break;
            default:
                // A value that is true or false; SQL Server has no such conditions.
                WriteOperand(expression);
                if (_database == DatabaseKind.SqlServer)
                {
                    Add(" = 1");
                }

                break;
        }
    }

    private void WriteComparison(BinaryExpression binary)
    {
        WriteCompared(binary.Left, binary.Right);
        Add(binary.Operator switch
        {
            BinaryOperator.Equal => " = ",
            BinaryOperator.NotEqual => " <> ",
            BinaryOperator.Less => " < ",
            BinaryOperator.LessOrEqual => " <= ",
            BinaryOperator.Greater => " > ",
            _ => " >= ",
        }).WriteCompared(binary.Right, binary.Left);
    }

    private void WriteConditionAsValue(SqlExpression expression)
    {
        if (_database == DatabaseKind.SqlServer)
        {
            Add("CASE WHEN ").WriteCondition(expression);
            Add(" THEN 1 ELSE 0 END");
        }
        else
        {
            WriteCondition(expression);
        }
    }

    private void WriteLike(LikeExpression like)
    {
        if (like.Pattern is not LiteralExpression { Kind: LiteralKind.String } pattern)
        {
            Fail();
            return;
        }

        if (_dialect == SchemaDialect.TSql && _database != DatabaseKind.SqlServer && pattern.Text.Contains('[', StringComparison.Ordinal))
        {
            WriteGlob(like, pattern.Text);
            return;
        }

        WriteOperand(like.Value);
        Add(like.Negated ? " NOT LIKE " : " LIKE ").Add(QuoteText(_database, pattern.Text));
        var escape = like.Escape is LiteralExpression { Text: var given } ? given
            : _dialect != SchemaDialect.TSql && pattern.Text.Contains('\\', StringComparison.Ordinal) ? @"\" : null;
        if (escape is not null)
        {
            Add(" ESCAPE ").Add(QuoteText(_database, escape));
        }
    }

    // SQLite's GLOB has the sets that T-SQL's LIKE has, but tells upper from lower case.
    private void WriteGlob(LikeExpression like, string pattern)
    {
        if (_database != DatabaseKind.Sqlite || like.Escape is not null || pattern.AsSpan().ContainsAny('*', '?'))
        {
            Fail();
            return;
        }

        Add("upper(").WriteValue(like.Value);
        Add(like.Negated ? ") NOT GLOB " : ") GLOB ")
            .Add(QuoteText(_database, pattern.ToUpperInvariant().Replace('%', '*').Replace('_', '?')));
    }

    private void WriteRegex(RegexExpression regex)
    {
        var op = _database switch
        {
            DatabaseKind.PostgreSql => regex.Negated ? " !~ " : " ~ ",
            DatabaseKind.MySql => regex.Negated ? " NOT REGEXP " : " REGEXP ",
            _ => null,
        };
        if (op is null)
        {
            Fail();
            return;
        }

        WriteOperand(regex.Value);
        Add(op).WriteOperand(regex.Pattern);
    }

    private void WriteIsJson(SqlExpression document)
    {
        switch (_database)
        {
            case DatabaseKind.PostgreSql when FindColumn(document) is { Type: SqlTypeKind.Json }:
                Add("true");
                break;
            case DatabaseKind.PostgreSql:
                Fail();
                break;
            case DatabaseKind.SqlServer:
                Add("ISJSON(").WriteValue(document);
                Add(") = 1");
                break;
            default:
                Add("json_valid(").WriteValue(document);
                Add(")");
                break;
        }
    }
}
