using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Lets SQLite compare, sort and index decimals that are kept as text because a double has too few digits for them.
/// SQLite's own decimal extension, which its command line has built in, knows the collation by the same name.
/// </summary>
internal sealed class SqliteDecimalCollation : DbConnectionInterceptor
{
    public const string Name = "decimal";

    public override DbConnection ConnectionCreated(ConnectionCreatedEventData eventData, DbConnection result)
    {
        if (result is SqliteConnection connection)
        {
            AddTo(connection);
        }

        return result;
    }

    /// <summary>For a connection that EF Core has not made.</summary>
    public static void AddTo(SqliteConnection connection) => connection.CreateCollation(Name, Compare);

    private static int Compare(string left, string right) =>
        TryParse(left, out var a) && TryParse(right, out var b) ? a.CompareTo(b) : string.CompareOrdinal(left, right);

    private static bool TryParse(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
