using System.Data;
using System.Data.Common;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using MySqlConnector;
using Peers;

var builder = PeerApplication.CreateBuilder(args);
var app = builder.Build();
var isSqlite = app.Configuration["ENGINE"] == "sqlite";
var factory = isSqlite ? (DbProviderFactory)SqliteFactory.Instance : MySqlConnectorFactory.Instance;
await using var database = factory.CreateDataSource(app.Configuration["CONNECTION"]!);
// SQLite has one writer at a time; those that it refuses would sleep before they try again.
using var writer = new SemaphoreSlim(isSqlite ? 1 : int.MaxValue);
var items = app.MapItems();

items.MapGet("/{id:long}", async (long id, ClaimsPrincipal user) =>
{
    await using var connection = await database.OpenConnectionAsync();
    await using var command = Command(connection, $"SELECT {ItemRows.Columns} FROM items WHERE id = @id AND owner_id = @owner");
    Add(command, "@id", id);
    Add(command, "@owner", PeerApplication.UserId(user));
    await using var reader = await command.ExecuteReaderAsync();
    return await reader.ReadAsync() ? Results.Ok(ItemRows.Read(reader)) : Results.Problem(statusCode: StatusCodes.Status404NotFound);
});

items.MapGet("", async (ClaimsPrincipal user, int limit = 50, string? cursor = null) =>
{
    await using var connection = await database.OpenConnectionAsync();
    await using var command = Command(connection, $"SELECT {ItemRows.Columns} FROM items WHERE owner_id = @owner AND id > @after ORDER BY id LIMIT @count");
    Add(command, "@owner", PeerApplication.UserId(user));
    Add(command, "@after", PeerApplication.IdOf(cursor));
    Add(command, "@count", limit + 1);
    await using var reader = await command.ExecuteReaderAsync();
    return await ItemRows.ReadPageAsync(reader, limit);
});

// The item and what the audit log says of it are one transaction; the unique index refuses the second of a minute.
items.MapPost("", async (ItemCreate request, ClaimsPrincipal user, HttpContext http) =>
{
    if (request.Problems() is { Count: > 0 } problems)
    {
        return Results.ValidationProblem(problems);
    }

    var now = DateTime.UtcNow;
    var item = new ItemResponse(
        0, Guid.NewGuid().ToString(), PeerApplication.UserId(user), request.ItemType!, request.Quantity ?? 1, request.Value ?? 0m, request.Metadata, now);
    await writer.WaitAsync();
    try
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        await using var insert = Command(
            connection,
            """
            INSERT INTO items (uuid, owner_id, item_type, quantity, value, metadata, created_at, created_at_minute)
            VALUES (@uuid, @owner, @type, @quantity, @value, @metadata, @now, @minute) RETURNING id
            """,
            transaction);
        Add(insert, "@uuid", item.Uuid);
        Add(insert, "@owner", item.OwnerId);
        Add(insert, "@type", item.ItemType);
        Add(insert, "@quantity", item.Quantity);
        Add(insert, "@value", item.Value);
        Add(insert, "@metadata", item.Metadata?.GetRawText());
        Add(insert, "@now", now);
        Add(insert, "@minute", PeerApplication.MinuteOf(now));
        item = item with { Id = Convert.ToInt64(await insert.ExecuteScalarAsync(), null) };
        await using var log = Command(
            connection,
            """
            INSERT INTO audit_logs (user_id, action, entity_type, entity_id, new_values, ip_address, timestamp)
            VALUES (@owner, 'CREATE', 'item', @id, @values, @address, @now)
            """,
            transaction);
        Add(log, "@owner", item.OwnerId);
        Add(log, "@id", item.Id);
        Add(log, "@values", JsonSerializer.Serialize(item, PeerJson.Default.ItemResponse));
        Add(log, "@address", (http.Connection.RemoteIpAddress ?? IPAddress.None).ToString());
        Add(log, "@now", now);
        await log.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return Results.Created($"/api/items/{item.Id}", item);
    }
    catch (DbException exception) when (exception is SqliteException { SqliteExtendedErrorCode: 2067 } or MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry })
    {
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests);
    }
    finally
    {
        writer.Release();
    }
});

await app.RunAsync();

static DbCommand Command(DbConnection connection, string text, DbTransaction? transaction = null)
{
    var command = connection.CreateCommand();
    command.CommandText = text;
    command.Transaction = transaction;
    return command;
}

static void Add(DbCommand command, string name, object? value)
{
    var parameter = command.CreateParameter();
    parameter.ParameterName = name;
    parameter.Value = value ?? DBNull.Value;
    command.Parameters.Add(parameter);
}
