using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;

namespace SchemaDeploy.AspNetCore.Migrations.Drift;

/// <summary>
/// The indexes of a database of MySQL or MariaDB. The provider's reader tells of one of those over the same columns, in
/// whatever order they have them, unique or not.
/// </summary>
internal static class MySqlIndexes
{
    private const string Sql =
        """
        SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME
        FROM INFORMATION_SCHEMA.STATISTICS
        WHERE TABLE_SCHEMA = DATABASE() AND INDEX_NAME <> 'PRIMARY' AND COLUMN_NAME IS NOT NULL
        ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX
        """;

    /// <summary>Gives the tables of <paramref name="live"/> all their indexes.</summary>
    public static void Complete(DatabaseModel live, DatabaseFacade database)
    {
        var tables = live.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var table in live.Tables)
        {
            table.Indexes.Clear();
        }

        database.OpenConnection();
        try
        {
            using var command = database.GetDbConnection().CreateCommand();
            command.CommandText = Sql;
            command.CommandTimeout = 0;
            using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
            while (reader.Read())
            {
                if (tables.TryGetValue(reader.GetString(0), out var table))
                {
                    IndexOf(table, reader.GetString(1), isUnique: reader.GetInt64(2) == 0).Columns.Add(table.Columns.Single(column => column.Name == reader.GetString(3)));
                }
            }
        }
        finally
        {
            database.CloseConnection();
        }
    }

    // The columns of an index follow one another.
    private static DatabaseIndex IndexOf(DatabaseTable table, string name, bool isUnique)
    {
        if (table.Indexes.LastOrDefault() is { } last && last.Name == name)
        {
            return last;
        }

        var index = new DatabaseIndex { Table = table, Name = name, IsUnique = isUnique };
        table.Indexes.Add(index);
        return index;
    }
}
