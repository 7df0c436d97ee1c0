using Microsoft.EntityFrameworkCore;

namespace Shop;

/// <summary>What an order costs.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Total">The sum over its lines, discounts taken off.</param>
public sealed record OrderTotal(long OrderId, int Lines, decimal Total);

/// <summary>An endpoint of our own beside the generated ones.</summary>
public static partial class Api
{
    static partial void Configure(WebApplication app) =>
        app.MapGet("/api/orders/{id:long}/total", async (long id, OrderService orders, AppDbContext database, CancellationToken cancellationToken) =>
        {
            // Answers 404 where there is none, and 403 where the caller may not read it.
            await orders.GetAsync(id, cancellationToken);
            var lines = await database.OrderLines
                .Where(line => line.OrderId == id)
                .Select(line => new { line.Quantity, line.UnitPrice, line.Discount })
                .ToListAsync(cancellationToken);
            return new OrderTotal(id, lines.Count, lines.Sum(line => line.Quantity * line.UnitPrice * (1 - line.Discount)));
        });
}
