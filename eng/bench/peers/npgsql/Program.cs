using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Peers;

const string Columns = "id, uuid, owner_id, item_type, quantity, value, metadata, created_at";

var builder = PeerApplication.CreateBuilder(args);
var app = builder.Build();
await using var database = new NpgsqlSlimDataSourceBuilder(app.Configuration["CONNECTION"]).EnableJsonTypes().Build();
var items = app.MapItems();

items.MapGet("/{id:long}", async (long id, ClaimsPrincipal user) =>
{
    await using var command = database.CreateCommand($"SELECT {Columns} FROM items WHERE id = $1 AND owner_id = $2");
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.UserId(user) });
    await using var reader = await command.ExecuteReaderAsync();
    return await reader.ReadAsync() ? Results.Ok(Read(reader)) : Results.Problem(statusCode: StatusCodes.Status404NotFound);
});

items.MapGet("", async (ClaimsPrincipal user, int limit = 50, string? cursor = null) =>
{
    await using var command = database.CreateCommand($"SELECT {Columns} FROM items WHERE owner_id = $1 AND id > $2 ORDER BY id LIMIT $3");
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.UserId(user) });
    command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PeerApplication.IdOf(cursor) });
    command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
    await using var reader = await command.ExecuteReaderAsync();
    var rows = new List<ItemResponse>(limit + 1);
    while (await reader.ReadAsync())
    {
        rows.Add(Read(reader));
    }

    var next = rows.Count > limit ? PeerApplication.Cursor(rows[limit - 1].Id) : null;
    return new ItemPage(rows.Count > limit ? rows.GetRange(0, limit) : rows, next, Previous: null);
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
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING {Columns}),
        log AS (
            INSERT INTO audit_logs (user_id, action, entity_type, entity_id, new_values, ip_address, timestamp)
            SELECT $2, 'CREATE', 'item', id, to_jsonb(item), $9, $7 FROM item)
        SELECT {Columns} FROM item
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
        var item = Read(reader);
        return Results.Created($"/api/items/{item.Id}", item);
    }
    catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
    {
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests);
    }
});

await app.RunAsync();

static ItemResponse Read(NpgsqlDataReader reader) => new(
    reader.GetInt64(0),
    reader.GetString(1),
    reader.GetInt64(2),
    reader.GetString(3),
    reader.GetInt32(4),
    reader.IsDBNull(5) ? null : reader.GetDecimal(5),
    reader.IsDBNull(6) ? null : JsonElement.Parse(reader.GetString(6)),
    reader.IsDBNull(7) ? null : reader.GetDateTime(7));
