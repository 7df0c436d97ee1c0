using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>Follows rules, has a guardian, and is taken for a duplicate where the same room and note come twice within a minute.</summary>
public class Booking
{
    public long Id { get; set; }
    public string Room { get; set; } = null!;
    public string? Note { get; set; }
    public int Seats { get; set; }
    public decimal? Price { get; set; }
    public string State { get; set; } = null!;
    public DateTime ChangedAt { get; set; }
}

public sealed class BookingResponse
{
    [JsonPropertyName("id")] public long Id { get; set; }
    [JsonPropertyName("room")] public string Room { get; set; } = null!;
    [JsonPropertyName("note")] public string? Note { get; set; }
    [JsonPropertyName("seats")] public int Seats { get; set; }
    [JsonPropertyName("price")] public decimal? Price { get; set; }
    [JsonPropertyName("state")] public string State { get; set; } = null!;
}

public sealed class BookingRequest : IValidatable
{
    [JsonPropertyName("room")] public string? Room { get; set; }
    [JsonPropertyName("note")] public string? Note { get; set; }
    [JsonPropertyName("seats")] public int? Seats { get; set; } = 1;
    [JsonPropertyName("price")] public decimal? Price { get; set; }
    [JsonPropertyName("state")] public string? State { get; set; } = "OPEN";

    public void Validate(Validator validator)
    {
        validator.Required("room", Room);
        validator.Required("seats", Seats);
        validator.Required("state", State);
    }
}

public sealed class BookingService(AppDbContext database, Caller caller, IEnumerable<IGuardian<Booking>> guardians)
    : ResourceService<Booking, long, BookingRequest, BookingRequest, BookingResponse>(database, caller, ResourceAccess.Of(Grant.Anyone), guardians)
{
    public static ResourceShape<Booking> Shape { get; } = new(
        fields:
        [
            ResourceField.Of<Booking, long>("id", row => row.Id, FieldUses.FilterAndSort),
            ResourceField.Of<Booking>("room", row => row.Room, FieldUses.FilterAndSort),
            ResourceField.Of<Booking>("note", row => row.Note, FieldUses.FilterAndSort),
            ResourceField.Of<Booking, int>("seats", row => row.Seats, FieldUses.FilterAndSort),
            ResourceField.Of<Booking, decimal>("price", row => row.Price, FieldUses.FilterAndSort),
            ResourceField.Of<Booking>("state", row => row.State, FieldUses.FilterAndSort),
        ],
        key: ["id"],
        expansions: []);

    protected override bool HasRules => true;

    protected override Expression<Func<Booking, bool>> HasKey(long key) => row => row.Id == key;

    protected override Booking ToEntity(BookingRequest request)
    {
        var row = new Booking();
        Apply(row, request);
        return row;
    }

    protected override BookingRequest ToUpdate(Booking entity) =>
        new() { Room = entity.Room, Note = entity.Note, Seats = entity.Seats, Price = entity.Price, State = entity.State };

    protected override void Apply(Booking entity, BookingRequest request) => (entity.Room, entity.Note, entity.Seats, entity.Price, entity.State) =
        (request.Room!, request.Note, request.Seats!.Value, request.Price, request.State!);

    protected override BookingResponse ToResponse(Booking entity) =>
        new() { Id = entity.Id, Room = entity.Room, Note = entity.Note, Seats = entity.Seats, Price = entity.Price, State = entity.State };

    // What hooks change is judged too.
    protected override void Creating(Booking entity, BookingRequest request) => entity.Seats *= request.Note == "with partners" ? 2 : 1;

    protected override void Updating(Booking entity, BookingRequest request) => entity.Seats *= request.Note == "with partners" ? 2 : 1;

    protected override void CheckRules(PendingWrite<Booking> write)
    {
        var booking = write.Row;
        var now = write.Now;
        if (write.Kind != WriteKind.Delete)
        {
            write.Check("seats", booking.Seats is >= 1 and <= 6, "One to six people.");
            write.Check("price", booking.Price is null || booking.Price * booking.Price * booking.Price <= 1000000m, "Too dear.");
            write.Check(now - booking.ChangedAt < TimeSpan.FromMilliseconds(1), "Rules see the times that the server sets.");
        }

        if (write.Old is { } old)
        {
            write.Check("state", old.State != "CANCELLED", "A cancelled booking stays cancelled.");
        }

        if (write.Kind == WriteKind.Delete)
        {
            write.Check("state", booking.State != "PAID", "A paid booking is cancelled, not deleted.");
        }
    }
}

/// <summary>Knows what the row does not say.</summary>
public sealed class BookingGuardian(AppDbContext database) : IGuardian<Booking>
{
    public async ValueTask CheckAsync(PendingWrite<Booking> write, CancellationToken cancellationToken)
    {
        var (row, id) = (write.Row, write.Row.Id);
        if (write.Kind == WriteKind.Update && write.Old!.Room != row.Room
            && await database.Set<Booking>().AnyAsync(other => other.Room == row.Room && other.Id != id, cancellationToken))
        {
            write.Refuse("room", $"{row.Room} is taken.");
        }

        write.Check(row.Note != "forbidden", "Nothing forbidden is booked.");
    }
}

public static class BookingEndpoints
{
    public static ResourceEndpoints<BookingService, Booking, long, BookingRequest, BookingRequest, BookingResponse> Handlers { get; } = new()
    {
        Shape = BookingService.Shape,
        Json = AppJsonContext.Default.BookingResponse,
        CreateJson = AppJsonContext.Default.BookingRequest,
        CreateManyJson = AppJsonContext.Default.ListBookingRequest,
        UpdateJson = AppJsonContext.Default.BookingRequest,
        Key = request => request.RouteValue<long>("id"),
        Path = row => RoutePath.Of(row.Id),
    };

    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        var routes = api.MapGroup("/bookings").WithTags("bookings");
        routes.MapGet("", Handlers.List).WithName("listBookings");
        routes.MapPost("", Handlers.Create).WithName("createBooking");
        routes.MapPost("/batch", Handlers.CreateBatch).WithName("createBookings");
        routes.MapGet("/{id}", Handlers.Get).WithName("getBooking");
        routes.MapPatch("/{id}", Handlers.Update).WithName("updateBooking");
        routes.MapDelete("/{id}", Handlers.Delete).WithName("deleteBooking");
    }
}

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings");
        builder.Property(row => row.Room).HasColumnName("room");
        builder.Property(row => row.Note).HasColumnName("note");
        builder.Property(row => row.Seats).HasColumnName("seats");
        builder.Property(row => row.Price).HasColumnName("price").HasPrecision(28, 2);
        builder.Property(row => row.State).HasColumnName("state");
        builder.Property(row => row.ChangedAt).HasColumnName("changed_at").HasConversion<UtcDateTimeConverter>().HasNowOnUpdate();
        builder.HasUniqueWithin(
            TimeSpan.FromSeconds(60),
            [nameof(Booking.Room), nameof(Booking.Note)],
            time: null,
            columns: "unique_within",
            indexes: ("uq_bookings_unique_within", "uq_bookings_unique_within_shifted"));
    }
}
