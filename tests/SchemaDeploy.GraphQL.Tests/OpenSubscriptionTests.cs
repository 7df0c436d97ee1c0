using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Golden;
using Microsoft.EntityFrameworkCore;
using SchemaDeploy.AspNetCore.GraphQL;
using SchemaDeploy.AspNetCore.Problems;
using SchemaDeploy.GraphQL.Tests.App;
using SchemaDeploy.Tests;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>What happens to subscriptions while they are open.</summary>
public sealed class OpenSubscriptionTests(OpenSubscriptionTests.HastyApp app) : IClassFixture<OpenSubscriptionTests.HastyApp>
{
    private const string Notes = "subscription { noteChanged { node { text } } }";

    [Fact]
    public async Task There_are_signs_of_life_where_nothing_changes()
    {
        await using var quiet = await SubscribeAsync("subscription { biographyChanged { kind } }");
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await app.QueryAsync("""mutation { updateBiography(authorId: 2, input: {text: "Born elsewhere."}) { text } }""", token: app.Admin);
        Assert.Equal("""{"biographyChanged":{"kind":"UPDATED"}}""", await quiet.NextAsync());
        Assert.True(quiet.Beats >= 2, $"{quiet.Beats}");
    }

    [Fact]
    public async Task Who_signs_out_is_told_nothing_more()
    {
        var (token, refresh) = await JoinAsync();
        await using var events = await SubscribeAsync("subscription { authorChanged { kind } }", token);

        using var left = await app.Client.PostAsJsonAsync("/api/auth/logout", new { refresh_token = refresh }, TestContext.Current.CancellationToken);
        Assert.True(left.IsSuccessStatusCode);
        Assert.Equal(["UNAUTHORIZED at authorChanged"], await events.EndAsync());
    }

    [Fact]
    public async Task Who_is_deleted_is_told_nothing_more()
    {
        var (token, _) = await JoinAsync();
        await using var events = await SubscribeAsync(Notes, token);

        await app.WithDatabaseAsync(async database =>
        {
            database.Remove(await database.Set<User>().OrderByDescending(user => user.Id).FirstAsync());
            await database.SaveChangesAsync();
        });
        Assert.Equal(["UNAUTHORIZED at noteChanged"], await events.EndAsync());
    }

    [Fact]
    public async Task Who_is_admin_no_longer_is_told_of_their_own_rows_alone()
    {
        var (token, _) = await JoinAsync();
        await SetRoleAsync(UserRole.Admin);
        await using var events = await SubscribeAsync(Notes, token);
        await CreateNoteAsync("Seen", app.User);
        Assert.Equal("""{"noteChanged":{"node":{"text":"Seen"}}}""", await events.NextAsync());

        await SetRoleAsync(null);
        await CreateNoteAsync("Not for them", app.User);
        await CreateNoteAsync("Their own", token);
        Assert.Equal("""{"noteChanged":{"node":{"text":"Their own"}}}""", await events.NextAsync());

        Task SetRoleAsync(UserRole? role) => app.WithDatabaseAsync(async database =>
        {
            (await database.Set<User>().OrderByDescending(user => user.Id).FirstAsync()).Role = role;
            await database.SaveChangesAsync();
        });
    }

    [Fact]
    public async Task A_token_that_expires_ends_its_subscriptions()
    {
        await using var brief = new HastyApp { Arguments = [.. HastyApp.Haste, "--Auth:AccessTokenLifetime=00:00:03"] };
        await brief.InitializeAsync();
        using var signedIn = await brief.Client.PostAsJsonAsync("/api/auth/login", new { email = "user@example.com", password = GraphApp.Password }, TestContext.Current.CancellationToken);
        var token = (await signedIn.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString()!;

        await using var events = await EventReader.OpenAsync(brief.Client, Notes, token);
        Assert.Equal(["UNAUTHORIZED at noteChanged"], await events.EndAsync());
    }

    [Fact]
    public async Task Nobody_has_more_subscriptions_than_are_allowed()
    {
        var (token, _) = await JoinAsync();
        var open = new List<EventReader>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await SubscribeAsync(Notes, token));
        }

        Assert.Equal(["TOO_MANY_REQUESTS at noteChanged"], await open[3].EndAsync());
        await using var other = await SubscribeAsync(Notes, app.Stranger);
        await CreateNoteAsync("Others go on", app.Stranger);
        await other.NextAsync();

        // Whose client goes away has room again.
        await open[0].DisposeAsync();
        EventReader next;
        var watch = Stopwatch.StartNew();
        do
        {
            next = await SubscribeAsync(Notes, token);
        }
        while (await next.ReadLineAsync() != ":" && watch.Elapsed < TimeSpan.FromSeconds(10));
        await CreateNoteAsync("Room again", token);
        Assert.Equal("""{"noteChanged":{"node":{"text":"Room again"}}}""", await next.NextAsync());
        open.ForEach(events => events.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken));
        await next.DisposeAsync();
    }

    [Fact]
    public async Task Who_does_not_keep_up_is_cut_off_and_holds_nobody_up()
    {
        await using var small = new HastyApp { Arguments = [.. HastyApp.Haste, "--GraphQL:MaximumQueuedChanges=5"] };
        await small.InitializeAsync();
        await using var events = await EventReader.OpenAsync(small.Client, "subscription { authorChanged { node { fullName books(first: 100) { nodes { title } } } } }");

        // Hundreds of changes at once, which no subscriber reads one by one as fast as they are made.
        var watch = Stopwatch.StartNew();
        await small.WithDatabaseAsync(async database =>
        {
            database.AddRange(Enumerable.Range(0, 500).Select(i => new Author { FullName = $"Flood {i}" }));
            await database.SaveChangesAsync();
        });
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));

        var (last, told) = ("", 0);
        while (await events.ReadAsync() is (var name, var data) && name == "next")
        {
            (last, told) = (data, told + 1);
        }

        Assert.InRange(told, 1, 100);
        Assert.Equal(["SUBSCRIPTION_TOO_SLOW"], new GraphAnswer(200, last, null).Errors);
    }

    [Fact]
    public async Task Who_does_not_read_at_all_is_cut_off_too()
    {
        await using var deaf = new HastyApp { Arguments = [.. HastyApp.Haste, "--GraphQL:MaximumQueuedChanges=5"] };
        await deaf.InitializeAsync();
        var feed = (ChangeFeed)deaf.Services.GetService(typeof(ChangeFeed))!;
        using var socket = await SubscribeDeafAsync(deaf, feed);

        for (var i = 0; feed.IsHeard && i < 300; i++)
        {
            await ChangeMuchAsync(deaf, i);
        }

        await WaitUntilAsync(() => !feed.IsHeard);
    }

    [Fact]
    public async Task When_the_application_stops_who_does_not_read_keeps_it_from_nothing()
    {
        var stopping = new HastyApp();
        await stopping.InitializeAsync();
        var feed = (ChangeFeed)stopping.Services.GetService(typeof(ChangeFeed))!;
        using var socket = await SubscribeDeafAsync(stopping, feed);
        // More than fits into the buffers of both sides.
        for (var i = 0; i < 40; i++)
        {
            await ChangeMuchAsync(stopping, i);
        }

        Assert.True(feed.IsHeard);
        var watch = Stopwatch.StartNew();
        await stopping.StopAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        await stopping.DisposeAsync();
    }

    [Fact]
    public void Open_subscriptions_are_counted_until_they_end()
    {
        var (thread, counted) = (Environment.CurrentManagedThreadId, new List<int>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "schemadeploy.subscriptions")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        // Other tests subscribe at the same time.
        listener.SetMeasurementEventCallback<int>((_, change, _, _) => counted.AddRange(Environment.CurrentManagedThreadId == thread ? [change] : []));
        listener.Start();

        var feed = new ChangeFeed(new GraphQLSettings { MaximumSubscriptions = 2 });
        var first = feed.Listen(typeof(Author), "somebody");
        var second = feed.Listen(typeof(Book), "somebody");
        Assert.Throws<ApiException>(() => feed.Listen(typeof(Book), "somebody"));
        first.Dispose();
        first.Dispose();
        second.Dispose();
        Assert.Equal([1, 1, -1, -1], counted);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_collected()
    {
        await using var quiet = new GraphApp();
        await quiet.InitializeAsync();
        await using (await EventReader.OpenAsync(quiet.Client, "subscription { authorChanged { kind } }"))
        {
        }

        var feed = (ChangeFeed)quiet.Services.GetService(typeof(ChangeFeed))!;
        await WaitUntilAsync(() => !feed.IsHeard);
        Assert.False(feed.Hears(typeof(Author)));
    }

    [Fact]
    public async Task When_the_application_stops_subscriptions_end_at_once_and_clients_know_to_try_again()
    {
        var stopping = new HastyApp();
        await stopping.InitializeAsync();
        await using var events = await EventReader.OpenAsync(stopping.Client, "subscription { authorChanged { kind } }");

        var watch = Stopwatch.StartNew();
        await stopping.StopAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
        Assert.Null(await events.ReadAsync());
        await stopping.DisposeAsync();
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_client_of_graphql_sse_is_served()
    {
        var modules = await NpmPackage.InstallAsync("graphql-sse@2.6.0", "graphql@16.11.0");
        var client = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Audit", "subscribe.mjs"), modules, app.Address.ToString(), app.Admin]);

        Assert.True(client.ExitCode == 0, client.Output + client.Error);
    }

    private Task<EventReader> SubscribeAsync(string query, string? token = null) => EventReader.OpenAsync(app.Client, query, token);

    // A client that asks, and then reads nothing.
    private static async Task<Socket> SubscribeDeafAsync(GraphApp app, ChangeFeed feed)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(app.Address.Host, app.Address.Port, TestContext.Current.CancellationToken);
        const string body = """{"query":"subscription { bookChanged { node { details } } }"}""";
        await socket.SendAsync(
            Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: {body.Length}\r\n\r\n{body}"),
            TestContext.Current.CancellationToken);
        await WaitUntilAsync(() => feed.IsHeard);
        return socket;
    }

    private static async Task ChangeMuchAsync(GraphApp app, int number)
    {
        const string mutation = "mutation($details: JSON, $pages: Int) { updateBook(id: 1, input: {details: $details, pages: $pages}) { id } }";
        var variables = new { details = new { text = new string('x', 200_000) }, pages = number + 1 };
        Assert.Empty((await app.QueryAsync(mutation, variables, app.Admin)).Errors);
    }

    private static async Task WaitUntilAsync(Func<bool> isSo)
    {
        var watch = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private async Task CreateNoteAsync(string text, string token) =>
        Assert.Empty((await app.QueryAsync("mutation($text: String!) { createNote(input: {text: $text}) { id } }", new { text }, token)).Errors);

    private async Task<(string Token, string Refresh)> JoinAsync()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        using var joined = await app.Client.PostAsJsonAsync("/api/auth/register", new { email, password = GraphApp.Password }, TestContext.Current.CancellationToken);
        using var signedIn = await app.Client.PostAsJsonAsync("/api/auth/login", new { email, password = GraphApp.Password }, TestContext.Current.CancellationToken);
        var tokens = await signedIn.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
    }

    /// <summary>The application with a heartbeat that tests can wait for, and few subscriptions for each user.</summary>
    public sealed class HastyApp : GraphApp
    {
        public static readonly string[] Haste = ["--GraphQL:Heartbeat=00:00:00.1", "--GraphQL:MaximumSubscriptions=3"];

        public HastyApp() => Arguments = Haste;
    }
}
