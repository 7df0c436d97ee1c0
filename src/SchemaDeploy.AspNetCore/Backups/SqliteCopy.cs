using Microsoft.Data.Sqlite;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Backups;

/// <summary>Files that hold a SQLite database as it was at one moment, made while others read and write it.</summary>
internal static class SqliteCopy
{
    private const int PatienceInMilliseconds = 60_000;

    /// <summary>Makes a file of a database. It has its name only once all of it was read again.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="file">A file that is not there yet.</param>
    /// <exception cref="StartupException">The database or the file cannot be used.</exception>
    public static void Make(string connectionString, string file)
    {
        if (File.Exists(file))
        {
            throw new StartupException($"{file} is there already. Name another file, or delete that one.");
        }

        var partial = $"{file}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            Create(partial);
            using (var database = Open(connectionString, SqliteOpenMode.ReadWrite))
            using (var copy = Open(ConnectionTo(partial), SqliteOpenMode.ReadWrite))
            {
                Copy(database, copy);
                // So that it is one file, wherever it is carried.
                Run(copy, "PRAGMA journal_mode = DELETE");
                Check(copy);
            }

            File.Move(partial, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"{file} cannot be written: {exception.Message} Name a folder that this process may write to.");
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Puts the database of a file in place of another: all of it, or nothing.</summary>
    /// <param name="file">A file that <see cref="Make"/> made.</param>
    /// <param name="connectionString">The database, whose file is there.</param>
    /// <param name="replaces">Whether tables that it has go.</param>
    /// <exception cref="StartupException">The file is damaged, or the database has tables that are to stay, or cannot be used.</exception>
    public static void BringBack(string file, string connectionString, bool replaces)
    {
        using var copy = Open(ConnectionTo(file), SqliteOpenMode.ReadOnly);
        Check(copy);
        using var database = Open(connectionString, SqliteOpenMode.ReadWrite);
        var tables = (long)Run(database, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")!;
        if (tables > 0 && !replaces)
        {
            throw new StartupException($"{database.DataSource} has {tables} tables. Back up what is there, stop the application, and say --replace.");
        }

        Copy(copy, database);
    }

    private static void Copy(SqliteConnection from, SqliteConnection to)
    {
        try
        {
            from.BackupDatabase(to);
        }
        catch (SqliteException exception)
        {
            throw CannotUse(from, exception);
        }
    }

    private static void Check(SqliteConnection copy)
    {
        if (Run(copy, "PRAGMA integrity_check(1)") is var found && found is not "ok")
        {
            throw new StartupException($"{copy.DataSource} is damaged: {found}.");
        }
    }

    private static SqliteConnection Open(string connectionString, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Mode = mode, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            SqliteDecimalCollation.AddTo(connection);
            // SQLite's own: to copy is no command, for which the driver would wait.
            Run(connection, $"PRAGMA busy_timeout = {PatienceInMilliseconds}");
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw CannotUse(connection, exception);
        }
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            return command.ExecuteScalar();
        }
        catch (SqliteException exception)
        {
            throw CannotUse(connection, exception);
        }
    }

    private static StartupException CannotUse(SqliteConnection connection, SqliteException exception) =>
        new($"SD4103: The database {connection.DataSource} cannot be used: {exception.Message}");

    private static string ConnectionTo(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;

    // All rows are in it: nobody else reads it.
    private static void Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(file, options).Dispose();
    }
}
