using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Peers;

var builder = PeerApplication.CreateBuilder(args);
builder.Services.AddDbContextPool<ShopContext>(options => options.UseNpgsql(builder.Configuration["CONNECTION"]));
var app = builder.Build();
var items = app.MapItems();

items.MapGet("/{id:long}", async (long id, ClaimsPrincipal user, ShopContext database) =>
{
    var owner = PeerApplication.UserId(user);
    return await database.Items.Where(item => item.Id == id && item.OwnerId == owner).Select(ShopContext.Shown).FirstOrDefaultAsync() is { } item
        ? Results.Ok(item)
        : Results.Problem(statusCode: StatusCodes.Status404NotFound);
});

items.MapGet("", async (ClaimsPrincipal user, ShopContext database, int limit = 50, string? cursor = null) =>
{
    var (owner, after) = (PeerApplication.UserId(user), PeerApplication.IdOf(cursor));
    var rows = await database.Items.Where(item => item.OwnerId == owner && item.Id > after).OrderBy(item => item.Id).Take(limit + 1).Select(ShopContext.Shown).ToListAsync();
    var next = rows.Count > limit ? PeerApplication.Cursor(rows[limit - 1].Id) : null;
    return new ItemPage(rows.Count > limit ? rows.GetRange(0, limit) : rows, next, Previous: null);
});

items.MapPost("", async (ItemCreate request, ClaimsPrincipal user, ShopContext database, HttpContext http) =>
{
    if (request.Problems() is { Count: > 0 } problems)
    {
        return Results.ValidationProblem(problems);
    }

    var now = DateTime.UtcNow;
    var (owner, minute) = (PeerApplication.UserId(user), PeerApplication.MinuteOf(now));
    await using var transaction = await database.Database.BeginTransactionAsync();
    if (await database.Items.AnyAsync(item => item.OwnerId == owner && item.ItemType == request.ItemType && item.CreatedAtMinute == minute))
    {
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests);
    }

    var row = new Item
    {
        Uuid = Guid.NewGuid().ToString(),
        OwnerId = owner,
        ItemType = request.ItemType!,
        Quantity = request.Quantity ?? 1,
        Value = request.Value ?? 0m,
        Metadata = request.Metadata?.GetRawText(),
        CreatedAt = now,
        CreatedAtMinute = minute,
    };
    database.Items.Add(row);
    try
    {
        await database.SaveChangesAsync();
    }
    catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
    {
        return Results.Problem(statusCode: StatusCodes.Status429TooManyRequests);
    }

    var shown = ShopContext.Show(row);
    database.AuditLogs.Add(new AuditLog
    {
        UserId = owner,
        Action = "CREATE",
        EntityType = "item",
        EntityId = row.Id,
        NewValues = JsonSerializer.Serialize(shown, PeerJson.Default.ItemResponse),
        IpAddress = http.Connection.RemoteIpAddress?.ToString(),
        Timestamp = now,
    });
    await database.SaveChangesAsync();
    await transaction.CommitAsync();
    return Results.Created($"/api/items/{row.Id}", shown);
});

await app.RunAsync();
