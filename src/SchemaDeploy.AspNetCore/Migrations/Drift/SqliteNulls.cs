using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Scaffolding.Metadata;

namespace SchemaDeploy.AspNetCore.Migrations.Drift;

/// <summary>
/// The columns of a database of SQLite that allow null and are referred to, which the provider's reader says they do not: no
/// relationship of EF Core could be made of the reference.
/// </summary>
internal static class SqliteNulls
{
    private const string Sql =
        """
        SELECT tables.name, columns.name
        FROM sqlite_schema AS tables JOIN pragma_table_xinfo(tables.name) AS columns
        WHERE tables.type = 'table' AND columns."notnull" = 0 AND columns.pk = 0
        """;

    /// <summary>Corrects the tables of <paramref name="live"/>.</summary>
    public static void Correct(DatabaseModel live, DatabaseFacade database)
    {
        var referred = live.Tables.SelectMany(table => table.ForeignKeys).SelectMany(key => key.PrincipalColumns).ToLookup(column => (column.Table.Name, column.Name));
        database.OpenConnection();
        try
        {
            using var command = database.GetDbConnection().CreateCommand();
            command.CommandText = Sql;
            command.CommandTimeout = 0;
            using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
            while (reader.Read())
            {
                foreach (var column in referred[(reader.GetString(0), reader.GetString(1))])
                {
                    column.IsNullable = true;
                }
            }
        }
        finally
        {
            database.CloseConnection();
        }
    }
}
