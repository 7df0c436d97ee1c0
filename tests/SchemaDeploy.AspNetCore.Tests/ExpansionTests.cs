using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public abstract class ExpansionTests(RunningApp app) : AppTests(app), IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        if ((await App.GetAsync("/api/people?limit=1")).Json.GetProperty("items").GetArrayLength() > 0)
        {
            return;
        }

        await App.PostAsync("/api/people/batch", $"[{string.Join(',', Enumerable.Range(1, 40).Select(i => $$"""{"code":"c{{i}}"}"""))}]");
        for (var i = 2; i <= 40; i++)
        {
            await App.PatchAsync($"/api/people/{i}", $$"""{"manager_id":{{i / 2}}}""");
        }

        await App.PostAsync("/api/grades/batch", $"[{string.Join(',', Enumerable.Range(1, 40).Select(i => $$"""{"person_code":"c{{i}}","subject":"base"}"""))}]");
        await App.PostAsync("/api/grades/batch", $"[{string.Join(',', Enumerable.Range(1, 40).Select(i => $$"""{"person_code":"c{{i}}","subject":"second","base_code":"c{{41 - i}}","base_subject":"base"}"""))}]");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("/api/people?limit=100", 1)]
    [InlineData("/api/people?limit=100&expand=manager", 2)]
    [InlineData("/api/people?limit=1&expand=manager", 1)]
    [InlineData("/api/people?limit=100&count=true", 2)]
    [InlineData("/api/people/1/people?expand=manager", 3)]
    [InlineData("/api/grades?limit=100&expand=person", 2)]
    [InlineData("/api/grades?limit=100&expand=person,base", 3)]
    [InlineData("/api/people/7?expand=manager", 2)]
    public async Task A_page_costs_as_many_statements_whatever_its_length(string path, int statements)
    {
        var before = App.Commands.Count;
        var answer = await App.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(statements, App.Commands.Count - before);
    }

    [Fact]
    public async Task A_reference_to_the_same_table_is_shown_whole()
    {
        var answer = await App.GetAsync("/api/people?limit=100&expand=manager&fields=id,manager_id");
        foreach (var row in answer.Json.GetProperty("items").EnumerateArray().Skip(1))
        {
            Assert.Equal(row.GetProperty("manager_id").GetUInt64(), row.GetProperty("manager").GetProperty("id").GetUInt64());
        }

        Assert.False(answer.Json.GetProperty("items")[0].TryGetProperty("manager", out _));
    }

    [Fact]
    public async Task References_by_a_composite_key_and_by_an_alternate_key_are_shown_whole()
    {
        var answer = await App.GetAsync("/api/grades?limit=100&subject=second&expand=base,person");
        Assert.Equal(40, answer.Json.GetProperty("items").GetArrayLength());
        foreach (var row in answer.Json.GetProperty("items").EnumerateArray())
        {
            Assert.Equal(row.GetProperty("base_code").GetString(), row.GetProperty("base").GetProperty("person_code").GetString());
            Assert.Equal(row.GetProperty("person_code").GetString(), row.GetProperty("person").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task A_nested_list_has_the_rows_of_its_parent_alone()
    {
        var answer = await App.GetAsync("/api/people/3/people?sort=-id&fields=id");
        Assert.Equal("""[{"id":7},{"id":6}]""", answer.Json.GetProperty("items").GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await App.GetAsync("/api/people/99999/people")).Status);
    }
}

public sealed class ExpansionTestsOnSqlite(RunningApp app) : ExpansionTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class ExpansionTestsOnPostgreSql(AppOnPostgreSql app) : ExpansionTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class ExpansionTestsOnMariaDb(AppOnMariaDb app) : ExpansionTests(app), IClassFixture<AppOnMariaDb>;
