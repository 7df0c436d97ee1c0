using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Golden;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Rows that are marked when they are deleted: shelves with the time, boxes on them with true.</summary>
public abstract class SoftDeletionTests
{
    private readonly GraphApp _app;

    protected SoftDeletionTests(GraphApp app)
    {
        Assert.SkipWhen(app.WhyMissing is not null, app.WhyMissing ?? "");
        _app = app;
    }

    [Fact]
    public async Task A_deleted_row_is_gone_for_everybody_and_stays_in_the_table()
    {
        var id = await CreateShelfAsync("Gone");

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, $"/api/shelves/{id}")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, $"/api/shelves/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, $"/api/shelves/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Patch, $"/api/shelves/{id}", new { label = "Back" })).Status);
        Assert.Equal(0, (await _app.GetAsync("/api/shelves?label=Gone&count=true", _app.User)).GetProperty("total").GetInt32());
        Assert.Equal("""{"shelf":null,"shelves":{"totalCount":0}}""", (await _app.QueryAsync($"{{ shelf(id: {id}) {{ id }} shelves(filter: {{label: {{eq: \"Gone\"}}}}) {{ totalCount }} }}")).Data);
        await _app.WithDatabaseAsync(async database =>
        {
            var row = await database.Set<Shelf>().IgnoreQueryFilters().SingleAsync(shelf => shelf.Id == id);
            Assert.Equal("Gone", row.Label);
            Assert.InRange(row.DeletedAt!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(1));
        });
    }

    [Fact]
    public async Task The_mark_may_be_true_or_false()
    {
        var id = await CreateBoxAsync(await CreateShelfAsync("For a flag"), "Marked");

        Assert.Equal("""{"deleteBox":true}""", (await MutateAsync($"mutation {{ deleteBox(id: {id}) }}")).Data);

        Assert.Equal("""{"box":null}""", (await _app.QueryAsync($"{{ box(id: {id}) {{ id }} }}")).Data);
        await _app.WithDatabaseAsync(async database =>
            Assert.True((await database.Set<Box>().IgnoreQueryFilters().SingleAsync(box => box.Id == id)).IsGone));
    }

    [Fact]
    public async Task Nobody_sees_the_mark_or_sets_it()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Post, "/api/shelves", new { label = "Born dead", deleted_at = "2020-01-01T00:00:00" })).Status);
        Assert.False((await SendAsync(HttpMethod.Post, "/api/shelves", new { label = "Alive" })).Json.TryGetProperty("deleted_at", out _));
    }

    [Fact]
    public async Task What_refers_to_a_deleted_row_stays_and_shows_nothing_there()
    {
        var shelf = await CreateShelfAsync("Taken down");
        var box = await CreateBoxAsync(shelf, "On the floor");

        await SendAsync(HttpMethod.Delete, $"/api/shelves/{shelf}");

        var shown = await _app.GetAsync($"/api/boxes/{box}?expand=shelf", _app.Admin);
        Assert.Equal(shelf, shown.GetProperty("shelf_id").GetInt64());
        Assert.False(shown.TryGetProperty("shelf", out _));
        Assert.Equal("""{"box":{"label":"On the floor","shelf":null}}""", (await _app.QueryAsync($"{{ box(id: {box}) {{ label shelf {{ label }} }} }}")).Data);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Patch, $"/api/boxes/{box}", new { label = "Moved" })).Status);
    }

    [Fact]
    public async Task Nothing_new_refers_to_a_deleted_row()
    {
        var gone = await CreateShelfAsync("Torn off");
        var there = await CreateShelfAsync("Firm");
        var box = await CreateBoxAsync(there, "Firm as well");
        await SendAsync(HttpMethod.Delete, $"/api/shelves/{gone}");

        var created = await SendAsync(HttpMethod.Post, "/api/boxes", new { shelf_id = gone, label = "Falls" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, created.Status);
        Assert.Equal("refers to a row of shelves that does not exist", created.Json.GetProperty("errors").GetProperty("shelf_id")[0].GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(HttpMethod.Patch, $"/api/boxes/{box}", new { shelf_id = gone })).Status);

        var batch = await SendAsync(HttpMethod.Post, "/api/boxes/batch", new[] { new { shelf_id = there, label = "Stands" }, new { shelf_id = gone, label = "Falls" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, batch.Status);
        Assert.True(batch.Json.GetProperty("errors").TryGetProperty("[1].shelf_id", out _), batch.Json.GetRawText());
    }

    [Fact]
    public async Task A_unique_value_stays_taken()
    {
        await SendAsync(HttpMethod.Delete, $"/api/shelves/{await CreateShelfAsync("Unforgotten")}");

        var again = await SendAsync(HttpMethod.Post, "/api/shelves", new { label = "Unforgotten" });

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal("exists already", again.Json.GetProperty("errors").GetProperty("label")[0].GetString());
    }

    [Fact]
    public async Task The_audit_log_and_subscribers_are_told_of_a_deletion()
    {
        var id = await CreateShelfAsync("Watched");
        await using var events = await EventReader.OpenAsync(_app.Client, "subscription { shelfChanged { kind id node { label } } }", _app.User);

        await SendAsync(HttpMethod.Delete, $"/api/shelves/{id}");

        Assert.Equal($$$"""{"shelfChanged":{"kind":"DELETED","id":{{{id}}},"node":null}}""", await events.NextAsync());
        await _app.WithDatabaseAsync(async database =>
        {
            var rows = await database.Set<AuditLog>().Where(row => row.EntityType == "shelf").OrderBy(row => row.Id).ToListAsync();
            var row = rows.Last(row => row.EntityId == $"{id}");
            Assert.Equal("DELETE_SHELF", row.Action);
            Assert.Equal("Watched", JsonElement.Parse(row.OldValues!).GetProperty("label").GetString());
            Assert.Null(row.NewValues);
        });
    }

    [Fact]
    public async Task Code_that_removes_a_row_marks_it_too()
    {
        var id = await CreateShelfAsync("Removed by code");

        await _app.WithDatabaseAsync(async database =>
        {
            database.Remove(await database.Set<Shelf>().SingleAsync(shelf => shelf.Id == id));
            await database.SaveChangesAsync();
        });

        await _app.WithDatabaseAsync(async database =>
        {
            Assert.False(await database.Set<Shelf>().AnyAsync(shelf => shelf.Id == id));
            Assert.True(await database.Set<Shelf>().IgnoreQueryFilters().AnyAsync(shelf => shelf.Id == id && shelf.DeletedAt != null));
        });
    }

    [Fact]
    public async Task A_row_that_was_marked_since_it_was_read_is_written_no_more()
    {
        var id = await CreateShelfAsync("Marked in between");

        await _app.WithDatabaseAsync(async database =>
        {
            var shelf = await database.Set<Shelf>().SingleAsync(shelf => shelf.Id == id);
            await SendAsync(HttpMethod.Delete, $"/api/shelves/{id}");
            shelf.Label = "Too late";
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => database.SaveChangesAsync(TestContext.Current.CancellationToken));

            // Nothing of it is left that others would wait for.
            Assert.Null(database.Database.CurrentTransaction);
            await CreateShelfAsync("Written meanwhile");
        });
    }

    private Task<long> CreateShelfAsync(string label) => CreateAsync("/api/shelves", new { label });

    private Task<long> CreateBoxAsync(long shelf, string label) => CreateAsync("/api/boxes", new { shelf_id = shelf, label });

    private async Task<long> CreateAsync(string path, object row)
    {
        var (status, json) = await SendAsync(HttpMethod.Post, path, row);
        Assert.True(status is HttpStatusCode.Created, $"{status}: {json}");
        return json.GetProperty("id").GetInt64();
    }

    private Task<GraphAnswer> MutateAsync(string mutation) => _app.QueryAsync(mutation, token: _app.Admin);

    private async Task<(HttpStatusCode Status, JsonElement Json)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _app.Admin);
        request.Content = body is null ? null : JsonContent.Create(body, mediaType: new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        using var response = await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, text.Length > 0 ? JsonElement.Parse(text) : default);
    }
}

/// <summary>On SQLite.</summary>
public sealed class SoftDeletionTestsOnSqlite(GraphApp app) : SoftDeletionTests(app), IClassFixture<GraphApp>;

/// <summary>On PostgreSQL.</summary>
[Trait("Category", "Integration")]
public sealed class SoftDeletionTestsOnPostgreSql(GraphAppOnPostgreSql app) : SoftDeletionTests(app), IClassFixture<GraphAppOnPostgreSql>;

/// <summary>On MariaDB.</summary>
[Trait("Category", "Integration")]
public sealed class SoftDeletionTestsOnMariaDb(GraphAppOnMariaDb app) : SoftDeletionTests(app), IClassFixture<GraphAppOnMariaDb>;
