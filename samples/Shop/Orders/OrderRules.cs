using SchemaDeploy.AspNetCore.Problems;

namespace Shop;

/// <summary>What the database cannot know about orders.</summary>
public partial class OrderService
{
    partial void OnCreating(Order order, OrderCreate request)
    {
        if (order.Status != "open")
        {
            throw new ApiException(422, "A new order is open; it is paid and shipped later.");
        }
    }

    partial void OnUpdating(Order order, OrderUpdate request)
    {
        var before = Database.Entry(order).Property(o => o.Status).OriginalValue;
        if (before == "cancelled" && order.Status != "cancelled")
        {
            throw new ApiException(422, "A cancelled order stays cancelled. Place a new one.");
        }
    }
}
