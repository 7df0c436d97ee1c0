using System.Net;
using System.Security.Claims;
using Npgsql;
using NpgsqlTypes;
using Peers;

var builder = PeerApplication.CreateBuilder(args);
var app = builder.Build();
await using var database = new NpgsqlSlimDataSourceBuilder(app.Configuration["CONNECTION"]).EnableJsonTypes().Build();
var items = app.MapItems();

items.MapGet("/{id:long}", async (long id, ClaimsPrincipal user) =>
{
    await using var command = database.CreateCommand($"SELECT {ItemRows.Columns} FROM items WHERE id = $1 AND owner_id = $2");
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.UserId(user) });
    await using var reader = await command.ExecuteReaderAsync();
    return await reader.ReadAsync() ? Results.Ok(ItemRows.Read(reader)) : Results.Problem(statusCode: StatusCodes.Status404NotFound);
});

items.MapGet("", async (ClaimsPrincipal user, int limit = 50, string? cursor = null) =>
{
    await using var command = database.CreateCommand($"SELECT {ItemRows.Columns} FROM items WHERE owner_id = $1 AND id > $2 ORDER BY id LIMIT $3");
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.UserId(user) });
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.IdOf(cursor) });
    command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
    await using var reader = await command.ExecuteReaderAsync();
    return await ItemRows.ReadPageAsync(reader, limit);
});

// The item and what the audit log says of it are one statement, and so one transaction; the unique index refuses the second of a minute.
items.MapPost("", async (ItemCreate request, ClaimsPrincipal user, HttpContext http) =>
{
    if (request.Problems() is { Count: > 0 } problems)
    {
        return Results.ValidationProblem(problems);
    }

    var now = DateTime.UtcNow;
    await using var command = database.CreateCommand($"""
        WITH item AS (
            INSERT INTO items (uuid, owner_id, item_type, quantity, value, metadata, created_at, created_at_minute)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING {ItemRows.Columns}),
        log AS (
            INSERT INTO audit_logs (user_id, action, entity_type, entity_id, new_values, ip_address, timestamp)
            SELECT $2, 'CREATE', 'item', id, to_jsonb(item), $9, $7 FROM item)
        SELECT {ItemRows.Columns} FROM item
        """);
    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Guid.NewGuid().ToString() });
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.UserId(user) });
    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = request.ItemType! });
    command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.Quantity ?? 1 });
    command.Parameters.Add(new NpgsqlParameter<decimal> { TypedValue = request.Value ?? 0m });
    command.Parameters.Add(new NpgsqlParameter { Value = request.Metadata?.GetRawText() ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb });
    command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
    command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = PeerApplication.MinuteOf(now), NpgsqlDbType = NpgsqlDbType.TimestampTz });
    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = (http.Connection.RemoteIpAddress ?? IPAddress.None).ToString() });
    try
    {
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var item = ItemRows.Read(reader);
        return Results.Created($"/api/items/{item.Id}", item);
    }
    catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
    {
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests);
    }
});

await app.RunAsync();
