using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>Has a key of the client's, and may be created once a minute for each subject.</summary>
public class Ticket
{
    public string Name { get; set; } = null!;
    public string Subject { get; set; } = null!;
    public DateTime? CreatedAt { get; set; }
}

public sealed class TicketResponse
{
    [JsonPropertyName("name")] public string Name { get; set; } = null!;
    [JsonPropertyName("subject")] public string Subject { get; set; } = null!;
    [JsonPropertyName("created_at")] public DateTime? CreatedAt { get; set; }
}

public sealed class TicketCreate : IValidatable
{
    [JsonPropertyName("name")] public string? Name { get; set; }
    [JsonPropertyName("subject")] public string? Subject { get; set; }
    [JsonPropertyName("created_at")] public DateTime? CreatedAt { get; set; }

    public void Validate(Validator validator)
    {
        validator.Required("name", Name);
        validator.Required("subject", Subject);
    }
}

public sealed class TicketUpdate : IValidatable
{
    public void Validate(Validator validator)
    {
        // There is nothing to change, so nothing can be wrong.
    }
}

public class TicketService(AppDbContext database, Caller caller, IEnumerable<IGuardian<Ticket>> guardians)
    : ResourceService<Ticket, string, TicketCreate, TicketUpdate, TicketResponse>(database, caller, ResourceAccess.Of(Grant.Anyone), guardians)
{
    public static ResourceShape<Ticket> Shape { get; } = new(
        fields:
        [
            ResourceField.Of<Ticket>("name", row => row.Name, FieldUses.FilterAndSort),
            ResourceField.Of<Ticket>("subject", row => row.Subject, FieldUses.FilterAndSort),
            ResourceField.Of<Ticket, DateTime>("created_at", row => row.CreatedAt, FieldUses.FilterAndSort),
        ],
        key: ["name"],
        expansions: []);

    private static readonly RowQueries<Ticket, string> s_queries = RowQueries.Of<Ticket, string>(Shape, (row, key) => row.Name == key);

    protected override Expression<Func<Ticket, bool>> HasKey(string key) => row => row.Name == key;

    protected override RowQueries<Ticket, string> Queries => s_queries;

    protected override Ticket ToEntity(TicketCreate request) =>
        new() { Name = request.Name!, Subject = request.Subject!, CreatedAt = request.CreatedAt };

    protected override TicketUpdate ToUpdate(Ticket entity) => new();

    protected override void Apply(Ticket entity, TicketUpdate request)
    {
    }

    protected override TicketResponse ToResponse(Ticket entity) =>
        new() { Name = entity.Name, Subject = entity.Subject, CreatedAt = entity.CreatedAt };
}

public static class TicketEndpoints
{
    public static ResourceEndpoints<TicketService, Ticket, string, TicketCreate, TicketUpdate, TicketResponse> Handlers { get; } = new()
    {
        Shape = TicketService.Shape,
        Json = AppJsonContext.Default.TicketResponse,
        CreateJson = AppJsonContext.Default.TicketCreate,
        CreateManyJson = AppJsonContext.Default.ListTicketCreate,
        UpdateJson = AppJsonContext.Default.TicketUpdate,
        Key = request => request.RouteValue<string>("name"),
        Path = row => RoutePath.Of(row.Name),
    };

    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tickets", Handlers.List);
        api.MapPost("/tickets", Handlers.Create).HasUniqueRows();
        api.MapPost("/tickets/batch", Handlers.CreateBatch).HasUniqueRows();
        api.MapGet("/tickets/{name}", Handlers.Get);
        api.MapPut("/tickets/{name}", Handlers.Replace);
        api.MapPatch("/tickets/{name}", Handlers.Update);
        api.MapDelete("/tickets/{name}", Handlers.Delete);
    }
}

internal sealed class TicketConfiguration : IEntityTypeConfiguration<Ticket>
{
    public void Configure(EntityTypeBuilder<Ticket> builder)
    {
        builder.ToTable("tickets");
        builder.HasKey(row => row.Name);
        builder.Property(row => row.Name).HasJsonName("name");
        builder.Property(row => row.Subject).HasJsonName("subject");
        builder.Property(row => row.CreatedAt).HasJsonName("created_at").HasPrecision(0).HasConversion<UtcDateTimeConverter>().HasNowOnCreate();
        builder.Property<DateTime?>("CreatedAtMinute").HasTimeWindow(nameof(Ticket.CreatedAt), TimeUnit.Minute);
        builder.HasIndex(["Subject", "CreatedAtMinute"], "uk_tickets_minute").IsUnique();
    }
}
