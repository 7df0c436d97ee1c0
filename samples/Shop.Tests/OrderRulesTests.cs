using SchemaDeploy.AspNetCore.Problems;
using Xunit;

namespace Shop.Tests;

/// <summary>The hooks of the service of orders.</summary>
public sealed class OrderRulesTests(TestApp app)
{
    [Fact]
    public async Task A_new_order_is_open()
    {
        var request = await OrderRows.NewAsync(app);
        request.Status = "paid";

        var refusal = await Assert.ThrowsAsync<ApiException>(() =>
            app.WithServiceAsync(app.Admin, (OrderService orders) => orders.CreateAsync(request)));

        Assert.Equal((422, "A new order is open; it is paid and shipped later."), (refusal.Status, refusal.Message));
    }

    [Fact]
    public async Task An_order_is_paid_and_shipped_later()
    {
        var order = (await OrderRows.CreateAsync(app)).Row;

        Assert.Equal("paid", (await ChangeAsync(order.OrderId, "paid")).Status);
        Assert.Equal("shipped", (await ChangeAsync(order.OrderId, "shipped")).Status);
    }

    [Fact]
    public async Task A_cancelled_order_stays_cancelled_whoever_asks()
    {
        var order = (await OrderRows.CreateAsync(app)).Row;
        await ChangeAsync(order.OrderId, "cancelled");

        await Assert.ThrowsAsync<ApiException>(() => ChangeAsync(order.OrderId, "open"));
        // Rights do not bind the application itself. Hooks do.
        await Assert.ThrowsAsync<ApiException>(() => app.WithServiceAsync((OrderService orders) =>
            orders.UpdateAsync(order.OrderId, change => WithStatus(change, "open"))));

        var read = await app.WithServiceAsync(app.Admin, (OrderService orders) => orders.GetAsync(order.OrderId));
        Assert.Equal("cancelled", read.Status);
    }

    [Fact]
    public async Task Somebody_who_is_not_ADMIN_sees_no_orders()
    {
        var order = (await OrderRows.CreateAsync(app)).Row;

        var refusal = await Assert.ThrowsAsync<ApiException>(() =>
            app.WithServiceAsync(app.Anonymous, (OrderService orders) => orders.GetAsync(order.OrderId)));

        Assert.Equal(401, refusal.Status);
    }

    private Task<OrderResponse> ChangeAsync(long order, string status) =>
        app.WithServiceAsync(app.Admin, (OrderService orders) => orders.UpdateAsync(order, change => WithStatus(change, status)));

    private static OrderUpdate WithStatus(OrderUpdate change, string status)
    {
        change.Status = status;
        return change;
    }
}
