using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

/// <summary>Has a key of two columns, of which one refers to a person's code, and refers to another grade by both.</summary>
public class Grade
{
    public string PersonCode { get; set; } = null!;
    public string Subject { get; set; } = null!;
    public int? Points { get; set; }
    public string? BaseCode { get; set; }
    public string? BaseSubject { get; set; }
    public byte[] RowVersion { get; set; } = null!;
}

public sealed class GradeResponse
{
    [JsonPropertyName("person_code")] public string PersonCode { get; set; } = null!;
    [JsonPropertyName("subject")] public string Subject { get; set; } = null!;
    [JsonPropertyName("points")] public int? Points { get; set; }
    [JsonPropertyName("base_code")] public string? BaseCode { get; set; }
    [JsonPropertyName("base_subject")] public string? BaseSubject { get; set; }
    [JsonPropertyName("row_version")] public byte[] RowVersion { get; set; } = null!;

    [JsonPropertyName("person"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PersonResponse? Person { get; set; }

    [JsonPropertyName("base"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GradeResponse? Base { get; set; }
}

public sealed class GradeCreate : IValidatable
{
    [JsonPropertyName("person_code")] public string? PersonCode { get; set; }
    [JsonPropertyName("subject")] public string? Subject { get; set; }
    [JsonPropertyName("points")] public int? Points { get; set; }
    [JsonPropertyName("base_code")] public string? BaseCode { get; set; }
    [JsonPropertyName("base_subject")] public string? BaseSubject { get; set; }

    public void Validate(Validator validator)
    {
        validator.Required("person_code", PersonCode);
        validator.Required("subject", Subject);
    }
}

public sealed class GradeUpdate : IValidatable
{
    [JsonPropertyName("points")] public int? Points { get; set; }

    public void Validate(Validator validator) => validator.Minimum("points", Points, 0);
}

public sealed class GradeService(AppDbContext database, Caller caller, IEnumerable<IGuardian<Grade>> guardians)
    : ResourceService<Grade, (string Person, string Subject), GradeCreate, GradeUpdate, GradeResponse>(database, caller, ResourceAccess.Of(Grant.Anyone), guardians)
{
    public static ResourceShape<Grade> Shape { get; } = new(
        fields:
        [
            ResourceField.Of<Grade>("person_code", row => row.PersonCode, FieldUses.FilterAndSort),
            ResourceField.Of<Grade>("subject", row => row.Subject, FieldUses.FilterAndSort),
            ResourceField.Of<Grade, int>("points", row => row.Points, FieldUses.FilterAndSort),
            ResourceField.Of<Grade>("base_code", row => row.BaseCode, FieldUses.None),
            ResourceField.Of<Grade>("base_subject", row => row.BaseSubject, FieldUses.None),
            ResourceField.Shown<Grade>("row_version"),
        ],
        key: ["person_code", "subject"],
        expansions: ["person", "base"]);

    private static readonly RowQueries<Grade, (string Person, string Subject)> s_queries = RowQueries.Of<Grade, (string Person, string Subject)>(
        Shape, (row, key) => row.PersonCode == key.Person && row.Subject == key.Subject);

    public static Expression<Func<Grade, bool>> IsKey((string Person, string Subject) key) =>
        row => row.PersonCode == key.Person && row.Subject == key.Subject;

    protected override Expression<Func<Grade, bool>> HasKey((string Person, string Subject) key) => IsKey(key);

    protected override RowQueries<Grade, (string Person, string Subject)> Queries => s_queries;

    protected override Grade ToEntity(GradeCreate request) => new()
    {
        PersonCode = request.PersonCode!,
        Subject = request.Subject!,
        Points = request.Points,
        BaseCode = request.BaseCode,
        BaseSubject = request.BaseSubject,
    };

    protected override GradeUpdate ToUpdate(Grade entity) => new() { Points = entity.Points };

    protected override void Apply(Grade entity, GradeUpdate request) => entity.Points = request.Points;

    protected override GradeResponse ToResponse(Grade entity) => new()
    {
        PersonCode = entity.PersonCode,
        Subject = entity.Subject,
        Points = entity.Points,
        BaseCode = entity.BaseCode,
        BaseSubject = entity.BaseSubject,
        RowVersion = entity.RowVersion,
    };
}

public static class GradeEndpoints
{
    public static ResourceEndpoints<GradeService, Grade, (string Person, string Subject), GradeCreate, GradeUpdate, GradeResponse> Handlers { get; } = new()
    {
        Shape = GradeService.Shape,
        Json = AppJsonContext.Default.GradeResponse,
        CreateJson = AppJsonContext.Default.GradeCreate,
        CreateManyJson = AppJsonContext.Default.ListGradeCreate,
        UpdateJson = AppJsonContext.Default.GradeUpdate,
        Key = Key,
        Path = row => RoutePath.Of(row.PersonCode, row.Subject),
        Expansions =
        [
            new ReferenceExpansion<GradeResponse, Person, PersonResponse, string>(
                "person", row => row.PersonCode, row => row.Code, keys => row => keys.Contains(row.Code), (row, target) => row.Person = target),
            new RowExpansion<GradeResponse, Grade, GradeResponse, (string, string)>(
                "base",
                row => row is { BaseCode: { } code, BaseSubject: { } subject } ? (code, subject) : null,
                row => (row.PersonCode, row.Subject),
                keys => KeyMatch.Any<Grade, (string, string)>(keys, GradeService.IsKey),
                (row, target) => row.Base = target),
        ],
    };

    private static (string Person, string Subject) Key(HttpRequest request) =>
        (request.RouteValue<string>("person_code"), request.RouteValue<string>("subject"));

    public static void MapGrades(this IEndpointRouteBuilder api)
    {
        api.MapGet("/grades", Handlers.List);
        api.MapPost("/grades", Handlers.Create).HasUniqueRows();
        api.MapPost("/grades/batch", Handlers.CreateBatch).HasUniqueRows();
        api.MapGet("/grades/{person_code}/{subject}", Handlers.Get);
        api.MapPut("/grades/{person_code}/{subject}", Handlers.Replace);
        api.MapPatch("/grades/{person_code}/{subject}", Handlers.Update);
        api.MapDelete("/grades/{person_code}/{subject}", Handlers.Delete);
    }
}

internal sealed class GradeConfiguration : IEntityTypeConfiguration<Grade>
{
    public void Configure(EntityTypeBuilder<Grade> builder)
    {
        builder.ToTable("grades");
        builder.HasKey(row => new { row.PersonCode, row.Subject });
        builder.Property(row => row.PersonCode).HasJsonName("person_code");
        builder.Property(row => row.RowVersion).IsVersion();
        builder.Property(row => row.BaseCode).HasJsonName("base_code");
        builder.Property(row => row.BaseSubject).HasJsonName("base_subject");
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.PersonCode).HasPrincipalKey(row => row.Code).OnDelete(DeleteBehavior.ClientNoAction);
        builder.HasOne<Grade>().WithMany().HasForeignKey(row => new { row.BaseCode, row.BaseSubject }).OnDelete(DeleteBehavior.ClientNoAction);
    }
}
