using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Tests.App;

[JsonConverter(typeof(EnumTextJsonConverter<GadgetState>))]
public enum GadgetState
{
    [JsonStringEnumMemberName("brand new")]
    BrandNew,

    [JsonStringEnumMemberName("USED")]
    Used,
}

/// <summary>The fields of every type, for the entity, the requests and the response alike.</summary>
public class GadgetFields
{
    [JsonPropertyName("flag")] public bool? Flag { get; set; }
    [JsonPropertyName("tiny")] public byte? Tiny { get; set; }
    [JsonPropertyName("small")] public short? Small { get; set; }
    [JsonPropertyName("number")] public int? Number { get; set; }
    [JsonPropertyName("big")] public long? Big { get; set; }
    [JsonPropertyName("huge")] public ulong? Huge { get; set; }
    [JsonPropertyName("price")] public decimal? Price { get; set; }
    [JsonPropertyName("amount")] public decimal? Amount { get; set; }
    [JsonPropertyName("real")] public double? Real { get; set; }
    [JsonPropertyName("single")] public float? Single { get; set; }
    [JsonPropertyName("text")] public string? Text { get; set; }
    [JsonPropertyName("fixed")] public string? Fixed { get; set; }
    [JsonPropertyName("uid")] public Guid? Uid { get; set; }
    [JsonPropertyName("moment")] public DateTime? Moment { get; set; }
    [JsonPropertyName("clock")] public DateTime? Clock { get; set; }
    [JsonPropertyName("offset")] public DateTimeOffset? Offset { get; set; }
    [JsonPropertyName("day")] public DateOnly? Day { get; set; }
    [JsonPropertyName("hour")] public TimeOnly? Hour { get; set; }
    [JsonPropertyName("span")] public TimeSpan? Span { get; set; }
    [JsonPropertyName("state")] public GadgetState? State { get; set; }
    [JsonPropertyName("bytes")] public byte[]? Bytes { get; set; }
    [JsonPropertyName("tags")] public List<string>? Tags { get; set; }
    [JsonPropertyName("sizes")] public List<int>? Sizes { get; set; }
    [JsonPropertyName("states")] public List<GadgetState>? States { get; set; }
    [JsonPropertyName("nick")] public string? Nick { get; set; }

    public void CopyTo(GadgetFields other)
    {
        (other.Flag, other.Tiny, other.Small, other.Number, other.Big, other.Huge) = (Flag, Tiny, Small, Number, Big, Huge);
        (other.Price, other.Amount, other.Real, other.Single) = (Price, Amount, Real, Single);
        (other.Text, other.Fixed, other.Uid, other.State, other.Bytes) = (Text, Fixed, Uid, State, Bytes);
        (other.Tags, other.Sizes, other.States, other.Nick) = (Tags, Sizes, States, Nick);
        (other.Moment, other.Clock, other.Offset, other.Day, other.Hour, other.Span) = (Moment, Clock, Offset, Day, Hour, Span);
    }
}

public class Gadget : GadgetFields
{
    public long Id { get; set; }
    public string? Document { get; set; }
}

public sealed class GadgetResponse : GadgetFields
{
    [JsonPropertyName("id")] public long Id { get; set; }
    [JsonPropertyName("document")] public JsonElement? Document { get; set; }
}

public sealed class GadgetRequest : GadgetFields, IValidatable
{
    [JsonPropertyName("document")] public JsonElement? Document { get; set; }

    public void Validate(Validator validator)
    {
        validator.Digits("price", Price, precision: 10, scale: 2);
        validator.Digits("amount", Amount, precision: 20, scale: 4);
        validator.MaxLength("text", Text, 50);
        validator.Text("text", Text);
        validator.MaxLength("fixed", Fixed, 10);
        validator.Finite("real", Real);
        validator.Json("document", Document);
        validator.Text("tags", Tags);
        validator.MaxLength("tags", Tags, 10);
    }
}

public sealed class GadgetService(AppDbContext database, Caller caller, IEnumerable<IGuardian<Gadget>> guardians)
    : ResourceService<Gadget, long, GadgetRequest, GadgetRequest, GadgetResponse>(database, caller, ResourceAccess.Of(Grant.Anyone), guardians)
{
    public static ResourceShape<Gadget> Shape { get; } = new(
        fields:
        [
            ResourceField.Of<Gadget, long>("id", row => row.Id, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget>("flag", row => row.Flag, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, byte>("tiny", row => row.Tiny, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, short>("small", row => row.Small, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, int>("number", row => row.Number, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, long>("big", row => row.Big, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, ulong>("huge", row => row.Huge, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, decimal>("price", row => row.Price, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, decimal>("amount", row => row.Amount, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, double>("real", row => row.Real, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, float>("single", row => row.Single, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget>("text", row => row.Text, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget>("fixed", row => row.Fixed, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, Guid>("uid", row => row.Uid, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, DateTime>("moment", row => row.Moment, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, DateTime>("clock", row => row.Clock, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, DateTimeOffset>("offset", row => row.Offset, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, DateOnly>("day", row => row.Day, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, TimeOnly>("hour", row => row.Hour, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget, TimeSpan>("span", row => row.Span, FieldUses.FilterAndSort),
            ResourceField.OfEnum<Gadget, GadgetState>("state", row => row.State, FieldUses.FilterAndSort),
            ResourceField.Of<Gadget>("nick", row => row.Nick, FieldUses.FilterAndSort),
            ResourceField.Shown<Gadget>("bytes"),
            ResourceField.Shown<Gadget>("tags"),
            ResourceField.Shown<Gadget>("sizes"),
            ResourceField.Shown<Gadget>("states"),
            ResourceField.Shown<Gadget>("document"),
        ],
        key: ["id"],
        expansions: []);

    private static readonly RowQueries<Gadget, long> s_queries = RowQueries.Of<Gadget, long>(Shape, (row, key) => row.Id == key);

    protected override Expression<Func<Gadget, bool>> HasKey(long key) => row => row.Id == key;

    protected override RowQueries<Gadget, long> Queries => s_queries;

    protected override Gadget ToEntity(GadgetRequest request)
    {
        var row = new Gadget();
        Apply(row, request);
        return row;
    }

    protected override GadgetRequest ToUpdate(Gadget entity)
    {
        var request = new GadgetRequest { Document = JsonText.ToElement(entity.Document) };
        entity.CopyTo(request);
        return request;
    }

    protected override void Apply(Gadget entity, GadgetRequest request)
    {
        request.CopyTo(entity);
        entity.Document = JsonText.From(request.Document);
    }

    protected override GadgetResponse ToResponse(Gadget entity)
    {
        var response = new GadgetResponse { Id = entity.Id, Document = JsonText.ToElement(entity.Document) };
        entity.CopyTo(response);
        return response;
    }
}

public static class GadgetEndpoints
{
    public static ResourceEndpoints<GadgetService, Gadget, long, GadgetRequest, GadgetRequest, GadgetResponse> Handlers { get; } = new()
    {
        Shape = GadgetService.Shape,
        Json = AppJsonContext.Default.GadgetResponse,
        CreateJson = AppJsonContext.Default.GadgetRequest,
        CreateManyJson = AppJsonContext.Default.ListGadgetRequest,
        UpdateJson = AppJsonContext.Default.GadgetRequest,
        Key = request => request.RouteValue<long>("id"),
        Path = row => RoutePath.Of(row.Id),
    };

    public static void MapGadgets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/gadgets", Handlers.List);
        api.MapPost("/gadgets", Handlers.Create);
        api.MapPost("/gadgets/batch", Handlers.CreateBatch);
        api.MapGet("/gadgets/{id}", Handlers.Get);
        api.MapPut("/gadgets/{id}", Handlers.Replace);
        api.MapPatch("/gadgets/{id}", Handlers.Update);
        api.MapDelete("/gadgets/{id}", Handlers.Delete);
    }
}

internal sealed class GadgetConfiguration(DatabaseFacade database) : EntityConfiguration<Gadget>(database)
{
    private static readonly ProviderSql s_amount = new(
        "CAST(\"amount\" AS NUMERIC) < 1000000000000", "\"amount\" < 1000000000000", "`amount` < 1000000000000", "[amount] < 1000000000000");

    public override void Configure(EntityTypeBuilder<Gadget> builder)
    {
        builder.ToTable("gadgets", table => table.HasCheck(Database, "ck_gadgets_amount", s_amount));
        foreach (var property in builder.Metadata.GetProperties())
        {
            property.SetColumnName(property.Name.ToLowerInvariant());
        }

        builder.Property(row => row.Price).HasPrecision(10, 2);
        builder.Property(row => row.Amount).HasPrecision(20, 4);
        builder.Property(row => row.Fixed).HasMaxLength(10).IsFixedLength();
        builder.Property(row => row.Moment).HasPrecision(0).HasConversion<UtcDateTimeConverter>();
        builder.Property(row => row.Clock).HasPrecision(3).HasConversion<WallClockConverter>();
        builder.Property(row => row.Hour).HasPrecision(3);
        builder.Property(row => row.Document).HoldsJson();
        builder.Property(row => row.Bytes).IsNotAudited();
        builder.Property(row => row.State).HasConversion<EnumTextValueConverter<GadgetState>>();
        builder.Property(row => row.States).HasItems(new EnumTextValueConverter<GadgetState>());
        builder.Property(row => row.Nick).HasMaxLength(50).IgnoresCase(Database);
        builder.HasIndex(row => row.Nick).IsUnique();
        builder.Property<string?>("LowerText").HasComputed(
            Database, new ProviderSql("lower(\"text\")", "lower(\"text\")", "lower(`text`)", "lower([text])"), stored: false);
    }
}
