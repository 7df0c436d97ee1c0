using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Tests.App;
using SchemaDeploy.AspNetCore.Tests.Authentication;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>Rows that are created at the same time, which the database gets as one transaction.</summary>
public abstract class SharedWriteTests(RunningApp app) : AppTests(app)
{
    protected const int Many = 200;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_rows_are_written_by_fewer_transactions_each_with_its_own_record()
    {
        await using var app = await StartAsync();
        var names = Names("together").ToList();
        var before = await CountTransactionsAsync(app);
        Assert.All(await CreateAsync(app, names), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));

        Assert.InRange(await CountTransactionsAsync(app) - before, 1, Many - 1);
        var records = await RecordsOfAsync(app, "tickets");
        Assert.Equal(names.Order(StringComparer.Ordinal), records.Select(record => record.Key));
        Assert.All(records, record => Assert.Contains($"\"{record.Key}\"", record.NewValues, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_is_refused_takes_none_of_the_others_along()
    {
        await CreateAsync(App, ["refused 3", "refused 50", "refused 151"]);

        var answers = await CreateAsync(App, Names("refused"));

        Assert.Equal([3, 50, 151], Enumerable.Range(0, Many).Except(IndicesOf(answers, HttpStatusCode.Created)));
        Assert.Equal(Many - 3, IndicesOf(answers, HttpStatusCode.Created).Count());
        Assert.Equal(Many, (await RecordsOfAsync(App, "tickets")).Count(record => record.Key.StartsWith("refused ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_record_names_the_number_of_its_own_row_also_where_others_are_refused()
    {
        await using (await App.RefuseAsync("gadgets", "text", "numbered 66"))
        {
            var answers = await Task.WhenAll(Names("numbered").Select(name => App.PostAsync("/api/gadgets", $$"""{"text":"{{name}}"}""")));

            Assert.Equal(Many - 1, IndicesOf(answers, HttpStatusCode.Created).Count());
            Assert.NotEqual(HttpStatusCode.Created, answers[66].Status);
            var records = (await RecordsOfAsync(App, "gadgets")).ToDictionary(record => record.Key);
            Assert.All(answers.Index().Where(answer => answer.Index != 66), answer =>
            {
                var id = answer.Item.Json.GetProperty("id").GetRawText();
                Assert.Contains($"\"numbered {answer.Index}\"", records[id].NewValues, StringComparison.Ordinal);
                Assert.Contains($"\"id\":{id}", records[id].NewValues, StringComparison.Ordinal);
            });
            Assert.DoesNotContain(records.Values, record => record.NewValues!.Contains("\"numbered 66\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_record_says_on_whose_behalf_its_own_row_was_created()
    {
        List<Tokens> users = [await App.JoinAsync("one@example.org"), await App.JoinAsync("two@example.org"), await App.JoinAsync("three@example.org")];
        var created = Names("on behalf").Select((name, i) => App.SendAsync(
            HttpMethod.Post, "/api/tickets", $$"""{"name":"{{name}}","subject":"{{name}}"}""", headers: Client.Bearer(users[i % users.Count].Access)));
        Assert.All(await Task.WhenAll(created), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));

        var records = (await RecordsOfAsync(App, "tickets")).ToDictionary(record => record.Key);
        var actors = Enumerable.Range(0, Many).Select(i => records[$"on behalf {i}"].Actor).ToList();
        Assert.Equal(users.Count, actors.Take(users.Count).Distinct().Count());
        Assert.All(actors.Index(), actor => Assert.Equal(actors[actor.Index % users.Count], actor.Item));
    }

    [Fact]
    public async Task Who_goes_away_takes_none_of_the_others_along()
    {
        using var gone = new CancellationTokenSource();
        var left = App.Client.PostAsync(new Uri("/api/tickets", UriKind.Relative), BodyOf("left"), gone.Token);
        var answers = Names("stayed").Select(name => CreateAsync(App, name)).ToList();
        await gone.CancelAsync();

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        await Task.WhenAny(left);
    }

    [Fact]
    public async Task The_setting_turns_it_off()
    {
        await using var alone = await StartAsync("--SHARED_WRITES=false");
        var before = await CountTransactionsAsync(alone);
        Assert.All(await CreateAsync(alone, Names("alone")), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(Many, await CountTransactionsAsync(alone) - before);
    }

    /// <summary>Creates many tickets while another transaction, that of <paramref name="insert"/>, holds the name of the sixth.</summary>
    protected async Task HoldAsync(string insert)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var other = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await other.ExecuteSqlRawAsync(insert, Cancellation);

        var answers = Names("held").Select(name => CreateAsync(App, name)).ToList();
        Assert.All(await Task.WhenAll(answers.Where((_, i) => i != 5)).WaitAsync(TimeSpan.FromSeconds(20), Cancellation), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.False(answers[5].IsCompleted);

        await transaction.RollbackAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Created, (await answers[5]).Status);
    }

    protected static IEnumerable<string> Names(string of) => Enumerable.Range(0, Many).Select(i => $"{of} {i}");

    protected static IEnumerable<int> IndicesOf(IEnumerable<Answer> answers, HttpStatusCode status) =>
        answers.Index().Where(answer => answer.Item.Status == status).Select(answer => answer.Index);

    protected static Task<Answer[]> CreateAsync(RunningApp app, IEnumerable<string> names) => Task.WhenAll(names.Select(name => CreateAsync(app, name)));

    protected static Task<Answer> CreateAsync(RunningApp app, string name) =>
        app.PostAsync("/api/tickets", $$"""{"name":"{{name}}","subject":"{{name}}"}""");

    protected static async Task<List<TValue>> AskAsync<TValue>(RunningApp app, FormattableString sql)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.SqlQuery<TValue>(sql).ToListAsync(Cancellation);
    }

    /// <summary>An application of its own, on the same kind of database.</summary>
    protected abstract RunningApp Another(string[] arguments);

    /// <summary>How many transactions have written the tickets of an application.</summary>
    protected virtual Task<int> CountTransactionsAsync(RunningApp app) =>
        Task.FromResult(app.Log.Count(line => line.Contains("Committed transaction", StringComparison.Ordinal)));

    protected async Task<RunningApp> StartAsync(params string[] arguments)
    {
        var app = Another(["--Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug", .. arguments]);
        await app.InitializeAsync();
        return app;
    }

    private static StringContent BodyOf(string name) =>
        new($$"""{"name":"{{name}}","subject":"{{name}}"}""", null, "application/json");

    private static async Task<List<AuditEntry>> RecordsOfAsync(RunningApp app, string entity)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<AuditEntry>()
            .Where(entry => entry.Entity == entity).OrderBy(entry => entry.Key).ToListAsync(Cancellation);
    }
}

public sealed class SharedWriteTestsOnSqlite(RunningApp app) : SharedWriteTests(app), IClassFixture<RunningApp>
{
    protected override RunningApp Another(string[] arguments) => new() { Arguments = arguments };
}

public sealed class SharedWriteTestsOnMariaDb(AppOnMariaDb app) : SharedWriteTests(app), IClassFixture<AppOnMariaDb>
{
    [Fact]
    public Task Who_waits_for_a_lock_holds_nobody_up() => HoldAsync("INSERT INTO tickets (Name, Subject) VALUES ('held 5', 'somebody else''s')");

    [Fact]
    public async Task A_connection_that_has_written_for_several_waits_for_locks_as_before()
    {
        // Nothing but what it does itself puts a connection back.
        await using var app = new AppOnMariaDb { Parameters = "?ConnectionReset=false" };
        await app.InitializeAsync();
        var before = await AskAsync<long>(app, $"SELECT @@innodb_lock_wait_timeout AS Value");
        await CreateAsync(app, ["moment 7"]);
        await CreateAsync(app, Names("moment"));

        var patience = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync<long>(app, $"SELECT @@innodb_lock_wait_timeout + SLEEP(0.1) AS Value")));
        Assert.All(patience, one => Assert.Equal(before, one));
    }

    protected override RunningApp Another(string[] arguments) => new AppOnMariaDb { Arguments = arguments };
}

public sealed class SharedWriteTestsOnPostgreSql(AppOnPostgreSql app) : SharedWriteTests(app), IClassFixture<AppOnPostgreSql>
{
    [Fact]
    public async Task A_row_that_is_refused_when_all_is_written_takes_none_of_the_others_along()
    {
        await AskAsync<string>(App, $"""
            CREATE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE check_violation; END';
            CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT ON tickets DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (NEW."Name" = 'late 77') EXECUTE FUNCTION refuse_late();
            SELECT '' AS "Value"
            """);

        var answers = await CreateAsync(App, Names("late"));

        Assert.Equal(Many - 1, IndicesOf(answers, HttpStatusCode.Created).Count());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answers[77].Status);
        Assert.Equal(Many - 1, (await AskAsync<string>(App, $"""SELECT "Key" AS "Value" FROM audit_entries WHERE "Key" LIKE 'late %'""")).Count);
    }

    [Fact]
    public Task Who_waits_for_a_lock_holds_nobody_up() => HoldAsync("""INSERT INTO tickets ("Name", "Subject") VALUES ('held 5', 'somebody else''s')""");

    [Fact]
    public async Task A_connection_that_has_written_for_several_waits_for_locks_as_before()
    {
        await CreateAsync(App, Names("moment"));

        var patience = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync<string>(App, $"""SELECT current_setting('lock_timeout') AS "Value" FROM pg_sleep(0.1)""")));
        Assert.All(patience, one => Assert.Equal("0", Assert.Single(one)));
    }

    [Fact]
    public async Task Those_who_are_refused_often_cost_little_more_than_alone()
    {
        await using var talkative = await StartAsync();
        var names = Names("again").ToList();
        await CreateAsync(talkative, names);

        // One after another: those of before have to have been answered for the next to learn of it.
        for (var i = 0; i < 3; i++)
        {
            Assert.All(await CreateAsync(talkative, names), answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        }

        var refused = talkative.Log.Where(line => line.Contains("Failed executing", StringComparison.Ordinal)).ToList();
        Assert.InRange(refused.Count(line => line.Contains("lock_timeout", StringComparison.Ordinal)), 1, Many);
    }

    // What a provider cannot send is the fault of one row, and known before anything is sent.
    [Fact]
    public async Task A_value_that_cannot_be_sent_is_left_to_the_one_whose_it_is()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var insert = RecordedInsert.Of(database, database.Model.FindEntityType(typeof(Ticket))!)!;
        var rows = Names("unsendable").Select((name, i) => new NewRow(
            RecordedChange.Of(database.Add(new Ticket { Name = name, Subject = i == 9 ? "\ud800" : name }))!,
            () => (new AuditEntry { Actor = "nobody", Event = "CREATE_TICKETS", Entity = "tickets", Key = name }, "CREATE_TICKETS"))).ToList();
        Assert.All(rows, row => Assert.True(insert.Accepts(row)));
        var shared = SharedInsert.Find(database, insert)!;

        var isWritten = await Task.WhenAll(rows.Select(shared.TryWriteAsync));

        Assert.False(isWritten[9]);
        Assert.Contains(true, isWritten);
        Assert.Equal(isWritten.Count(one => one), (await AskAsync<string>(App, $"""SELECT "Name" AS "Value" FROM tickets WHERE "Name" LIKE 'unsendable %'""")).Count);
    }

    protected override RunningApp Another(string[] arguments) => new AppOnPostgreSql { Arguments = arguments };

    // One message is one transaction, of which EF Core knows nothing.
    protected override async Task<int> CountTransactionsAsync(RunningApp app) =>
        (await AskAsync<int>(app, $"""SELECT count(DISTINCT xmin::text)::int AS "Value" FROM tickets"""))[0];
}
