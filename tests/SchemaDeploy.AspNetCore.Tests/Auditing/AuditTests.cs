using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Auditing;

public abstract class AuditTests(RunningApp app) : AppTests(app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_created_row_is_recorded_with_all_its_fields_in_the_form_that_responses_show()
    {
        var before = DateTime.UtcNow.AddSeconds(-1);
        var created = await App.PostAsync("/api/gadgets", """
            {"flag":true,"tiny":1,"small":-2,"number":3,"big":4,"huge":9223372036854775807,"price":1.5,"amount":2.25,"real":0.5,"single":0.25,
             "text":"\"ä\"","uid":"6f9619ff-8b86-d011-b42d-00c04fc964ff","moment":"2030-01-31T12:00:00Z","clock":"2030-01-31T12:00:00",
             "offset":"2030-01-31T12:00:00Z","day":"2030-01-31","hour":"12:30:00","span":"12:00:00","state":"brand new","document":{"a":[1,null]}}
            """);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var entry = Assert.Single(await EntriesOfAsync("gadgets", KeyOf(created)));
        Assert.Equal(("CREATE_GADGETS", null), (entry.Event, entry.OldValues));
        Assert.InRange(entry.At, before, DateTime.UtcNow.AddSeconds(1));
        var recorded = JsonElement.Parse(entry.NewValues!);
        foreach (var member in created.Json.EnumerateObject().Where(member => member.Name != "bytes"))
        {
            Assert.True(JsonElement.DeepEquals(member.Value, recorded.GetProperty(member.Name)), $"{member.Name}: {member.Value} {recorded.GetProperty(member.Name)}");
        }
    }

    [Fact]
    public async Task A_changed_row_is_recorded_with_the_fields_that_changed()
    {
        var created = await App.PostAsync("/api/gadgets", """{"number":1,"text":"same"}""");
        await App.PatchAsync(created["Location"]!, """{"number":2,"text":"same"}""");
        var entry = (await EntriesOfAsync("gadgets", KeyOf(created)))[^1];
        Assert.Equal(("UPDATE_GADGETS", """{"number":1}""", """{"number":2}"""), (entry.Event, entry.OldValues, entry.NewValues));
    }

    [Fact]
    public async Task What_the_server_keeps_of_a_record_is_set_whatever_it_records()
    {
        var before = DateTime.UtcNow.AddSeconds(-2);
        var created = await App.PostAsync("/api/gadgets", """{"number":1}""");
        await App.PatchAsync(created["Location"]!, """{"number":2}""");
        await App.SendAsync(HttpMethod.Delete, created["Location"]!);
        var entries = await EntriesOfAsync("gadgets", KeyOf(created));
        Assert.Equal(3, entries.Count);
        Assert.All(entries, entry => Assert.InRange(entry.StoredAt, before, DateTime.UtcNow.AddSeconds(1)));
        Assert.All(entries, entry => Assert.Equal(1, entry.Version));
    }

    [Theory]
    [InlineData("""{"number":1}""", """{"number":1}""")]
    [InlineData("""{"document":{"a":1,"b":[1.0]}}""", """{"document":{ "b": [1.00], "a": 1 }}""")]
    public async Task What_changes_nothing_is_not_recorded(string before, string after)
    {
        var created = await App.PostAsync("/api/gadgets", before);
        await App.PatchAsync(created["Location"]!, after);
        Assert.Single(await EntriesOfAsync("gadgets", KeyOf(created)));
    }

    [Fact]
    public async Task A_deleted_row_is_recorded_with_all_that_it_was()
    {
        var created = await App.PostAsync("/api/tickets", """{"name":"to go","subject":"deleted"}""");
        await App.SendAsync(HttpMethod.Delete, created["Location"]!);
        var entry = (await EntriesOfAsync("tickets", "to go"))[^1];
        Assert.Equal(("DELETE_TICKETS", null), (entry.Event, entry.NewValues));
        Assert.True(JsonElement.DeepEquals(created.Json, JsonElement.Parse(entry.OldValues!)), entry.OldValues);
    }

    [Fact]
    public async Task A_composite_key_is_written_as_in_paths()
    {
        await App.PostAsync("/api/people", """{"code":"a b"}""");
        await App.PostAsync("/api/grades", """{"person_code":"a b","subject":"c"}""");
        Assert.Single(await EntriesOfAsync("grades", "a%20b/c"));
    }

    [Fact]
    public async Task Fields_that_are_left_out_are_in_no_record_though_the_change_is()
    {
        var created = await App.PostAsync("/api/gadgets", """{"number":1,"bytes":"c2VjcmV0"}""");
        await App.PatchAsync(created["Location"]!, """{"bytes":"b3RoZXI="}""");
        await App.SendAsync(HttpMethod.Delete, created["Location"]!);
        var entries = await EntriesOfAsync("gadgets", KeyOf(created));
        Assert.Equal(["CREATE_GADGETS", "UPDATE_GADGETS", "DELETE_GADGETS"], entries.Select(entry => entry.Event));
        Assert.Equal(("{}", "{}"), (entries[1].OldValues, entries[1].NewValues));
        Assert.All(entries, entry => Assert.DoesNotContain("bytes", entry.OldValues + entry.NewValues, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_row_of_a_batch_is_recorded()
    {
        var created = await App.PostAsync("/api/people/batch", """[{"code":"batch 1"},{"code":"batch 2"},{"code":"batch 3"}]""");
        foreach (var row in created.Json.GetProperty("items").EnumerateArray())
        {
            var entry = Assert.Single(await EntriesOfAsync("person", row.GetProperty("id").GetRawText()));
            Assert.Contains(row.GetProperty("code").GetString()!, entry.NewValues!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_a_hook_adds_is_recorded()
    {
        await App.PostAsync("/api/people", """{"code":"hooked","nickname":"comes with a ticket"}""");
        Assert.Equal("CREATE_TICKETS", Assert.Single(await EntriesOfAsync("tickets", "of hooked")).Event);
    }

    [Fact]
    public async Task A_create_costs_one_more_statement()
    {
        var before = App.Commands.Count;
        Assert.Equal(HttpStatusCode.Created, (await App.PostAsync("/api/tickets", """{"name":"counted","subject":"statements"}""")).Status);
        // Databases that take several statements at once get them so, and sessions and health are looked up beside the request.
        var sent = string.Join('\n', App.Commands.Skip(before).Where(text => text.Contains("tickets", StringComparison.Ordinal) || text.Contains("audit_entries", StringComparison.Ordinal)));
        Assert.Equal(2, sent.Split("INSERT INTO").Length - 1);
        Assert.Contains("audit_entries", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("SELECT", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_record_fails_the_data_is_undone()
    {
        await using (await App.RefuseAsync("audit_entries", "Key", "unrecorded"))
        {
            var answer = await App.PostAsync("/api/tickets", """{"name":"unrecorded","subject":"record fails"}""");
            Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await App.GetAsync("/api/tickets/unrecorded")).Status);
        Assert.Equal(HttpStatusCode.Created, (await App.PostAsync("/api/tickets", """{"name":"unrecorded","subject":"record fails"}""")).Status);
    }

    [Fact]
    public async Task Where_the_data_fails_the_record_is_undone()
    {
        // The row and its record are saved when the hook refuses both.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await App.PostAsync("/api/people", """{"code":"refused","nickname":"refused by a hook"}""")).Status);
        // The second row fails, and the first one's record with it.
        await using (await App.RefuseAsync("tickets", "Name", "second"))
        {
            await App.PostAsync("/api/tickets/batch", """[{"name":"first","subject":"1"},{"name":"second","subject":"2"}]""");
        }

        await using var scope = App.Services.CreateAsyncScope();
        var entries = scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditEntry>();
        Assert.False(await entries.AnyAsync(entry => entry.NewValues!.Contains("refused by a hook"), Cancellation));
        Assert.False(await entries.AnyAsync(entry => entry.Entity == "tickets" && entry.Key == "first", Cancellation));
    }

    [Fact]
    public async Task Code_that_saves_without_a_transaction_gets_one_for_both()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        database.Add(new Ticket { Name = "own code", Subject = "own code" });
        await database.SaveChangesAsync(Cancellation);
        var entry = Assert.Single(await EntriesOfAsync("tickets", "own code"));
        Assert.Equal(("system", null), (entry.Actor, entry.Address));

        await using (await App.RefuseAsync("audit_entries", "Key", "own failure"))
        {
            database.Add(new Ticket { Name = "own failure", Subject = "own failure" });
            await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveChangesAsync(Cancellation));
        }

        Assert.Null(database.Database.CurrentTransaction);
        Assert.Equal(HttpStatusCode.NotFound, (await App.GetAsync("/api/tickets/own%20failure")).Status);
    }

    [Fact]
    public async Task Code_that_takes_part_in_saves_takes_part_in_those_of_records()
    {
        var watch = new Watch();
        await using var scope = App.Services.CreateAsyncScope();
        var options = new DbContextOptionsBuilder<AppDbContext>(scope.ServiceProvider.GetRequiredService<DbContextOptions<AppDbContext>>()).AddInterceptors(watch).Options;
        await using var database = new AppDbContext(options);
        database.Add(new Gadget { Text = "watched" });

        Assert.Equal(1, await database.SaveChangesAsync(Cancellation));

        Assert.Equal([nameof(AuditEntry), nameof(Gadget)], watch.Saved.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Code_that_saves_once_more_after_a_failure_is_recorded_once()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var ticket = new Ticket { Name = "saved again", Subject = "saved again" };
        database.Add(ticket);
        await using (await App.RefuseAsync("tickets", "Name", "saved again"))
        {
            await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveChangesAsync(Cancellation));
        }

        Assert.Equal(1, await database.SaveChangesAsync(Cancellation));
        Assert.Single(await EntriesOfAsync("tickets", "saved again"));
    }

    [Fact]
    public async Task A_row_whose_record_failed_is_saved_once_more_under_a_number_that_nobody_has()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var booking = new Booking { Room = "numbered again", State = "OPEN" };
        database.Add(booking);
        await using (await App.RefuseAsync("audit_entries", "Entity", "bookings"))
        {
            var refusal = await Assert.ThrowsAsync<DbUpdateException>(() => database.SaveChangesAsync(Cancellation));
            Assert.Contains(refusal.Entries, entry => entry.Entity is AuditEntry);
        }

        Assert.True(booking.Id >= 0, $"{booking.Id}");
        var other = await App.PostAsync("/api/bookings", """{"room":"meanwhile"}""");
        Assert.Equal(1, await database.SaveChangesAsync(Cancellation));
        Assert.True(booking.Id > 0);
        Assert.NotEqual(KeyOf(other), $"{booking.Id}");
        Assert.Contains("\"numbered again\"", Assert.Single(await EntriesOfAsync("bookings", $"{booking.Id}")).NewValues, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_saves_synchronously_is_recorded_too()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        database.Add(new Ticket { Name = "synchronous", Subject = "synchronous" });
#pragma warning disable xUnit1051, CA1849 // The synchronous way is what the test is about.
        Assert.Equal(1, database.SaveChanges());
#pragma warning restore xUnit1051, CA1849
        Assert.Single(await EntriesOfAsync("tickets", "synchronous"));
    }

    [Fact]
    public async Task Records_are_part_of_the_transaction_that_the_code_has_open()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        await using (var transaction = await database.Database.BeginTransactionAsync(Cancellation))
        {
            database.Add(new Ticket { Name = "rolled back", Subject = "rolled back" });
            await database.SaveChangesAsync(Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        Assert.Empty(await EntriesOfAsync("tickets", "rolled back"));
    }

    private static string KeyOf(Answer created) => created.Json.GetProperty("id").GetRawText();

    private async Task<List<AuditEntry>> EntriesOfAsync(string entity, string key)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditEntry>()
            .Where(entry => entry.Entity == entity && entry.Key == key)
            .OrderBy(entry => entry.Id)
            .ToListAsync(Cancellation);
    }

    private sealed class Watch : SaveChangesInterceptor
    {
        public List<string> Saved { get; } = [];

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Saved.AddRange(eventData.Context!.ChangeTracker.Entries().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Metadata.ClrType.Name));
            return new(result);
        }
    }
}

public sealed class AuditTestsOnSqlite(RunningApp app) : AuditTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class AuditTestsOnPostgreSql(AppOnPostgreSql app) : AuditTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class AuditTestsOnMariaDb(AppOnMariaDb app) : AuditTests(app), IClassFixture<AppOnMariaDb>;
