using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>Why a database refused.</summary>
internal enum DatabaseErrorKind
{
    /// <summary>For a reason that is nobody's but the application's.</summary>
    Other,

    /// <summary>A row with the same key exists.</summary>
    Unique,

    /// <summary>What the row refers to does not exist, or others refer to it.</summary>
    ForeignKey,

    /// <summary>A column needs a value.</summary>
    NotNull,

    /// <summary>A check does not hold.</summary>
    Check,

    /// <summary>A value is longer than its column, or than the index that holds it.</summary>
    TooLong,

    /// <summary>A number or time is beyond what its column holds.</summary>
    OutOfRange,

    /// <summary>The transaction was given up in favour of another one; a second attempt may succeed.</summary>
    Conflict,

    /// <summary>The database cannot be reached or has too much to do.</summary>
    Busy,
}

/// <summary>An error of a database in terms that all databases share.</summary>
/// <param name="Kind">Why the database refused.</param>
/// <param name="Name">The constraint, key or column that it names; null where it names none.</param>
/// <param name="Table">The table of the row that was refused; null where it is not said, as by most databases.</param>
internal sealed partial record DatabaseError(DatabaseErrorKind Kind, string? Name = null, string? Table = null)
{
    /// <summary>The name that MySQL gives every primary key.</summary>
    public const string MySqlPrimaryKey = "PRIMARY";

    // PostgreSQL's and MySQL's, of one who has waited for a lock for as long as was said.
    private const string LockNotAvailable = "55P03";
    private const int LockWaitTimeout = 1205;

    /// <summary>The error within <paramref name="exception"/>, however often it is wrapped; null where no database is at its root.</summary>
    public static DatabaseError? Find(Exception? exception)
    {
        // EF Core's own exceptions stand around the provider's.
        while (exception is not null and not DbException)
        {
            exception = exception.InnerException;
        }

        return exception is DbException error ? Of(error) : null;
    }

    /// <summary>Whether the database has answered with <paramref name="error"/>, and goes on: nothing of the transaction is kept. Not of SQL Server.</summary>
    public static bool IsRefusal(DbException error) =>
        error is SqliteException or { SqlState: not null }
        && (Of(error).Kind != DatabaseErrorKind.Busy || error.SqlState == LockNotAvailable || MySqlCode(error) == LockWaitTimeout);

    // Providers are told apart by what they leave in the exception, since the application may ship any of them.
    private static DatabaseError Of(DbException error) => error switch
    {
        SqliteException sqlite => OfSqlite(sqlite),
        _ when MySqlCode(error) is { } code => OfMySql(code, error),
        _ when error.Data["HelpLink.EvtID"] is string number => OfSqlServer(number, error.Message),
        { SqlState: { } state } => OfPostgreSql(state, error),
        _ => new(IsPassing(error) ? DatabaseErrorKind.Busy : DatabaseErrorKind.Other),
    };

    // MySqlConnector does not count the end of a connection among what passes.
    private static bool IsPassing(DbException error) => error.IsTransient || error.InnerException is IOException or SocketException;

    private static int? MySqlCode(DbException error) =>
        error.Data["Server Error Code"] is { } code ? Convert.ToInt32(code, CultureInfo.InvariantCulture) : null;

    private static DatabaseError OfSqlite(SqliteException error)
    {
        var kind = error.SqliteExtendedErrorCode switch
        {
            1555 or 2067 or 2579 => DatabaseErrorKind.Unique,
            787 or 1811 => DatabaseErrorKind.ForeignKey,
            1299 => DatabaseErrorKind.NotNull,
            275 => DatabaseErrorKind.Check,
            // Locked, or no file that can be opened.
            _ => error.SqliteErrorCode is 5 or 6 or 14 ? DatabaseErrorKind.Busy : DatabaseErrorKind.Other,
        };
        return new(kind, NameIn(SqliteName(), error.Message));
    }

    private static DatabaseError OfPostgreSql(string state, DbException error) => new(
        state switch
        {
            "23505" => DatabaseErrorKind.Unique,
            "23503" or "23001" => DatabaseErrorKind.ForeignKey,
            "23502" => DatabaseErrorKind.NotNull,
            "23514" => DatabaseErrorKind.Check,
            // An index holds no more than a third of a page.
            "22001" or "54000" => DatabaseErrorKind.TooLong,
            "22003" or "22008" => DatabaseErrorKind.OutOfRange,
            "40001" or "40P01" => DatabaseErrorKind.Conflict,
            // A migration has changed the table under a statement that was prepared; the next attempt prepares it anew.
            "0A000" when error.Data["Routine"] is "RevalidateCachedQuery" => DatabaseErrorKind.Conflict,
            // The server is shutting down, has crashed, or has too many connections.
            _ => error.IsTransient || state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) ? DatabaseErrorKind.Busy : DatabaseErrorKind.Other,
        },
        error.Data["ConstraintName"] as string ?? error.Data["ColumnName"] as string,
        error.Data["TableName"] as string);

    private static DatabaseError OfMySql(int code, DbException error) => new(
        code switch
        {
            1062 or 1169 or 1586 => DatabaseErrorKind.Unique,
            1216 or 1217 or 1451 or 1452 => DatabaseErrorKind.ForeignKey,
            1048 or 1364 => DatabaseErrorKind.NotNull,
            3819 or 4025 => DatabaseErrorKind.Check,
            1406 => DatabaseErrorKind.TooLong,
            1264 or 1292 or 1690 => DatabaseErrorKind.OutOfRange,
            1020 or 1213 => DatabaseErrorKind.Conflict,
            _ => IsPassing(error) ? DatabaseErrorKind.Busy : DatabaseErrorKind.Other,
        },
        NameIn(MySqlName(), error.Message));

    private static DatabaseError OfSqlServer(string number, string message) => new(
        number switch
        {
            "2601" or "2627" => DatabaseErrorKind.Unique,
            "547" => message.Contains("CHECK constraint", StringComparison.Ordinal) ? DatabaseErrorKind.Check : DatabaseErrorKind.ForeignKey,
            "515" => DatabaseErrorKind.NotNull,
            "2628" or "8152" or "1946" => DatabaseErrorKind.TooLong,
            "220" or "242" or "8115" => DatabaseErrorKind.OutOfRange,
            "1205" or "3960" => DatabaseErrorKind.Conflict,
            "-2" or "1222" or "10928" or "10929" => DatabaseErrorKind.Busy,
            _ => DatabaseErrorKind.Other,
        },
        NameIn(SqlServerName(), message));

    private static string? NameIn(Regex pattern, string message) =>
        pattern.Match(message).Groups["name"] is { Success: true } name ? name.Value : null;

    // The columns or the index of a key, a column, or a check. What clients sent stands in none of these messages.
    [GeneratedRegex("constraint failed: (?:index '(?<name>.+?)'|(?<name>.+?))'?\\.?$", RegexOptions.Singleline)]
    private static partial Regex SqliteName();

    // The value that stands in the message is the client's, so only what stands behind it is believed. MySQL puts the
    // table in front of the key, MariaDB does not.
    [GeneratedRegex("^Duplicate entry '.*' for key '(?:[^']*\\.)?(?<name>[^']+)'$|^CONSTRAINT `(?<name>[^`]+)` failed|^Check constraint '(?<name>[^']+)'|^Column '(?<name>[^']+)'|^Field '(?<name>[^']+)'|column '(?<name>[^']+)' at row \\d+$", RegexOptions.Singleline)]
    private static partial Regex MySqlName();

    [GeneratedRegex("(?:unique index|constraint|column) ['\"](?<name>[^'\"]+)['\"]")]
    private static partial Regex SqlServerName();
}
