using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Guardians;

public abstract class RuleTests(RunningApp app) : AppTests(app)
{
    private static int s_rooms;

    [Fact]
    public async Task A_row_that_breaks_a_rule_is_refused_with_its_message()
    {
        var room = NewRoom();
        var answer = await CreateAsync($$"""{"room":"{{room}}","seats":7}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("One to six people.", answer.Json.GetProperty("detail").GetString());
        Assert.Equal("One to six people.", answer.ErrorOf("seats"));
        Assert.Equal(0, await CountAsync(room));
    }

    [Fact]
    public async Task All_broken_rules_are_told_at_once()
    {
        var answer = await CreateAsync($$"""{"room":"{{NewRoom()}}","seats":0,"price":101,"note":"forbidden"}""");

        Assert.Equal("One to six people. Too dear. Nothing forbidden is booked.", answer.Json.GetProperty("detail").GetString());
        Assert.Equal(("One to six people.", "Too dear."), (answer.ErrorOf("seats"), answer.ErrorOf("price")));
    }

    [Fact]
    public async Task In_a_batch_the_entry_is_named_and_nothing_is_kept()
    {
        var room = NewRoom();
        var answer = await App.PostAsync(
            "/api/bookings/batch",
            $$"""[{"room":"{{room}}","note":"a"},{"room":"{{room}}","note":"b","seats":9},{"room":"{{room}}","note":"forbidden"}]""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(("One to six people.", "Nothing forbidden is booked."), (answer.ErrorOf("[1].seats"), answer.ErrorOf("[2]")));
        Assert.Equal(0, await CountAsync(room));
    }

    [Fact]
    public async Task What_hooks_make_of_a_row_is_judged()
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await CreateAsync($$"""{"room":"{{NewRoom()}}","seats":4,"note":"with partners"}""")).Status);
        var created = await CreateAsync($$"""{"room":"{{NewRoom()}}","seats":4}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await App.PatchAsync(created["Location"]!, """{"note":"with partners"}""")).Status);
        Assert.Equal(4, (await App.GetAsync(created["Location"]!)).Json.GetProperty("seats").GetInt32());
    }

    [Fact]
    public async Task A_change_is_judged_by_what_the_row_was()
    {
        var created = await CreateAsync($$"""{"room":"{{NewRoom()}}"}""");
        Assert.Equal(HttpStatusCode.OK, (await App.PatchAsync(created["Location"]!, """{"state":"CANCELLED"}""")).Status);
        var answer = await App.PatchAsync(created["Location"]!, """{"state":"OPEN"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "A cancelled booking stays cancelled."), (answer.Status, answer.ErrorOf("state")));
    }

    [Fact]
    public async Task A_deletion_has_rules_of_its_own()
    {
        var paid = await CreateAsync($$"""{"room":"{{NewRoom()}}","state":"PAID"}""");
        var answer = await App.SendAsync(HttpMethod.Delete, paid["Location"]!);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "A paid booking is cancelled, not deleted."), (answer.Status, answer.ErrorOf("state")));
        Assert.Equal(HttpStatusCode.OK, (await App.GetAsync(paid["Location"]!)).Status);

        await App.PatchAsync(paid["Location"]!, """{"state":"OPEN"}""");
        Assert.Equal(HttpStatusCode.NoContent, (await App.SendAsync(HttpMethod.Delete, paid["Location"]!)).Status);
    }

    [Fact]
    public async Task A_guardian_is_asked_with_the_old_row_and_the_new()
    {
        var (taken, free) = (NewRoom(), NewRoom());
        await CreateAsync($$"""{"room":"{{taken}}"}""");
        var created = await CreateAsync($$"""{"room":"{{free}}"}""");
        var answer = await App.PatchAsync(created["Location"]!, $$"""{"room":"{{taken}}"}""");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, $"{taken} is taken."), (answer.Status, answer.ErrorOf("room")));
        Assert.Equal(HttpStatusCode.OK, (await App.PatchAsync(created["Location"]!, $$"""{"room":"{{NewRoom()}}"}""")).Status);
    }

    [Fact]
    public async Task What_is_too_large_to_be_computed_is_refused()
    {
        var answer = await CreateAsync($$"""{"room":"{{NewRoom()}}","price":99999999999999999999999999.99}""");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("too large", answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_changes_at_the_same_time_none_is_judged_by_a_row_that_is_no_more()
    {
        var created = await CreateAsync($$"""{"room":"{{NewRoom()}}"}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i =>
            App.PatchAsync(created["Location"]!, $$"""{"state":"{{(i == 5 ? "CANCELLED" : $"OPEN {i}")}}"}""")));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, answer.Text));
        Assert.Equal(HttpStatusCode.OK, answers[5].Status);
        Assert.Equal("CANCELLED", (await App.GetAsync(created["Location"]!)).Json.GetProperty("state").GetString());
    }

    private static string NewRoom() => $"room {Interlocked.Increment(ref s_rooms)}";

    private Task<Answer> CreateAsync(string booking) => App.PostAsync("/api/bookings", booking);

    private async Task<int> CountAsync(string room) => (await App.GetAsync($"/api/bookings?room={room}")).Json.GetProperty("items").GetArrayLength();
}

public sealed class RuleTestsOnSqlite(RunningApp app) : RuleTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class RuleTestsOnPostgreSql(AppOnPostgreSql app) : RuleTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class RuleTestsOnMariaDb(AppOnMariaDb app) : RuleTests(app), IClassFixture<AppOnMariaDb>;
