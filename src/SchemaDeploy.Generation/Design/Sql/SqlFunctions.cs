using System.Collections.Immutable;
using System.Globalization;
using SchemaDeploy.Schema.Script;
using SchemaDeploy.Schema.Script.Expressions;

namespace SchemaDeploy.Generation.Design.Sql;

/// <summary>The neutral functions in the words of each database.</summary>
internal static partial class SqlFunctions
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
            else if (writer.IsNative && IsInterval(call))
            {
                writer.Add("INTERVAL ").WriteOperand(call.Arguments[0]);
                writer.Add($" {((LiteralExpression)call.Arguments[1]).Text}");
            }
            else if (writer is { IsNative: true, Database: DatabaseKind.SqlServer })
            {
                TSqlForms.Write(writer, call);
            }
            else if (writer.IsNative)
            {
                WriteCall(writer, call.Name, call.Arguments);
            }
            else if (TSqlForms.Shared(call, writer.TimeKindOf(call)) is { } shared)
            {
                writer.WriteOperand(shared);
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
            // Bytes have no characters.
            case (NeutralFunctions.Length, [var value]) when IsBytes(writer, value):
                WriteByteLength(writer, value);
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

    /// <summary>Whether the call is MySQL's INTERVAL of a value and a unit, and not its function of that name.</summary>
    public static bool IsInterval(FunctionExpression call) =>
        call is { Name: "interval", Arguments: [_, LiteralExpression { Kind: LiteralKind.String, Text: var unit }] }
        && unit.All(c => char.IsAsciiLetter(c) || c == '_');

    // Times are UTC in the application, so they are in its databases.
    private static void WriteClock(SqlWriter writer, string name)
    {
        if (writer.Place == SqlPlace.Computed || (writer.Place == SqlPlace.Constraint && writer.Database is DatabaseKind.Sqlite or DatabaseKind.MySql))
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

    private static bool IsBytes(SqlWriter writer, SqlExpression value) =>
        writer.FindColumn(value)?.Type is SqlTypeKind.Binary or SqlTypeKind.VarBinary or SqlTypeKind.Blob;

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
