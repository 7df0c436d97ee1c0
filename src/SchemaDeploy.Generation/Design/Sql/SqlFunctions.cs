using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <summary>The neutral functions in the words of each database.</summary>
internal static class SqlFunctions
{
    private const string SqliteUuid =
        "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || "
        + "substr('89AB', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))";

    /// <summary>Writes a call.</summary>
    public static void Write(SqlWriter writer, FunctionExpression call)
    {
        if (!call.IsNeutral)
        {
            // The dialect's own function means something to its own database only.
            if (writer is { IsNative: true, Database: DatabaseKind.PostgreSql })
            {
                PostgreSqlForms.Write(writer, call);
            }
            else if (writer.IsNative)
            {
                WriteCall(writer, call.Name, call.Arguments);
            }
            else
            {
                writer.Fail();
            }

            return;
        }

        switch (call.Name, call.Arguments)
        {
            case (NeutralFunctions.Now or NeutralFunctions.Today or NeutralFunctions.TimeOfDay, _):
                WriteClock(writer, call.Name);
                break;
            case (NeutralFunctions.Uuid, _) when writer.Place == SqlPlace.Default:
                Pick(writer, SqliteUuid, "gen_random_uuid()", "uuid()", "newid()");
                break;
            case (NeutralFunctions.CurrentUser, _):
                Pick(writer, null, "current_user", writer.Place == SqlPlace.Default ? "current_user()" : null, "suser_sname()");
                break;
            case (NeutralFunctions.NextValue, [LiteralExpression { Text: var sequence }]) when writer.Place == SqlPlace.Default:
                WriteNextValue(writer, sequence);
                break;
            case (NeutralFunctions.Length, [var text]):
                WriteCall(writer, Choose(writer, "length", "char_length", "char_length", "len"), [text]);
                break;
            case (NeutralFunctions.ByteLength, [var value]):
                WriteByteLength(writer, value);
                break;
            case (NeutralFunctions.Substring, var arguments):
                WriteCall(writer, Choose(writer, "substr", "substring", "substring", "substring"), arguments);
                break;
            case (NeutralFunctions.Position, [var part, var text]):
                WritePosition(writer, part, text);
                break;
            case (NeutralFunctions.Concat, var parts):
                WriteConcat(writer, parts);
                break;
            case (NeutralFunctions.DateTrunc, [LiteralExpression { Text: var unit }, var time]):
                WriteDateTrunc(writer, unit.ToLowerInvariant(), time);
                break;
            case (NeutralFunctions.DatePart, [LiteralExpression { Text: var unit }, var time]):
                WriteDatePart(writer, unit.ToLowerInvariant(), time);
                break;
            case (NeutralFunctions.JsonType, [var document]):
                WriteJsonType(writer, document);
                break;
            case (NeutralFunctions.ListLength, [var list]):
                WriteListLength(writer, list);
                break;
            case (NeutralFunctions.RandomHex, [LiteralExpression { Text: var bytes }]) when writer.Place == SqlPlace.Default:
                WriteRandomHex(writer, int.Parse(bytes, CultureInfo.InvariantCulture));
                break;
            case (NeutralFunctions.JsonValue, [var document, LiteralExpression { Text: var path }]):
                WriteJsonValue(writer, document, path);
                break;
            case (NeutralFunctions.Lower or NeutralFunctions.Upper or NeutralFunctions.Trim or NeutralFunctions.LTrim
                or NeutralFunctions.RTrim or NeutralFunctions.Replace or NeutralFunctions.Coalesce or NeutralFunctions.NullIf
                or NeutralFunctions.Abs or NeutralFunctions.Round or NeutralFunctions.Floor or NeutralFunctions.Ceiling, var arguments):
                WriteCall(writer, call.Name, arguments);
                break;
            default:
                writer.Fail();
                break;
        }
    }

    // Times are UTC in the application, so they are in its databases.
    private static void WriteClock(SqlWriter writer, string name)
    {
        if (writer.Place == SqlPlace.Constraint && writer.Database is DatabaseKind.Sqlite or DatabaseKind.MySql)
        {
            writer.Fail();
            return;
        }

        switch (name)
        {
            case NeutralFunctions.Now:
                Pick(writer, "strftime('%Y-%m-%d %H:%M:%f', 'now')", "now()", "utc_timestamp(6)", "sysutcdatetime()");
                break;
            case NeutralFunctions.Today:
                Pick(writer, "date('now')", "current_date", "utc_date()", "CAST(sysutcdatetime() AS date)");
                break;
            default:
                Pick(writer, "time('now')", "localtime", "utc_time()", "CAST(sysutcdatetime() AS time)");
                break;
        }
    }

    private static void WriteNextValue(SqlWriter writer, string sequence)
    {
        var names = sequence.Split('.').Select(name => SqlWriter.QuoteName(writer.Database, name));
        switch (writer.Database)
        {
            case DatabaseKind.PostgreSql:
                writer.Add($"nextval({SqlWriter.QuoteText(writer.Database, string.Join('.', names))})");
                break;
            case DatabaseKind.SqlServer:
                writer.Add($"NEXT VALUE FOR {string.Join('.', names)}");
                break;
            default:
                writer.Fail();
                break;
        }
    }

    private static void WriteByteLength(SqlWriter writer, SqlExpression value)
    {
        if (writer.Database == DatabaseKind.Sqlite)
        {
            writer.Add("length(CAST(").WriteValue(value);
            writer.Add(" AS BLOB))");
            return;
        }

        WriteCall(writer, Choose(writer, "", "octet_length", "length", "datalength"), [value]);
    }

    private static void WritePosition(SqlWriter writer, SqlExpression part, SqlExpression text)
    {
        switch (writer.Database)
        {
            case DatabaseKind.Sqlite:
                WriteCall(writer, "instr", [text, part]);
                break;
            case DatabaseKind.PostgreSql:
                WriteCall(writer, "strpos", [text, part]);
                break;
            default:
                WriteCall(writer, Choose(writer, "", "", "locate", "charindex"), [part, text]);
                break;
        }
    }

    // Nulls count as empty text.
    private static void WriteConcat(SqlWriter writer, ImmutableArray<SqlExpression> parts)
    {
        if (writer.Database == DatabaseKind.SqlServer && parts.Length > 1)
        {
            WriteCall(writer, "concat", parts);
            return;
        }

        if (writer.Database == DatabaseKind.MySql)
        {
            WriteCall(writer, "concat_ws", [new LiteralExpression(LiteralKind.String, ""), .. parts]);
            return;
        }

        writer.Add("(");
        for (var i = 0; i < parts.Length; i++)
        {
            writer.Add(i == 0 ? "coalesce(CAST(" : " || coalesce(CAST(").WriteValue(parts[i]);
            writer.Add(" AS text), '')");
        }

        writer.Add(")");
    }

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

    private static void WriteJsonValue(SqlWriter writer, SqlExpression document, string path)
    {
        var pathText = new LiteralExpression(LiteralKind.String, path);
        switch (writer.Database)
        {
            case DatabaseKind.Sqlite when writer.FindColumn(document) is { Type: SqlTypeKind.Json }:
                WriteCall(writer, "json_extract", [document, pathText]);
                break;
            case DatabaseKind.Sqlite:
                // Other text may be no document: then the column's checks are to refuse it, not the function with an error.
                writer.Add("CASE WHEN json_valid(").WriteValue(document);
                writer.Add(") THEN ");
                WriteCall(writer, "json_extract", [document, pathText]);
                writer.Add(" END");
                break;
            case DatabaseKind.MySql:
                writer.Add("json_unquote(");
                WriteCall(writer, "json_extract", [document, pathText]);
                writer.Add(")");
                break;
            case DatabaseKind.SqlServer:
                WriteCall(writer, "json_value", [document, pathText]);
                break;
            case DatabaseKind.PostgreSql when path.StartsWith("$.", StringComparison.Ordinal) && path[2..].All(c => char.IsLetterOrDigit(c) || c is '_' or '.'):
                writer.Add("(CAST(").WriteValue(document);
                writer.Add($" AS jsonb) #>> '{{{path[2..].Replace('.', ',')}}}')");
                break;
            default:
                writer.Fail();
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

    // The names of JSON's own types are the same on all databases, if not their case and the kinds of numbers.
    private static void WriteJsonType(SqlWriter writer, SqlExpression document)
    {
        switch (writer.Database)
        {
            case DatabaseKind.Sqlite:
                WriteRenamed("json_type(", ("integer", "number"), ("real", "number"), ("text", "string"), ("true", "boolean"), ("false", "boolean"));
                break;
            case DatabaseKind.MySql:
                WriteRenamed("lower(json_type(", ("integer", "number"), ("unsigned integer", "number"), ("double", "number"), ("decimal", "number"));
                break;
            case DatabaseKind.PostgreSql:
                WriteCall(writer, "jsonb_typeof", [document]);
                break;
            default:
                writer.Fail();
                break;
        }

        void WriteRenamed(string call, params ReadOnlySpan<(string Own, string Neutral)> names)
        {
            void WriteType()
            {
                writer.Add(call).WriteValue(document);
                writer.Add(call.Count(c => c == '(') == 2 ? "))" : ")");
            }

            writer.Add("CASE ");
            WriteType();
            foreach (var (own, neutral) in names)
            {
                writer.Add($" WHEN '{own}' THEN '{neutral}'");
            }

            writer.Add(" ELSE ");
            WriteType();
            writer.Add(" END");
        }
    }

    private static void WriteListLength(SqlWriter writer, SqlExpression list)
    {
        var isArray = writer.FindColumn(list) is { Type: SqlTypeKind.Array } column && PropertyTypes.Of(column)?.Form == ValueForm.List;
        var name = Choose(writer, "json_array_length", isArray ? "cardinality" : "jsonb_array_length", "json_length", "");
        if (name.Length == 0)
        {
            writer.Fail();
        }
        else
        {
            WriteCall(writer, name, [list]);
        }
    }

    // PostgreSQL has random bytes in an extension only, and random UUIDs at hand.
    private static void WriteRandomHex(SqlWriter writer, int bytes)
    {
        var uuids = string.Join(" || ", Enumerable.Repeat("replace(gen_random_uuid()::text, '-', '')", (bytes + 15) / 16));
        Pick(
            writer,
            $"lower(hex(randomblob({bytes})))",
            $"left({uuids}, {2 * bytes})",
            $"lower(hex(random_bytes({bytes})))",
            $"lower(convert(char({2 * bytes}), crypt_gen_random({bytes}), 2))");
    }

    internal static void WriteCall(SqlWriter writer, string name, ImmutableArray<SqlExpression> arguments)
    {
        writer.Add(name).Add("(");
        for (var i = 0; i < arguments.Length; i++)
        {
            writer.Add(i == 0 ? "" : ", ").WriteValue(arguments[i]);
        }

        writer.Add(")");
    }

    private static string Choose(SqlWriter writer, string sqlite, string postgreSql, string mySql, string sqlServer) => writer.Database switch
    {
        DatabaseKind.Sqlite => sqlite,
        DatabaseKind.PostgreSql => postgreSql,
        DatabaseKind.MySql => mySql,
        _ => sqlServer,
    };

    private static void Pick(SqlWriter writer, string? sqlite, string? postgreSql, string? mySql, string? sqlServer)
    {
        if (new ProviderSql(sqlite, postgreSql, mySql, sqlServer).For(writer.Database) is { } text)
        {
            writer.Add(text);
        }
        else
        {
            writer.Fail();
        }
    }
}
