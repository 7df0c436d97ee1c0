using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Guardians;

public abstract class DuplicateTests(RunningApp app) : AppTests(app)
{
    private static int s_rooms;

    // A full minute.
    private static readonly DateTimeOffset s_start = new(2030, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Of_fifty_identical_requests_at_the_same_time_exactly_one_is_carried_out()
    {
        var booking = $$"""{"room":"{{NewRoom()}}","note":"once"}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => App.PostAsync("/api/bookings", booking)));

        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer =>
        {
            Assert.True(answer.Status == HttpStatusCode.TooManyRequests, answer.Text);
            Assert.Equal("60", answer["Retry-After"]);
        });
    }

    [Fact]
    public async Task The_same_is_refused_until_the_window_is_over_and_no_longer()
    {
        // Wherever the borders of the windows lie.
        for (var second = 0; second < 60; second += 7)
        {
            var room = NewRoom();
            var start = s_start.AddSeconds(second);
            Assert.Equal(HttpStatusCode.Created, (await CreateAtAsync(start, room)).Status);
            foreach (var passed in new[] { 1, 29, 31, 59 })
            {
                var refused = await CreateAtAsync(start.AddSeconds(passed), room);
                Assert.Equal((HttpStatusCode.TooManyRequests, $"{60 - passed}"), (refused.Status, refused["Retry-After"]));
            }

            Assert.Equal(HttpStatusCode.Created, (await CreateAtAsync(start.AddSeconds(60), room)).Status);
        }
    }

    [Fact]
    public async Task What_differs_in_one_value_is_not_the_same()
    {
        var room = NewRoom();
        foreach (var note in new[] { "null", "\"\"", "\"a\"", "\"A\"", "\"a \"" })
        {
            Assert.Equal(HttpStatusCode.Created, (await App.PostAsync("/api/bookings", $$"""{"room":"{{room}}","note":{{note}}}""")).Status);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await App.PostAsync("/api/bookings", $$"""{"room":"{{room}}","note":{{note}},"seats":2}""")).Status);
        }
    }

    [Fact]
    public async Task A_batch_names_the_entry_that_repeats_another_or_an_earlier_row()
    {
        var room = NewRoom();
        var within = await App.PostAsync("/api/bookings/batch", $$"""[{"room":"{{room}}","note":"1"},{"room":"{{room}}","note":"2"},{"room":"{{room}}","note":"1"}]""");
        Assert.Equal(HttpStatusCode.TooManyRequests, within.Status);
        Assert.Contains("duplicate", within.ErrorOf("[2]"), StringComparison.Ordinal);

        await App.PostAsync("/api/bookings", $$"""{"room":"{{room}}","note":"2"}""");
        var earlier = await App.PostAsync("/api/bookings/batch", $$"""[{"room":"{{room}}","note":"1"},{"room":"{{room}}","note":"2"}]""");
        Assert.Contains("duplicate", earlier.ErrorOf("[1]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_refuses_what_is_less_than_half_a_window_apart_whoever_writes()
    {
        for (var second = 0; second < 60; second += 7)
        {
            var room = NewRoom();
            await InsertAsync(s_start.AddSeconds(second), room);
            await Assert.ThrowsAsync<DbUpdateException>(() => InsertAsync(s_start.AddSeconds(second + 29), room));
            await InsertAsync(s_start.AddSeconds(second + 61), room);
        }
    }

    [Fact]
    public async Task A_change_into_a_duplicate_is_a_conflict_of_the_fields()
    {
        var room = NewRoom();
        await App.PostAsync("/api/bookings", $$"""{"room":"{{room}}","note":"there"}""");
        var created = await App.PostAsync("/api/bookings", $$"""{"room":"{{room}}","note":"here"}""");
        var answer = await App.PatchAsync(created["Location"]!, """{"note":"there"}""");

        Assert.Equal((HttpStatusCode.Conflict, "exists already"), (answer.Status, answer.ErrorOf("note")));
        Assert.Equal(HttpStatusCode.OK, (await App.PatchAsync(created["Location"]!, """{"seats":3}""")).Status);
    }

    private FakeTimeProvider Clock => (FakeTimeProvider)App.Services.GetRequiredService<TimeProvider>();

    private protected static void StopClock(WebApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(s_start));

    private static string NewRoom() => $"duplicate {Interlocked.Increment(ref s_rooms)}";

    private Task<Answer> CreateAtAsync(DateTimeOffset time, string room)
    {
        Clock.AdjustTime(time);
        return App.PostAsync("/api/bookings", $$"""{"room":"{{room}}"}""");
    }

    private async Task InsertAsync(DateTimeOffset time, string room)
    {
        Clock.AdjustTime(time);
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        database.Add(new Booking { Room = room, State = "OPEN", Seats = 1 });
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class DuplicateTestsOnSqlite(DuplicateTestsOnSqlite.Fixture app) : DuplicateTests(app), IClassFixture<DuplicateTestsOnSqlite.Fixture>
{
    public sealed class Fixture : RunningApp
    {
        public Fixture() => Configure = StopClock;
    }
}

[Trait("Category", "Integration")]
public sealed class DuplicateTestsOnPostgreSql(DuplicateTestsOnPostgreSql.Fixture app) : DuplicateTests(app), IClassFixture<DuplicateTestsOnPostgreSql.Fixture>
{
    public sealed class Fixture : AppOnPostgreSql
    {
        public Fixture() => Configure = StopClock;
    }
}

[Trait("Category", "Integration")]
public sealed class DuplicateTestsOnMariaDb(DuplicateTestsOnMariaDb.Fixture app) : DuplicateTests(app), IClassFixture<DuplicateTestsOnMariaDb.Fixture>
{
    public sealed class Fixture : AppOnMariaDb
    {
        public Fixture() => Configure = StopClock;
    }
}
