using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Guardians;
using SchemaDeploy.AspNetCore.Hosting;
using SchemaDeploy.AspNetCore.Resources;

namespace SchemaDeploy.AspNetCore.Tests.App;

public class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new GadgetConfiguration(Database));
        modelBuilder.ApplyConfiguration(new PersonConfiguration());
        modelBuilder.ApplyConfiguration(new GradeConfiguration());
        modelBuilder.ApplyConfiguration(new TicketConfiguration());
        modelBuilder.ApplyConfiguration(new BookingConfiguration());
        modelBuilder.ApplyConfiguration(new AuditEntryConfiguration());
        modelBuilder.Entity<LogLine>().ToTable("log_lines").HasNoKey().Property(row => row.Level).HasColumnName("level");
        modelBuilder.AdaptTo(Database);
    }
}

[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    MaxDepth = 32,
    Converters = [typeof(DateTimeJsonConverter)])]
[JsonSerializable(typeof(GadgetResponse))]
[JsonSerializable(typeof(List<GadgetRequest>))]
[JsonSerializable(typeof(PersonResponse))]
[JsonSerializable(typeof(List<PersonRequest>))]
[JsonSerializable(typeof(GradeResponse))]
[JsonSerializable(typeof(List<GradeCreate>))]
[JsonSerializable(typeof(GradeUpdate))]
[JsonSerializable(typeof(TicketResponse))]
[JsonSerializable(typeof(List<TicketCreate>))]
[JsonSerializable(typeof(TicketUpdate))]
[JsonSerializable(typeof(BookingResponse))]
[JsonSerializable(typeof(List<BookingRequest>))]
[JsonSerializable(typeof(LogLineResponse))]
internal sealed partial class AppJsonContext : JsonSerializerContext;

internal static class Api
{
    public static SchemaApiOptions Options { get; } = new SchemaApiOptions { Title = "Test", Schema = "test" }
        .AddProvider("postgres", static (options, connection) => options.UseNpgsql(connection))
        .AddProvider("mysql", static (options, connection) => options.UseMySql(
            connection, connection is null ? MariaDbServerVersion.LatestSupportedServerVersion : ServerVersion.AutoDetect(connection)));

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddSchemaApi<AppDbContext>(Options);
        // These resources are anybody's; who may use which has tests of its own.
        builder.Services.Configure<AuthorizationOptions>(options => options.FallbackPolicy = null);
        builder.Services.AddResource<GadgetService, Gadget, GadgetResponse>();
        builder.Services.AddResource<PersonService, Person, PersonResponse>();
        builder.Services.AddResource<GradeService, Grade, GradeResponse>();
        builder.Services.AddResource<TicketService, Ticket, TicketResponse>();
        builder.Services.AddResource<BookingService, Booking, BookingResponse>();
        builder.Services.AddScoped<IGuardian<Booking>, BookingGuardian>();
        builder.Services.AddResource<LogLineService, LogLine, LogLineResponse>();
        builder.Services.AddAuditLog<AuditEntryMapper>();
        var app = builder.Build();
        app.UseSchemaApi();
        var api = app.MapGroup("/api");
        api.MapGadgets();
        api.MapPeople();
        api.MapGrades();
        api.MapTickets();
        api.MapBookings();
        api.MapLogLines();
        api.MapAuthentication();
        return app;
    }
}
