using System.Data.Common;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Npgsql;
using SchemaDeploy.AspNetCore.Data;

namespace SchemaDeploy.AspNetCore.Tests.Migrations;

/// <summary>What a database says of itself: a line for every column, key, index, reference and check, sorted. The order of columns is left out.</summary>
internal static class Structure
{
    private const string PostgreSql =
        """
        SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum))
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT concat_ws(' ', 'comment', c.relname, obj_description(c.oid)) FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
        """;

    private const string MySql =
        """
        SELECT CONCAT_WS(' ', 'column', table_name, column_name, column_type, is_nullable, column_default, collation_name, extra, generation_expression, column_comment) FROM information_schema.columns WHERE table_schema = DATABASE()
        UNION ALL SELECT CONCAT_WS(' ', 'index', table_name, index_name, non_unique, GROUP_CONCAT(CONCAT_WS(' ', column_name, sub_part, collation) ORDER BY seq_in_index)) FROM information_schema.statistics WHERE table_schema = DATABASE() GROUP BY table_name, index_name, non_unique
        UNION ALL SELECT CONCAT_WS(' ', 'reference', k.table_name, k.constraint_name, GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position), k.referenced_table_name, GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position), r.delete_rule) FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r ON r.constraint_schema = k.table_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL GROUP BY k.table_name, k.constraint_name, k.referenced_table_name, r.delete_rule
        UNION ALL SELECT CONCAT_WS(' ', 'check', table_name, constraint_name, check_clause) FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()
        UNION ALL SELECT CONCAT_WS(' ', 'comment', table_name, table_comment) FROM information_schema.tables WHERE table_schema = DATABASE()
        """;

    // SQLite keeps the text that made a table, less its comments, which the text of a table that was made anew has too.
    private const string Sqlite =
        """
        SELECT type || ' ' || name || ' ' || replace(replace(sql, '"', ''), char(13), '') FROM sqlite_schema WHERE sql IS NOT NULL
        """;

    /// <summary>A connection that nobody keeps.</summary>
    public static async Task<DbConnection> OpenAsync(string url)
    {
        var parsed = DatabaseUrl.Parse(url);
        DbConnection connection = parsed.Provider switch
        {
            "postgres" => new NpgsqlConnection(parsed.ConnectionString + ";Pooling=False"),
            "mysql" => new MySqlConnection(parsed.ConnectionString + ";Pooling=False"),
            _ => new SqliteConnection(parsed.ConnectionString + ";Pooling=False"),
        };
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    public static async Task<string> OfAsync(string url)
    {
        await using var connection = await OpenAsync(url);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the texts above.
        command.CommandText = connection switch
        {
            NpgsqlConnection => PostgreSql,
            MySqlConnection => MySql,
            _ => Sqlite,
        };
#pragma warning restore CA2100
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(connection is SqliteConnection ? Sorted(reader.GetString(0)) : reader.GetString(0));
        }

        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    // The text of a table has a line for each of its parts.
    private static string Sorted(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim().TrimEnd(',')).Order(StringComparer.Ordinal));
}
