using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SchemaDeploy.Compatibility.Tests.App;

namespace SchemaDeploy.Compatibility.Tests.Databases;

/// <summary>Questions about what values mean, answered by an app of behaviour.sql over HTTP.</summary>
internal static class Behaviour
{
    private static readonly (string Question, Func<RunningApp, Task<string>> Ask)[] s_probes =
    [
        ("`?name=ann` finds `Ann`", async app => YesIf(await FindsAsync(app, "authors?name=ann", new() { ["name"] = "Ann" }))),
        ("`?name[contains]=NN` finds `Ann`", async app => YesIf(await FindsAsync(app, "authors?name[contains]=NN", new() { ["name"] = "Ann 2" }))),
        ("A unique key takes `bob` beside `Bob`", app => TakesBothAsync(app, "Bob", "bob")),
        ("A unique key takes `résumé` beside `resume`", app => TakesBothAsync(app, "resume", "résumé")),
        ("A unique key takes `x ` beside `x`", app => TakesBothAsync(app, "x", "x ")),
        ("A unique key takes two nulls", async app => YesIf(
            await PostAsync(app, "authors", new() { ["name"] = "no nickname 1" }) is HttpStatusCode.Created
            && await PostAsync(app, "authors", new() { ["name"] = "no nickname 2" }) is HttpStatusCode.Created)),
        ("Text in ascending order", SortedAsync),
        ("`price` 9.5 in a DECIMAL(8,2)", app => KeptAsync(app, "price", "9.5")),
        ("`weight` 123456789012345678.0123456789 in a DECIMAL(30,10)", app => KeptAsync(app, "weight", "123456789012345678.0123456789")),
        ("`weight` 1234567890123456789 in a DECIMAL(30,10)", async app => await StatusAsync(app, "books", await BookBodyAsync(app, "weight", "1234567890123456789"))),
        ("`pages` 9223372036854775807 in a BIGINT", app => KeptAsync(app, "pages", "9223372036854775807")),
        ("`?rating=0.1` finds the FLOAT 0.1", async app =>
        {
            await BookAsync(app, "rating", "0.1");
            return YesIf((await app.GetAsync("/api/books?rating=0.1")).Json!["items"]!.AsArray().Count == 1);
        }),
        ("`printed_at` 2030-01-31T12:00:00.1239+02:00 in a DATETIME(3)", app => KeptAsync(app, "printed_at", "\"2030-01-31T12:00:00.1239+02:00\"")),
        ("`sold_at` 2030-01-31T12:00:00.1239+02:00 in a TIMESTAMP(6)", app => KeptAsync(app, "sold_at", "\"2030-01-31T12:00:00.1239+02:00\"")),
        ("`isbn` `ab  ` in a CHAR(13)", app => KeptAsync(app, "isbn", "\"ab  \"")),
        ("`details` {\"b\":1.50,\"a\":[true,null]} in a JSON", app => KeptAsync(app, "details", """{"b":1.50,"a":[true,null]}""")),
        ("`title_length`, generated, of `Ärger`", async app => (await BookAsync(app, "title", "\"Ärger\""))["title_length"]!.ToJsonString()),
        ("`?net=0.33` finds the DECIMAL(8,2) generated of 0.3 × 1.1", app => ComputesAsync(app, "net")),
        ("`?gross=0.33` finds the DECIMAL(20,4) generated of 0.3 × 1.1", app => ComputesAsync(app, "gross")),
        ("A title of 201 characters in a VARCHAR(200)", async app => await StatusAsync(app, "books", await BookBodyAsync(app, "title", $"\"{new string('x', 201)}\""))),
        ("A price below 0, against the CHECK", async app => await StatusAsync(app, "books", await BookBodyAsync(app, "price", "-1"))),
        ("A book of an author who is not there", app => StatusAsync(app, "books", new() { ["author_id"] = 987654321, ["title"] = "t" })),
        ("A book whose critic is called as no author is, by a unique `nickname` that may be null", async app => await StatusAsync(app, "books", await BookBodyAsync(app, "critic", "\"nobody\""))),
        ("Deleting an author whose nickname a book has as its critic", CriticAsync),
        ("Giving an author the name of another", RenamedAsync),
        ("The same order twice in a minute", DuplicateAsync),
        ("Deleting an author deletes the author's books (CASCADE)", app => AfterDeleteAsync(app, "author_id")),
        ("Deleting an editor leaves the book without one (SET NULL)", app => AfterDeleteAsync(app, "editor_id")),
    ];

    private static int s_names;

    public static IEnumerable<string> Questions => s_probes.Select(probe => probe.Question);

    /// <summary>The answers in the order of the questions.</summary>
    public static async Task<IReadOnlyList<string>> ObserveAsync(RunningApp app)
    {
        var answers = new List<string>();
        foreach (var (_, ask) in s_probes)
        {
            answers.Add(await ask(app));
        }

        return answers;
    }

    private static string YesIf(bool condition) => condition ? "yes" : "no";

    private static async Task<HttpStatusCode> PostAsync(RunningApp app, string path, JsonObject body) =>
        (await app.PostAsync("/api/" + path, body)).Status;

    private static async Task<string> StatusAsync(RunningApp app, string path, JsonObject body) =>
        ((int)await PostAsync(app, path, body)).ToString(CultureInfo.InvariantCulture);

    private static async Task<bool> FindsAsync(RunningApp app, string query, JsonObject author)
    {
        await PostAsync(app, "authors", author);
        return (await app.GetAsync("/api/" + query)).Json!["items"]!.AsArray().Count > 0;
    }

    private static async Task<string> TakesBothAsync(RunningApp app, string first, string second)
    {
        await PostAsync(app, "authors", new() { ["name"] = first });
        return await PostAsync(app, "authors", new() { ["name"] = second }) switch
        {
            HttpStatusCode.Created => "yes",
            HttpStatusCode.Conflict => "no",
            var status => status.ToString(),
        };
    }

    private static async Task<string> SortedAsync(RunningApp app)
    {
        foreach (var name in (string[])["sort ä", "sort b", "sort B", "sort a", "sort Z", "sort \U0001F600"])
        {
            await PostAsync(app, "authors", new() { ["name"] = name });
        }

        var items = (await app.GetAsync("/api/authors?sort=name&name[starts]=sort%20")).Json!["items"]!.AsArray();
        return string.Join(' ', items.Select(item => item!["name"]!.GetValue<string>()["sort ".Length..]));
    }

    private static async Task<long> AuthorAsync(RunningApp app) =>
        (await app.PostAsync("/api/authors", new() { ["name"] = $"author {Interlocked.Increment(ref s_names)}" })).Json!["id"]!.GetValue<long>();

    private static async Task<JsonObject> BookBodyAsync(RunningApp app, string field, string json)
    {
        var body = new JsonObject { ["author_id"] = await AuthorAsync(app), ["title"] = "t" };
        body[field] = JsonNode.Parse(json);
        return body;
    }

    private static async Task<JsonObject> BookAsync(RunningApp app, string field, string json)
    {
        var answer = await app.PostAsync("/api/books", await BookBodyAsync(app, field, json));
        Assert.True(answer.Status == HttpStatusCode.Created, $"{field}: {answer}");
        return (JsonObject)(await app.GetAsync(answer.Location!)).Json!;
    }

    private static async Task<string> KeptAsync(RunningApp app, string field, string json)
    {
        var book = await BookAsync(app, field, json);
        Assert.True(book[field] is not null, $"{field} is not kept on {app.Database.Provider}: {book.ToJsonString()}\n{app.Log}");
        return $"`{book[field]!.ToJsonString()}`";
    }

    private static async Task<string> ComputesAsync(RunningApp app, string column)
    {
        await BookAsync(app, "price", "0.3");
        return YesIf((await app.GetAsync($"/api/books?{column}=0.33&limit=1")).Json!["items"]!.AsArray().Count > 0);
    }

    private static async Task<string> RenamedAsync(RunningApp app)
    {
        await PostAsync(app, "authors", new() { ["name"] = "taken" });
        return ((int)(await app.PatchAsync($"/api/authors/{await AuthorAsync(app)}", new() { ["name"] = "taken" })).Status).ToString(CultureInfo.InvariantCulture);
    }

    // A nickname that changes stays the critic's: ON UPDATE CASCADE.
    private static async Task<string> CriticAsync(RunningApp app)
    {
        var critic = $"/api/authors/{await AuthorAsync(app)}";
        Assert.Equal(HttpStatusCode.OK, (await app.PatchAsync(critic, new() { ["nickname"] = "C" })).Status);
        var book = await BookAsync(app, "critic", "\"C\"");
        Assert.Equal(HttpStatusCode.OK, (await app.PatchAsync(critic, new() { ["nickname"] = "D" })).Status);
        Assert.Equal("D", (await app.GetAsync($"/api/books/{book["id"]}")).Json!["critic"]!.GetValue<string>());
        return ((int)(await app.DeleteAsync(critic)).Status).ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<string> DuplicateAsync(RunningApp app)
    {
        var book = (await BookAsync(app, "title", "\"ordered\""))["id"]!.GetValue<long>();
        // Over the turn of a minute, the second is the first of its own.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await PostAsync(app, "orders", new() { ["book_id"] = book }) is not HttpStatusCode.Created and var status)
            {
                return ((int)status).ToString(CultureInfo.InvariantCulture);
            }
        }

        return "created";
    }

    private static async Task<string> AfterDeleteAsync(RunningApp app, string reference)
    {
        var person = await AuthorAsync(app);
        var book = await BookAsync(app, reference, person.ToString(CultureInfo.InvariantCulture));
        await app.DeleteAsync($"/api/authors/{person}");
        var left = await app.GetAsync($"/api/books/{book["id"]}");
        return YesIf(reference == "author_id" ? left.Status == HttpStatusCode.NotFound : left.Status == HttpStatusCode.OK && left.Json![reference] is null);
    }
}
