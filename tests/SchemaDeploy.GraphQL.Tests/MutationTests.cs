using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>What mutations change, and what they refuse.</summary>
public sealed class MutationTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task A_row_is_created_with_values_of_every_type()
    {
        var answer = await MutateAsync(
            "mutation($input: BookCreate!) { createBook(input: $input) { id title pages price rating inPrint publishedOn opensAt soldAt cover details author { fullName } } }",
            new
            {
                input = new
                {
                    authorId = 1,
                    title = "Ein \"Buch\"",
                    pages = 5,
                    price = 1.10m,
                    rating = 1.5,
                    inPrint = false,
                    publishedOn = "2020-02-29",
                    opensAt = "08:00:00",
                    soldAt = "2020-01-01T10:00:00",
                    cover = "AQID",
                    details = new { a = new object[] { 1, "x", true } },
                },
            });

        var id = answer.Json.GetProperty("data").GetProperty("createBook").GetProperty("id").GetInt64();
        var row = await app.GetAsync($"/api/books/{id}");
        Assert.Equal("Ein \"Buch\"", row.GetProperty("title").GetString());
        Assert.Equal("1.10", row.GetProperty("price").GetRawText());
        Assert.Equal("""{"a":[1,"x",true]}""", row.GetProperty("details").GetRawText());
        Assert.Equal("AQID", row.GetProperty("cover").GetString());
        Assert.Equal("2020-01-01T10:00:00", row.GetProperty("sold_at").GetString());
        Assert.Equal("Jorge", answer.Json.GetProperty("data").GetProperty("createBook").GetProperty("author").GetProperty("fullName").GetString());
    }

    [Fact]
    public async Task Values_may_stand_in_the_query_itself() => Assert.Equal(
        """{"createBook":{"title":"Inline","details":{"list":[1,2.50,"x"],"none":null},"inPrint":true}}""",
        (await MutateAsync("""mutation { createBook(input: {authorId: 1, title: "Inline", details: {list: [1, 2.50, "x"], none: null}}) { title details inPrint } }""")).Data);

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name()
    {
        var id = await CreateBookAsync("""title: "Before", pages: 7, price: 3""");

        Assert.Equal(
            """{"updateBook":{"title":"After","pages":7,"price":null}}""",
            (await MutateAsync($"mutation {{ updateBook(id: {id}, input: {{title: \"After\", price: null}}) {{ title pages price }} }}")).Data);
    }

    [Fact]
    public async Task A_row_is_deleted()
    {
        var id = await CreateBookAsync("""title: "Gone soon" """);

        Assert.Equal("""{"deleteBook":true}""", (await MutateAsync($"mutation {{ deleteBook(id: {id}) }}")).Data);
        Assert.Equal(["NOT_FOUND at deleteBook"], (await MutateAsync($"mutation {{ deleteBook(id: {id}) }}")).Errors);
        Assert.Equal("""{"book":null}""", (await app.QueryAsync($"{{ book(id: {id}) {{ id }} }}")).Data);
    }

    [Fact]
    public async Task Several_rows_are_created_all_or_none()
    {
        Assert.Equal(
            """{"createAuthors":[{"fullName":"Batch 1","mood":"calm"},{"fullName":"Batch 2","mood":"IN_A_HURRY"}]}""",
            (await MutateAsync("""mutation { createAuthors(input: [{fullName: "Batch 1", mood: calm}, {fullName: "Batch 2", mood: IN_A_HURRY}]) { fullName mood } }""")).Data);

        var answer = await MutateAsync("""mutation { createAuthors(input: [{fullName: "Batch 3"}, {fullName: "Batch 1"}]) { id } }""");
        Assert.Equal(["CONFLICT at createAuthors"], answer.Errors);
        Assert.Equal("exists already", answer.FieldError("[1].fullName"));
        Assert.Equal("""{"authors":{"totalCount":0}}""", (await app.QueryAsync("""{ authors(filter: {fullName: {eq: "Batch 3"}}) { totalCount } }""")).Data);
    }

    [Theory]
    [InlineData("title: \"x\", pages: 0", "BAD_REQUEST", "pages")]
    [InlineData("title: \"x\", price: 1234567.89", "BAD_REQUEST", "price")]
    [InlineData("title: \"x\", isbn: \"1234567890123456789012345678901234567890\"", "BAD_REQUEST", "isbn")]
    public async Task Broken_rules_name_the_field_as_graphql_calls_it(string fields, string code, string field)
    {
        var answer = await MutateAsync($"mutation {{ createBook(input: {{authorId: 1, {fields}}}) {{ id }} }}");

        Assert.Equal([$"{code} at createBook"], answer.Errors);
        Assert.NotEmpty(answer.FieldError(field));
    }

    [Fact]
    public async Task An_unknown_reference_names_its_field()
    {
        var answer = await MutateAsync("""mutation { createBook(input: {authorId: 999, title: "x"}) { id } }""");

        Assert.Equal(["UNPROCESSABLE_ENTITY at createBook"], answer.Errors);
        Assert.NotEmpty(answer.FieldError("authorId"));
    }

    [Fact]
    public async Task A_duplicate_names_its_field()
    {
        var answer = await MutateAsync("""mutation { createAuthor(input: {fullName: "Ursula"}) { id } }""");

        Assert.Equal(["CONFLICT at createAuthor"], answer.Errors);
        Assert.Equal("exists already", answer.FieldError("fullName"));
    }

    [Fact]
    public async Task Mutations_are_carried_out_one_after_the_other_and_each_for_itself()
    {
        var answer = await MutateAsync("""
            mutation {
              a: createAuthor(input: {fullName: "One after"}) { fullName }
              b: createAuthor(input: {fullName: "One after"}) { fullName }
              c: createAuthor(input: {fullName: "the other"}) { fullName }
            }
            """);

        Assert.Equal(["CONFLICT at b"], answer.Errors);
        Assert.EndsWith("""{"a":{"fullName":"One after"},"b":null,"c":{"fullName":"the other"}}}""", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_creation_is_refused_within_a_moment()
    {
        await using var watching = new GraphApp { Arguments = ["--Fingerprints:Enabled=true", "--Fingerprints:Window=00:01:00"] };
        await watching.InitializeAsync();
        const string query = "{ books { nodes { id } } }";
        const string creation = """mutation { createNote(input: {text: "Once"}) { text } }""";

        Assert.Equal("""{"createNote":{"text":"Once"}}""", (await watching.QueryAsync(creation, token: watching.User)).Data);
        Assert.Equal(429, (await watching.QueryAsync(creation, token: watching.User)).Status);
        Assert.Equal("""{"createNote":{"text":"Once"}}""", (await watching.QueryAsync(creation, token: watching.Stranger)).Data);

        Assert.Equal(200, (await watching.QueryAsync(query)).Status);
        Assert.Equal(200, (await watching.QueryAsync(query)).Status);
        const string change = """mutation { updateNote(id: 1, input: {text: "Twice"}) { text } }""";
        Assert.Equal(200, (await watching.QueryAsync(change, token: watching.User)).Status);
        Assert.Equal(200, (await watching.QueryAsync(change, token: watching.User)).Status);
    }

    [Fact]
    public async Task An_idempotency_key_carries_a_mutation_out_once()
    {
        const string creation = """mutation { createNote(input: {text: "Keyed"}) { id } }""";
        var first = await app.QueryAsync(creation, null, app.User, ("Idempotency-Key", "one"));
        var second = await app.QueryAsync(creation, null, app.User, ("Idempotency-Key", "one"));
        Assert.Equal(first.Data, second.Data);

        const string wrong = """mutation { createNote(input: {text: "Keyed", stars: 9}) { id } }""";
        Assert.Single((await app.QueryAsync(wrong, null, app.User, ("Idempotency-Key", "two"))).Errors);
        Assert.Equal("""{"notes":{"totalCount":1}}""", (await app.QueryAsync("""{ notes(filter: {text: {eq: "Keyed"}}) { totalCount } }""", token: app.User)).Data);
    }

    private Task<GraphAnswer> MutateAsync(string mutation, object? variables = null) => app.QueryAsync(mutation, variables, app.Admin);

    private async Task<long> CreateBookAsync(string fields) =>
        (await MutateAsync($"mutation {{ createBook(input: {{authorId: 1, {fields}}}) {{ id }} }}")).Json.GetProperty("data").GetProperty("createBook").GetProperty("id").GetInt64();
}
