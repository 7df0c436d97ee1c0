using Microsoft.Data.Sqlite;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>The file of a SQLite database, which migrations make and nothing else: one that has gone is missed, not replaced by an empty one.</summary>
internal static class SqliteFile
{
    /// <summary>A connection that opens the file where it is there. A mode that <paramref name="connection"/> itself names is kept.</summary>
    public static string? Opening(string? connection)
    {
        var builder = new SqliteConnectionStringBuilder(connection);
        if (builder.ShouldSerialize("Mode") || builder.DataSource is "" or ":memory:" || builder.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            return connection;
        }

        builder.Mode = SqliteOpenMode.ReadWrite;
        return builder.ConnectionString;
    }

    /// <summary>Makes the file of <paramref name="connection"/>, where readers do not wait for a writer.</summary>
    /// <exception cref="SqliteException">It cannot be made there.</exception>
    public static async Task CreateAsync(string? connection, CancellationToken cancellationToken)
    {
        var builder = new SqliteConnectionStringBuilder(connection);
        if (builder.Mode == SqliteOpenMode.ReadWrite)
        {
            builder.Mode = SqliteOpenMode.ReadWriteCreate;
        }

        await using var database = new SqliteConnection(builder.ConnectionString);
        await database.OpenAsync(cancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = 'wal'";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
