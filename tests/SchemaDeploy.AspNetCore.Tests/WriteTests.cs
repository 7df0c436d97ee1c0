using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public abstract class WriteTests(RunningApp app) : AppTests(app)
{
    [Fact]
    public async Task A_unique_conflict_names_the_field()
    {
        await App.PostAsync("/api/people", """{"code":"twice"}""");
        var answer = await App.PostAsync("/api/people", """{"code":"twice"}""");
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("exists already", answer.ErrorOf("code"));
    }

    [Fact]
    public async Task A_conflict_within_a_batch_names_the_entry_and_keeps_none_of_it()
    {
        var answer = await App.PostAsync("/api/people/batch", """[{"code":"b1"},{"code":"b2"},{"code":"b1"}]""");
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("exists already", answer.ErrorOf("[2].code"));
        Assert.Empty((await App.GetAsync("/api/people?code[in]=b1,b2")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_key_that_others_may_refer_to_cannot_be_changed()
    {
        var created = await App.PostAsync("/api/people", """{"code":"kept"}""");
        var answer = await App.PatchAsync(created["Location"]!, """{"code":"other"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("cannot be changed", answer.ErrorOf("code"));
        Assert.Equal(HttpStatusCode.OK, (await App.PatchAsync(created["Location"]!, """{"code":"kept"}""")).Status);
    }

    [Fact]
    public async Task A_key_that_is_given_twice_names_the_field()
    {
        await App.PostAsync("/api/tickets", """{"name":"taken","subject":"first of two"}""");
        Assert.Equal("exists already", (await App.PostAsync("/api/tickets", """{"name":"taken","subject":"second of two"}""")).ErrorOf("name"));
    }

    [Fact]
    public async Task The_same_within_its_minute_is_taken_for_a_duplicate()
    {
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync("w1")).Status);
        var again = await CreateAsync("w2");
        if (again.Status == HttpStatusCode.Created)
        {
            // The minute has just turned.
            again = await CreateAsync("w3");
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, again.Status);
        Assert.InRange(int.Parse(again["Retry-After"]!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);

        Task<Answer> CreateAsync(string name) => App.PostAsync("/api/tickets", $$"""{"name":"{{name}}","subject":"window"}""");
    }

    [Fact]
    public async Task The_same_in_a_minute_that_is_over_is_a_conflict_of_the_fields()
    {
        const string Body = """{"name":"NAME","subject":"old","created_at":"2020-01-01T00:00:30Z"}""";
        await App.PostAsync("/api/tickets", Body.Replace("NAME", "o1", StringComparison.Ordinal));
        var answer = await App.PostAsync("/api/tickets", Body.Replace("NAME", "o2", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal("exists already", answer.ErrorOf("created_at"));
        Assert.Equal("exists already", answer.ErrorOf("subject"));
    }

    [Fact]
    public async Task A_broken_reference_names_its_columns()
    {
        var person = await App.PostAsync("/api/people", """{"code":"lonely","manager_id":123456789}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, person.Status);
        Assert.Equal("refers to a row of people that does not exist", person.ErrorOf("manager_id"));

        var grade = await App.PostAsync("/api/grades", """{"person_code":"nobody","subject":"x"}""");
        Assert.Equal("refers to a row of people that does not exist", grade.ErrorOf("person_code"));

        await App.PostAsync("/api/people", """{"code":"graded"}""");
        var based = await App.PostAsync("/api/grades", """{"person_code":"graded","subject":"x","base_code":"graded","base_subject":"y"}""");
        Assert.Equal("refers to a row of grades that does not exist", based.ErrorOf("base_code"));
        Assert.Equal("refers to a row of grades that does not exist", based.ErrorOf("base_subject"));
    }

    [Fact]
    public async Task A_row_that_others_refer_to_stays_and_says_who()
    {
        var boss = await App.PostAsync("/api/people", """{"code":"boss"}""");
        var id = boss.Json.GetProperty("id").GetRawText();
        var worker = await App.PostAsync("/api/people", $$"""{"code":"worker","manager_id":{{id}}}""");
        var refused = await App.SendAsync(HttpMethod.Delete, boss["Location"]!);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Rows of people refer to this one", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await App.SendAsync(HttpMethod.Delete, worker["Location"]!)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await App.SendAsync(HttpMethod.Delete, boss["Location"]!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await App.GetAsync(boss["Location"]!)).Status);

        var pupil = await App.PostAsync("/api/people", """{"code":"pupil"}""");
        await App.PostAsync("/api/grades", """{"person_code":"pupil","subject":"x"}""");
        var graded = await App.SendAsync(HttpMethod.Delete, pupil["Location"]!);
        Assert.Equal(HttpStatusCode.Conflict, graded.Status);
        Assert.Contains("Rows of grades refer to this one", graded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_hook_refuses_after_the_save_is_undone()
    {
        var answer = await App.PostAsync("/api/people", """{"code":"hooked","nickname":"refused by a hook"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Empty((await App.GetAsync("/api/people?code=hooked")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_version_grows_with_changes_and_with_nothing_else()
    {
        var created = await App.PostAsync("/api/people", """{"code":"versioned"}""");
        Assert.Equal(1, created.Json.GetProperty("version").GetInt32());
        Assert.Equal(1, (await App.PatchAsync(created["Location"]!, "{}")).Json.GetProperty("version").GetInt32());
        var changed = await App.PatchAsync(created["Location"]!, """{"nickname":"v"}""");
        Assert.Equal(2, changed.Json.GetProperty("version").GetInt32());
        Assert.Equal(changed.Text, (await App.GetAsync(created["Location"]!)).Text);
    }

    [Fact]
    public async Task A_row_version_is_another_after_each_change()
    {
        await App.PostAsync("/api/people", """{"code":"rv"}""");
        var created = await App.PostAsync("/api/grades", """{"person_code":"rv","subject":"s"}""");
        var first = created.Json.GetProperty("row_version").GetBytesFromBase64();
        Assert.Equal(8, first.Length);
        var changed = await App.PatchAsync(created["Location"]!, """{"points":1}""");
        Assert.NotEqual(first, changed.Json.GetProperty("row_version").GetBytesFromBase64());
    }

    [Fact]
    public async Task An_outdated_ETag_changes_nothing()
    {
        var created = await App.PostAsync("/api/people", """{"code":"etag"}""");
        var path = created["Location"]!;
        var changed = await App.PatchAsync(path, """{"nickname":"1"}""", ("If-Match", created["ETag"]!));
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await App.PatchAsync(path, """{"nickname":"2"}""", ("If-Match", created["ETag"]!))).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await App.SendAsync(HttpMethod.Delete, path, headers: ("If-Match", created["ETag"]!))).Status);
        Assert.Equal(HttpStatusCode.NotModified, (await App.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", changed["ETag"]!))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await App.SendAsync(HttpMethod.Delete, path, headers: ("If-Match", "*"))).Status);
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_state_one_may_change_it()
    {
        var created = await App.PostAsync("/api/people", """{"code":"raced"}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => App.PatchAsync(
            created["Location"]!, $$"""{"nickname":"{{i}}"}""", ("If-Match", created["ETag"]!))));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task A_row_with_nothing_to_change_can_be_put_and_patched()
    {
        var created = await App.PostAsync("/api/tickets", """{"name":"fixed","subject":"nothing to change"}""");
        var put = await App.SendAsync(HttpMethod.Put, created["Location"]!, "{}");
        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(created.Text, put.Text);
        Assert.Equal(created["ETag"], (await App.PatchAsync(created["Location"]!, "{}"))["ETag"]);
        Assert.Equal("is no field of this request", (await App.PatchAsync(created["Location"]!, """{"name":"x"}""")).ErrorOf("name"));
    }

    [Fact]
    public async Task Many_writers_at_once_all_succeed()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async writer =>
        {
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < 5; i++)
            {
                statuses.Add((await App.PostAsync("/api/people", $$"""{"code":"p{{writer}}-{{i}}"}""")).Status);
            }

            return statuses;
        }));
        Assert.All(answers.SelectMany(statuses => statuses), status => Assert.Equal(HttpStatusCode.Created, status));
    }

    [Fact]
    public async Task Services_called_within_a_transaction_are_part_of_it()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var people = scope.ServiceProvider.GetRequiredService<PersonService>();
        var cancellation = TestContext.Current.CancellationToken;
        await using (var transaction = await database.Database.BeginTransactionAsync(cancellation))
        {
            await people.CreateAsync(new PersonRequest { Code = "part 1" }, cancellation);
            await people.CreateAsync(new PersonRequest { Code = "part 2" }, cancellation);
            await transaction.RollbackAsync(cancellation);
        }

        Assert.False(await people.ExistsAsync(row => row.Code.StartsWith("part"), cancellation));
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_error()
    {
        for (var i = 0; i < 20; i++)
        {
            using var impatience = new CancellationTokenSource(TimeSpan.FromMilliseconds(i));
            try
            {
                using var response = await App.Client.GetAsync("/api/people?limit=500&count=true&sort=nickname", impatience.Token);
            }
            catch (OperationCanceledException)
            {
                // What the test is about.
            }
        }

        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(App.Log, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }
}

public sealed class WriteTestsOnSqlite(RunningApp app) : WriteTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class WriteTestsOnPostgreSql(AppOnPostgreSql app) : WriteTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class WriteTestsOnMariaDb(AppOnMariaDb app) : WriteTests(app), IClassFixture<AppOnMariaDb>;
