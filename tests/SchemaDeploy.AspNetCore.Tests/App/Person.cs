using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Idempotency;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.AspNetCore.Security;
using SchemaDeploy.AspNetCore.Validation;

namespace SchemaDeploy.AspNetCore.Tests.App;

/// <summary>Refers to itself, is referred to by its key and by its code, and has a number as its version.</summary>
public class Person
{
    public ulong Id { get; set; }
    public string Code { get; set; } = null!;
    public string? Nickname { get; set; }
    public ulong? ManagerId { get; set; }
    public int Version { get; set; }
    public DateTime? CreatedAt { get; set; }
    public DateTime? UpdatedAt { get; set; }
}

public sealed class PersonResponse
{
    [JsonPropertyName("id")] public ulong Id { get; set; }
    [JsonPropertyName("code")] public string Code { get; set; } = null!;
    [JsonPropertyName("nickname")] public string? Nickname { get; set; }
    [JsonPropertyName("manager_id")] public ulong? ManagerId { get; set; }
    [JsonPropertyName("version")] public int Version { get; set; }
    [JsonPropertyName("created_at")] public DateTime? CreatedAt { get; set; }
    [JsonPropertyName("updated_at")] public DateTime? UpdatedAt { get; set; }

    [JsonPropertyName("manager"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PersonResponse? Manager { get; set; }
}

public sealed class PersonRequest : IValidatable
{
    [JsonPropertyName("code")] public string? Code { get; set; }
    [JsonPropertyName("nickname")] public string? Nickname { get; set; }
    [JsonPropertyName("manager_id")] public ulong? ManagerId { get; set; }

    public void Validate(Validator validator)
    {
        validator.Required("code", Code);
        validator.MaxLength("code", Code, 20);
    }
}

public sealed class PersonService(AppDbContext database, Caller caller, IEnumerable<IGuardian<Person>> guardians)
    : ResourceService<Person, ulong, PersonRequest, PersonRequest, PersonResponse>(database, caller, ResourceAccess.Of(Grant.Anyone), guardians)
{
    public static ResourceShape<Person> Shape { get; } = new(
        fields:
        [
            ResourceField.Of<Person, ulong>("id", row => row.Id, FieldUses.FilterAndSort),
            ResourceField.Of<Person>("code", row => row.Code, FieldUses.FilterAndSort),
            ResourceField.Of<Person>("nickname", row => row.Nickname, FieldUses.FilterAndSort),
            ResourceField.Of<Person, ulong>("manager_id", row => row.ManagerId, FieldUses.FilterAndSort),
            ResourceField.Of<Person, int>("version", row => row.Version, FieldUses.None),
            ResourceField.Of<Person, DateTime>("created_at", row => row.CreatedAt, FieldUses.FilterAndSort),
        ],
        key: ["id"],
        expansions: ["manager"]);

    public static Expression<Func<Person, bool>> IsKey(ulong key) => row => row.Id == key;

    protected override Expression<Func<Person, bool>> HasKey(ulong key) => IsKey(key);

    protected override Person ToEntity(PersonRequest request) =>
        new() { Code = request.Code!, Nickname = request.Nickname, ManagerId = request.ManagerId };

    protected override PersonRequest ToUpdate(Person entity) =>
        new() { Code = entity.Code, Nickname = entity.Nickname, ManagerId = entity.ManagerId };

    protected override void Apply(Person entity, PersonRequest request) =>
        (entity.Code, entity.Nickname, entity.ManagerId) = (request.Code!, request.Nickname, request.ManagerId);

    protected override PersonResponse ToResponse(Person entity) => new()
    {
        Id = entity.Id,
        Code = entity.Code,
        Nickname = entity.Nickname,
        ManagerId = entity.ManagerId,
        Version = entity.Version,
        CreatedAt = entity.CreatedAt,
        UpdatedAt = entity.UpdatedAt,
    };

    protected override void Created(Person entity)
    {
        if (entity.Nickname == "refused by a hook")
        {
            throw new ApiException(422, "A hook refuses the row.");
        }

        if (entity.Nickname == "comes with a ticket")
        {
            Database.Add(new Ticket { Name = $"of {entity.Code}", Subject = entity.Code });
        }
    }
}

public static class PersonEndpoints
{
    public static ResourceEndpoints<PersonService, Person, ulong, PersonRequest, PersonRequest, PersonResponse> Handlers { get; } = new()
    {
        Shape = PersonService.Shape,
        Json = AppJsonContext.Default.PersonResponse,
        CreateJson = AppJsonContext.Default.PersonRequest,
        CreateManyJson = AppJsonContext.Default.ListPersonRequest,
        UpdateJson = AppJsonContext.Default.PersonRequest,
        Key = request => request.RouteValue<ulong>("id"),
        Path = row => RoutePath.Of(row.Id),
        Expansions =
        [
            new RowExpansion<PersonResponse, Person, PersonResponse, ulong>(
                "manager", row => row.ManagerId, row => row.Id, keys => row => keys.Contains(row.Id), (row, target) => row.Manager = target),
        ],
    };

    public static void MapPeople(this IEndpointRouteBuilder api)
    {
        api.MapGet("/people", Handlers.List);
        api.MapPost("/people", Handlers.Create).HasUniqueRows();
        api.MapPost("/people/batch", Handlers.CreateBatch).HasUniqueRows();
        api.MapGet("/people/{id}", Handlers.Get);
        api.MapPut("/people/{id}", Handlers.Replace);
        api.MapPatch("/people/{id}", Handlers.Update);
        api.MapDelete("/people/{id}", Handlers.Delete);
        api.MapGet("/people/{id}/people", http => Handlers.ListOf(http, Handlers, PersonService.IsKey, id => row => row.ManagerId == id));
    }
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people").IsAuditedAs("person");
        builder.Property(row => row.Id).HasColumnName("id").HasJsonName("id").ValueGeneratedOnAdd();
        builder.Property(row => row.Code).HasColumnName("code").HasJsonName("code");
        builder.Property(row => row.ManagerId).HasColumnName("manager_id").HasJsonName("manager_id");
        builder.Property(row => row.Version).IsVersion();
        builder.Property(row => row.CreatedAt).HasPrecision(0).HasConversion<UtcDateTimeConverter>().HasNowOnCreate();
        builder.Property(row => row.UpdatedAt).HasPrecision(6).HasConversion<UtcDateTimeConverter>().HasNowOnUpdate();
        builder.HasAlternateKey(row => row.Code);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.ManagerId).OnDelete(DeleteBehavior.ClientNoAction);
    }
}
