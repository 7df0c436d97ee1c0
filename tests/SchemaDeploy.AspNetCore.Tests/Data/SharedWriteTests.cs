using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Auditing;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Data;

/// <summary>Rows that are created at the same time, which PostgreSQL gets as one transaction.</summary>
public sealed class SharedWriteTests(AppOnPostgreSql app) : AppTests(app), IClassFixture<AppOnPostgreSql>
{
    private const int Many = 200;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_rows_are_written_by_fewer_transactions_each_with_its_own_record()
    {
        var names = Names("together").ToList();
        Assert.All(await CreateAsync(App, names), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));

        Assert.InRange(await CountTransactionsAsync(App, "together"), 1, Many - 1);
        var records = await AskAsync<string>($"""
            SELECT e."NewValues" AS "Value" FROM audit_entries e JOIN tickets t ON t."Name" = e."Key" AND t.xmin = e.xmin
            WHERE e."Event" = 'CREATE_TICKETS' AND t."Name" LIKE 'together %' ORDER BY length(t."Name"), t."Name"
            """);
        Assert.Equal(Many, records.Count);
        Assert.All(records.Zip(names), pair => Assert.Contains($"\"{pair.Second}\"", pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_is_refused_takes_none_of_the_others_along()
    {
        await CreateAsync(App, ["refused 3", "refused 50", "refused 151"]);

        var answers = await CreateAsync(App, Names("refused"));

        Assert.Equal([3, 50, 151], IndicesOf(answers, HttpStatusCode.Conflict));
        Assert.Equal(Many - 3, IndicesOf(answers, HttpStatusCode.Created).Count());
        Assert.Equal(Many, (await AskAsync<string>($"""SELECT "Key" AS "Value" FROM audit_entries WHERE "Key" LIKE 'refused %'""")).Count);
    }

    [Fact]
    public async Task A_row_that_is_refused_when_all_is_written_takes_none_of_the_others_along()
    {
        await AskAsync<string>($"""
            CREATE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE check_violation; END';
            CREATE CONSTRAINT TRIGGER refuse_late AFTER INSERT ON tickets DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (NEW."Name" = 'late 77') EXECUTE FUNCTION refuse_late();
            SELECT '' AS "Value"
            """);

        var answers = await CreateAsync(App, Names("late"));

        Assert.Equal(Many - 1, IndicesOf(answers, HttpStatusCode.Created).Count());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answers[77].Status);
        Assert.Equal(Many - 1, (await AskAsync<string>($"""SELECT "Key" AS "Value" FROM audit_entries WHERE "Key" LIKE 'late %'""")).Count);
    }

    [Fact]
    public async Task Who_waits_for_a_lock_holds_nobody_up()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var other = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
        await using var transaction = await other.BeginTransactionAsync(Cancellation);
        await other.ExecuteSqlRawAsync("""INSERT INTO tickets ("Name", "Subject") VALUES ('held 5', 'somebody else''s')""", Cancellation);

        var answers = Names("held").Select(name => CreateAsync(App, name)).ToList();
        Assert.All(await Task.WhenAll(answers.Where((_, i) => i != 5)).WaitAsync(TimeSpan.FromSeconds(20), Cancellation), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.False(answers[5].IsCompleted);

        await transaction.RollbackAsync(Cancellation);
        Assert.Equal(HttpStatusCode.Created, (await answers[5]).Status);
    }

    [Fact]
    public async Task A_connection_that_has_written_for_several_waits_for_locks_as_before()
    {
        await CreateAsync(App, Names("moment"));

        var patience = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AskAsync<string>($"""SELECT current_setting('lock_timeout') AS "Value" FROM pg_sleep(0.1)""")));
        Assert.All(patience, one => Assert.Equal("0", Assert.Single(one)));
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
    public async Task Those_who_are_refused_often_cost_little_more_than_alone()
    {
        await using var talkative = new AppOnPostgreSql { Arguments = ["--Logging:LogLevel:Microsoft.EntityFrameworkCore=Debug"] };
        await talkative.InitializeAsync();
        var names = Names("again").ToList();
        await CreateAsync(talkative, names);

        Assert.All(await CreateAsync(talkative, [.. names, .. names, .. names]), answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));

        var refused = talkative.Log.Where(line => line.Contains("Failed executing", StringComparison.Ordinal)).ToList();
        Assert.InRange(refused.Count(line => line.Contains("lock_timeout", StringComparison.Ordinal)), 1, Many);
    }

    [Fact]
    public async Task The_setting_turns_it_off()
    {
        await using var alone = new AppOnPostgreSql { Arguments = ["--SHARED_WRITES=false"] };
        await alone.InitializeAsync();
        Assert.All(await CreateAsync(alone, Names("alone")), answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
        Assert.Equal(Many, await CountTransactionsAsync(alone, "alone"));
    }

    // What a provider cannot send is the fault of one row, and known before anything is sent.
    [Fact]
    public async Task A_value_that_cannot_be_sent_is_left_to_the_one_whose_it_is()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var insert = RecordedInsert.Of(database, TypeOf<Ticket>(database), TypeOf<AuditEntry>(database))!;
        var shared = SharedInsert.Find(database, insert)!;
        var values = Names("unsendable").Select((name, i) => insert.ReadValues(
            database.Entry(new Ticket { Name = name, Subject = i == 9 ? "\ud800" : name }), new AuditEntry { Actor = "nobody", Event = "CREATE_TICKETS", Entity = "tickets", Key = name })).ToList();

        var isWritten = await Task.WhenAll(values.Select(shared.TryWriteAsync));

        Assert.False(isWritten[9]);
        Assert.Contains(true, isWritten);
        Assert.Equal(isWritten.Count(one => one), (await AskAsync<string>($"""SELECT "Name" AS "Value" FROM tickets WHERE "Name" LIKE 'unsendable %'""")).Count);
    }

    private static IEnumerable<string> Names(string of) => Enumerable.Range(0, Many).Select(i => $"{of} {i}");

    private static IEnumerable<int> IndicesOf(IEnumerable<Answer> answers, HttpStatusCode status) =>
        answers.Index().Where(answer => answer.Item.Status == status).Select(answer => answer.Index);

    private static StringContent BodyOf(string name) =>
        new($$"""{"name":"{{name}}","subject":"{{name}}"}""", null, "application/json");

    private static Task<Answer[]> CreateAsync(RunningApp app, IEnumerable<string> names) => Task.WhenAll(names.Select(name => CreateAsync(app, name)));

    private static Task<Answer> CreateAsync(RunningApp app, string name) =>
        app.PostAsync("/api/tickets", $$"""{"name":"{{name}}","subject":"{{name}}"}""");

    private static IEntityType TypeOf<TEntity>(DbContext database) => database.Model.FindEntityType(typeof(TEntity))!;

    private static async Task<int> CountTransactionsAsync(RunningApp app, string of)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database
            .SqlQuery<int>($"""SELECT count(DISTINCT xmin::text)::int AS "Value" FROM tickets WHERE "Name" LIKE {of + " %"}""").SingleAsync(Cancellation);
    }

    private async Task<List<TValue>> AskAsync<TValue>(FormattableString sql)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.SqlQuery<TValue>(sql).ToListAsync(Cancellation);
    }
}
