using SchemaDeploy.AspNetCore.GraphQL;
using SchemaDeploy.GraphQL.Tests.App;
using SchemaDeploy.Tests.Servers;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>Processes of one application tell each other of changes by Redis.</summary>
[Trait("Category", "Integration")]
public sealed class RelayTests : IAsyncLifetime
{
    private GraphApp _here = null!;
    private GraphApp _there = null!;

    public async ValueTask InitializeAsync()
    {
        string[] arguments = [$"--REDIS_URL={(await SharedServers.RedisAsync()).Url}"];
        _here = new GraphApp { Arguments = arguments };
        await _here.InitializeAsync();
        _there = new GraphApp { Arguments = arguments, First = _here };
        await _there.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_there is not null)
        {
            await _there.DisposeAsync();
        }

        if (_here is not null)
        {
            await _here.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_one_process_writes_is_told_at_the_other()
    {
        await using var events = await EventReader.OpenAsync(_here.Client, "subscription { paragraphChanged { kind node { text chapter { heading } } } }");

        Assert.Empty((await _there.QueryAsync("""mutation { updateParagraph(id: 1, input: {text: "There was no wall."}) { id } }""", token: _there.Admin)).Errors);
        Assert.Equal("""{"paragraphChanged":{"kind":"UPDATED","node":{"text":"There was no wall.","chapter":{"heading":"Chapter 1"}}}}""", await events.NextAsync());
        Assert.Empty((await _there.QueryAsync("mutation { deleteParagraph(id: 1) }", token: _there.Admin)).Errors);
        Assert.Equal("""{"paragraphChanged":{"kind":"DELETED","node":null}}""", await events.NextAsync());
    }

    [Fact]
    public async Task Whose_a_row_was_is_known_at_the_other_too()
    {
        const string query = "subscription { noteChanged { kind node { text } } }";
        await using var own = await EventReader.OpenAsync(_here.Client, query, _here.User);
        await using var strange = await EventReader.OpenAsync(_here.Client, query, _here.Stranger);

        var note = await _there.QueryAsync("""mutation { createNote(input: {text: "Mine"}) { id } }""", token: _there.User);
        Assert.Equal("""{"noteChanged":{"kind":"CREATED","node":{"text":"Mine"}}}""", await own.NextAsync());
        var id = note.Json.GetProperty("data").GetProperty("createNote").GetProperty("id");
        Assert.Empty((await _there.QueryAsync($"mutation {{ deleteNote(id: {id}) }}", token: _there.User)).Errors);
        Assert.Equal("""{"noteChanged":{"kind":"DELETED","node":null}}""", await own.NextAsync());

        Assert.Empty((await _there.QueryAsync("""mutation { createNote(input: {text: "Theirs"}) { id } }""", token: _there.Stranger)).Errors);
        Assert.Equal("""{"noteChanged":{"kind":"CREATED","node":{"text":"Theirs"}}}""", await strange.NextAsync());
    }

    [Fact]
    public async Task What_a_process_writes_itself_is_told_once()
    {
        await using var here = await EventReader.OpenAsync(_here.Client, "subscription { authorChanged { node { fullName } } }");
        await using var there = await EventReader.OpenAsync(_there.Client, "subscription { authorChanged { node { fullName } } }");

        foreach (var name in (string[])["Once", "Twice"])
        {
            Assert.Empty((await _here.QueryAsync($"mutation {{ createAuthor(input: {{fullName: \"{name}\"}}) {{ id }} }}", token: _here.Admin)).Errors);
            Assert.Contains(name, await here.NextAsync(), StringComparison.Ordinal);
            Assert.Contains(name, await there.NextAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_goes_to_processes_where_nobody_listens_to_such_rows()
    {
        await using var events = await EventReader.OpenAsync(_here.Client, "subscription { authorChanged { kind } }");

        var feed = (ChangeFeed)_there.Services.GetService(typeof(ChangeFeed))!;
        Assert.True(SpinWait.SpinUntil(() => feed.IsHeard, TimeSpan.FromSeconds(10)));
        Assert.True(feed.Hears(typeof(Golden.Author)));
        Assert.False(feed.Hears(typeof(Golden.Note)));
    }
}
