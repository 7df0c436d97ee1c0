using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.AspNetCore.Data;

/// <summary>
/// Makes the SQLite database from the model. In Development one made from an earlier schema is set aside, not deleted,
/// and a new one made; elsewhere it holds what nobody wants set aside, and there is no going on.
/// </summary>
internal sealed partial class SqliteDatabaseCreator<TContext>(IServiceProvider services, IHostEnvironment environment, ILogger<SqliteDatabaseCreator<TContext>> logger) : IDatabaseCreator
    where TContext : DbContext
{
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var file = new SqliteConnectionStringBuilder(database.Database.GetConnectionString()).DataSource;
        try
        {
            var fingerprint = FingerprintOf(database.Database.GenerateCreateScript());
            if (!await database.Database.EnsureCreatedAsync(cancellationToken))
            {
                var found = await ReadFingerprintAsync(database, cancellationToken);
                if (found == 0 || found == fingerprint)
                {
                    return;
                }

                if (!environment.IsDevelopment())
                {
                    throw new StartupException(
                        $"The SQLite database {file} was made from another schema. Changes of the schema are not carried over: "
                        + "bring the tables to the new schema by hand, or name another file in DATABASE_URL.");
                }

                LogSetAside(logger, file, SetAside(database, file));
                await database.Database.EnsureCreatedAsync(cancellationToken);
            }

            await database.Database.ExecuteSqlRawAsync(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {fingerprint}"), cancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The SQLite database {file} cannot be opened: {exception.Message}");
        }
    }

    // Never 0, which is what a database of someone else's making has.
    private static int FingerprintOf(string script) =>
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(script))) | 1;

    private static async Task<int> ReadFingerprintAsync(TContext database, CancellationToken cancellationToken) =>
        (await database.Database.SqlQueryRaw<int>("SELECT user_version AS \"Value\" FROM pragma_user_version").ToListAsync(cancellationToken))[0];

    private static string SetAside(TContext database, string file)
    {
        // Into the file goes what the log beside it still holds.
        database.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        database.Database.CloseConnection();
        SqliteConnection.ClearAllPools();
        var number = 1;
        string target;
        do
        {
            target = string.Create(CultureInfo.InvariantCulture, $"{file}.{number++}");
        }
        while (File.Exists(target));

        File.Move(file, target);
        File.Delete(file + "-wal");
        File.Delete(file + "-shm");
        return target;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} was made from another schema. It is kept as {Target}, and a new one is made")]
    private static partial void LogSetAside(ILogger logger, string file, string target);
}
