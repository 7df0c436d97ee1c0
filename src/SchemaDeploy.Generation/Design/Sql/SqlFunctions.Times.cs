using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <content>Functions of times.</content>
internal static partial class SqlFunctions
{
    private static void WriteDateTrunc(SqlWriter writer, string unit, SqlExpression time)
    {
        var (sqlite, mySql) = unit switch
        {
            "second" => ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%i:%s"),
            "minute" => ("%Y-%m-%d %H:%M:00", "%Y-%m-%d %H:%i:00"),
            "hour" => ("%Y-%m-%d %H:00:00", "%Y-%m-%d %H:00:00"),
            "day" => ("%Y-%m-%d 00:00:00", "%Y-%m-%d 00:00:00"),
            "month" => ("%Y-%m-01 00:00:00", "%Y-%m-01 00:00:00"),
            "year" => ("%Y-01-01 00:00:00", "%Y-01-01 00:00:00"),
            _ => (null, null),
        };
        if (sqlite is null || mySql is null)
        {
            writer.Fail();
            return;
        }

        switch (writer.Database)
        {
            case DatabaseKind.Sqlite:
                WriteCall(writer, "strftime", [new LiteralExpression(LiteralKind.String, sqlite), time]);
                break;
            case DatabaseKind.PostgreSql:
                WriteCall(writer, "date_trunc", [new LiteralExpression(LiteralKind.String, unit), time]);
                break;
            case DatabaseKind.MySql:
                WriteCall(writer, "date_format", [time, new LiteralExpression(LiteralKind.String, mySql)]);
                break;
            default:
                writer.Add($"datetrunc({unit}, ").WriteValue(time);
                writer.Add(")");
                break;
        }
    }

    private static void WriteDatePart(SqlWriter writer, string unit, SqlExpression time)
    {
        if (unit == "epoch")
        {
            WriteEpoch(writer, time);
            return;
        }

        var sqlite = unit switch
        {
            "year" => "%Y",
            "month" => "%m",
            "day" => "%d",
            "hour" => "%H",
            "minute" => "%M",
            "second" => "%S",
            _ => null,
        };
        switch (writer.Database)
        {
            case var _ when sqlite is null:
                writer.Fail();
                break;
            case DatabaseKind.Sqlite:
                writer.Add($"CAST(strftime('{sqlite}', ").WriteValue(time);
                writer.Add(") AS INTEGER)");
                break;
            case DatabaseKind.SqlServer:
                writer.Add($"datepart({unit}, ").WriteValue(time);
                writer.Add(")");
                break;
            default:
                writer.Add($"extract({unit} from ").WriteValue(time);
                writer.Add(")");
                break;
        }
    }

    private static void WriteEpoch(SqlWriter writer, SqlExpression time)
    {
        var (before, after) = writer.Database switch
        {
            DatabaseKind.Sqlite => ("CAST(strftime('%s', ", ") AS INTEGER)"),
            DatabaseKind.PostgreSql => ("extract(epoch from ", ")"),
            DatabaseKind.MySql => ("timestampdiff(second, '1970-01-01', ", ")"),
            _ => ("datediff_big(second, '1970-01-01', ", ")"),
        };
        writer.Add(before).WriteValue(time);
        writer.Add(after);
    }
}
