using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Data;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>A new row and its record are one message to PostgreSQL, where no code of the application's own needs more.</summary>
public sealed class OneSaveTests(AppOnPostgreSql app) : AppTests(app), IClassFixture<AppOnPostgreSql>
{
    [Fact]
    public void A_service_without_hooks_creates_a_row_as_one_save() => Assert.True(Creates(new Plain()));

    [Fact]
    public async Task What_is_not_recorded_is_one_save_on_postgresql_alone()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        Assert.True(Creates(database, new Plain(), typeof(Ticket)));
        Assert.False(Creates(database, new Plain(), typeof(AuditEntry)));
        Assert.True(Creates(new Plain(), type: typeof(AuditEntry)));
    }

    [Fact]
    public void A_hook_needs_a_transaction() => Assert.False(Creates(new Hooked()));

    [Fact]
    public void Code_that_takes_part_in_saves_needs_a_transaction()
    {
        Assert.False(Creates(new Plain(), options => options.AddInterceptors(new Outbox())));
        Assert.False(Creates(new Watched(OptionsOf(_ => { })), new Plain()));
        Assert.True(Creates(new Plain(), options => options.AddInterceptors(new ServerValueInterceptor(TimeProvider.System))));
    }

    [Fact]
    public void Statements_that_go_one_by_one_need_a_transaction() =>
        Assert.False(Creates(new Plain(), options => options.UseNpgsql(npgsql => npgsql.MaxBatchSize(1))));

    [Fact]
    public async Task What_the_caller_has_not_saved_yet_needs_a_transaction()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        Assert.True(Creates(database, new Plain()));

        database.Add(new Ticket { Name = "not saved", Subject = "not saved" });

        Assert.False(Creates(database, new Plain()));
    }

    [Fact]
    public async Task The_row_and_its_record_are_one_command_and_one_transaction()
    {
        var before = App.Commands.Count;
        Assert.Equal(HttpStatusCode.Created, (await App.PostAsync("/api/tickets", """{"name":"at once","subject":"at once"}""")).Status);
        // Sessions and health are looked up beside the request.
        var command = Assert.Single(App.Commands.Skip(before), text => text.Contains("tickets", StringComparison.Ordinal));
        Assert.StartsWith("WITH", command, StringComparison.Ordinal);
        Assert.Equal(2, command.Split("INSERT INTO").Length - 1);

        await using var scope = App.Services.CreateAsyncScope();
        var transactions = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.SqlQuery<string>($"""
            SELECT xmin::text AS "Value" FROM tickets WHERE "Name" = 'at once'
            UNION SELECT xmin::text FROM audit_entries WHERE "Key" = 'at once'
            """);
        Assert.Single(await transactions.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_row_that_is_saved_so_is_tracked_as_any_other()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var ticket = new Ticket { Name = "followed", Subject = "first" };
        database.Add(ticket);

        Assert.Equal(1, await database.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(EntityState.Unchanged, database.Entry(ticket).State);
        Assert.Single(database.ChangeTracker.Entries());

        ticket.Subject = "second";
        Assert.Equal(1, await database.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["CREATE_TICKETS", "UPDATE_TICKETS"], await RecordsOfAsync(database, "followed"));
    }

    [Fact]
    public async Task What_is_saved_beside_a_row_is_recorded_too()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        database.AddRange(new Ticket { Name = "one of two", Subject = "one of two" }, new Ticket { Name = "two of two", Subject = "two of two" });

        Assert.Equal(2, await database.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["CREATE_TICKETS"], await RecordsOfAsync(database, "one of two"));
        Assert.Equal(["CREATE_TICKETS"], await RecordsOfAsync(database, "two of two"));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_leaves_no_record_and_the_context_as_it_was()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        database.Add(new Ticket { Name = "only once", Subject = "once" });
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        database.ChangeTracker.Clear();

        var second = database.Add(new Ticket { Name = "only once", Subject = "twice" });
        var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveChangesAsync(TestContext.Current.CancellationToken));
        Assert.Contains(refusal.Entries, entry => entry.Entity == second.Entity);
        Assert.Equal(EntityState.Added, Assert.Single(database.ChangeTracker.Entries()).State);

        database.ChangeTracker.Clear();
        Assert.Equal(["CREATE_TICKETS"], await RecordsOfAsync(database, "only once"));
    }

    private static async Task<List<string>> RecordsOfAsync(AppDbContext database, string key) => await database.Database.SqlQuery<string>(
        $"""SELECT "Event" AS "Value" FROM audit_entries WHERE "Key" = {key} ORDER BY "Id" """).ToListAsync(TestContext.Current.CancellationToken);

    private bool Creates(object service, Action<DbContextOptionsBuilder>? configure = null, Type? type = null)
    {
        using var context = new DbContext(OptionsOf(configure));
        return Creates(context, service, type);
    }

    private bool Creates(DbContext context, object service, Type? type = null)
    {
        using var scope = App.Services.CreateScope();
        var model = context is AppDbContext ? context.Model : scope.ServiceProvider.GetRequiredService<AppDbContext>().Model;
        return OneSave.Creates(context, model.FindEntityType(type ?? typeof(Ticket))!, service, "Creating", "Created");
    }

    // Nothing connects.
    private static DbContextOptions OptionsOf(Action<DbContextOptionsBuilder>? configure)
    {
        var options = new DbContextOptionsBuilder().UseNpgsql("Host=127.0.0.1;Port=1");
        configure?.Invoke(options);
        return options.Options;
    }

    private class Plain
    {
        protected virtual void Creating()
        {
        }

        protected virtual void Created()
        {
        }
    }

    private sealed class Hooked : Plain
    {
        protected override void Created() => GC.KeepAlive(this);
    }

    private sealed class Outbox : SaveChangesInterceptor;

    private sealed class Watched(DbContextOptions options) : DbContext(options)
    {
        public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
            base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }
}
