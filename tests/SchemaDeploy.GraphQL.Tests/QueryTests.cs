using Golden;
using SchemaDeploy.AspNetCore.Resources;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>What queries answer.</summary>
public sealed class QueryTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task A_row_is_found_by_its_key() =>
        Assert.Equal("""{"author":{"id":1,"fullName":"Jorge"}}""", (await app.QueryAsync("{ author(id: 1) { id fullName } }")).Data);

    [Fact]
    public Task Rows_are_read_together_also_where_changes_are_told_to_subscribers() => app.WithDatabaseAsync(database =>
    {
        Assert.NotNull(SharedLookup<Author, long>.Find(database, RowsByKey<Author, long>.Of((row, key) => row.Id == key)!));
        return Task.CompletedTask;
    });

    [Fact]
    public async Task A_row_that_is_not_there_is_null() =>
        Assert.Equal("""{"author":null}""", (await app.QueryAsync("{ author(id: 999) { id } }")).Data);

    [Fact]
    public async Task A_row_is_found_by_a_key_of_several_columns() => Assert.Equal(
        """{"chapter":{"heading":"Chapter 2"}}""",
        (await app.QueryAsync("query($book: Long!, $n: Int!) { chapter(bookId: $book, number: $n) { heading } }", new { book = 1, n = 2 })).Data);

    [Fact]
    public async Task A_query_that_was_asked_before_is_judged_by_its_variables_anew()
    {
        const string query = "query again($id: Long!, $first: Int) { author(id: $id) { fullName } books(first: $first) { nodes { id } } }";
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("""{"author":{"fullName":"Jorge"},"books":{"nodes":[{"id":1}]}}""", (await app.QueryAsync(query, new { id = 1, first = 1 })).Data);
            Assert.Contains("fullName", (await app.QueryAsync(query, new { id = 2, first = 1 })).Data, StringComparison.Ordinal);
            foreach (var wrong in (object[])[new { first = 1 }, new { id = "one", first = 1 }, new { id = 1, first = 5000 }])
            {
                Assert.True((await app.QueryAsync(query, wrong)).Json.TryGetProperty("errors", out _));
            }
        }
    }

    [Fact]
    public async Task A_query_that_is_not_valid_is_refused_each_time()
    {
        for (var i = 0; i < 3; i++)
        {
            var answer = await app.QueryAsync("query never($id: Int!) { author(id: 1) { fullName nothing } }");
            Assert.Contains("nothing", answer.Json.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
            Assert.Contains("$id", answer.Json.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Values_are_those_of_rest()
    {
        var row = await app.GetAsync("/api/books/1");
        var answer = await app.QueryAsync("{ book(id: 1) { id authorId title isbn pages price rating weight inPrint publishedOn opensAt soldAt cover details createdAt } }");

        Assert.Equal(row.GetRawText().Replace("_", "", StringComparison.Ordinal), answer.Json.GetProperty("data").GetProperty("book").GetRawText(), ignoreCase: true);
    }

    [Fact]
    public async Task Literals_that_are_no_names_have_others()
    {
        Assert.Equal(
            """{"authors":{"nodes":[{"mood":"IN_A_HURRY"},{"mood":"calm"},{"mood":null}]}}""",
            (await app.QueryAsync("{ authors(sort: [{id: ASC}]) { nodes { mood } } }")).Data);
        Assert.Equal(
            """{"authors":{"nodes":[{"fullName":"Jorge"}]}}""",
            (await app.QueryAsync("query($mood: AuthorMood) { authors(filter: {mood: {eq: $mood}}) { nodes { fullName } } }", new { mood = "IN_A_HURRY" })).Data);
    }

    [Theory]
    [InlineData("pages: {gte: 184}", "1,2")]
    [InlineData("pages: {gt: 184, lt: 400}", "1")]
    [InlineData("title: {contains: \"Lathe\"}", "2")]
    [InlineData("title: {starts: \"The\"}, inPrint: {eq: true}", "1")]
    [InlineData("title: {in: [\"Ficciones, a, b\", \"The Dispossessed\"]}", "1,3")]
    [InlineData("price: {null: true}", "3")]
    [InlineData("price: {eq: 12.5}", "1")]
    [InlineData("price: {in: [9, 12.50]}", "1,2")]
    [InlineData("publishedOn: {eq: \"1974-05-01\"}", "1")]
    [InlineData("soldAt: {lt: \"2021-01-01T00:00:00\"}", "1")]
    [InlineData("opensAt: {eq: \"09:30\"}", "1")]
    [InlineData("id: {in: [1, 3]}", "1,3")]
    [InlineData("rating: {gt: 4}", "1")]
    public async Task Lists_are_filtered(string filter, string expected)
    {
        var answer = await app.QueryAsync($"{{ books(filter: {{{filter}}}, sort: [{{id: ASC}}]) {{ nodes {{ id }} }} }}");

        Assert.Equal(expected, string.Join(',', answer.Json.GetProperty("data").GetProperty("books").GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("id").GetInt64())));
    }

    [Fact]
    public async Task Lists_are_sorted() => Assert.Equal(
        """{"books":{"nodes":[{"id":1},{"id":2},{"id":3}]}}""",
        (await app.QueryAsync("{ books(sort: [{pages: DESC}]) { nodes { id } } }")).Data);

    [Theory]
    [InlineData("first: 0", "first")]
    [InlineData("first: 501", "first")]
    [InlineData("first: 1, last: 1", "last")]
    [InlineData("first: 1, after: \"nonsense\"", "after")]
    [InlineData("first: 1, before: \"nonsense\"", "before")]
    [InlineData("sort: [{}]", "sort")]
    [InlineData("sort: [{id: ASC, title: ASC}]", "sort")]
    [InlineData("sort: [{id: ASC}, {id: DESC}]", "sort")]
    public async Task Arguments_that_contradict_each_other_are_refused(string arguments, string field)
    {
        var answer = await app.QueryAsync($"{{ books({arguments}) {{ nodes {{ id }} }} }}");

        Assert.Equal(["BAD_REQUEST at books"], answer.Errors);
        Assert.NotEmpty(answer.FieldError(field));
    }

    [Theory]
    [InlineData("{ book(id: \"x\") { id } }")]
    [InlineData("{ book { id } }")]
    [InlineData("{ books(filter: {pages: {eq: \"x\"}}) { nodes { id } } }")]
    [InlineData("{ books(filter: {publishedOn: {eq: \"1.5.1974\"}}) { nodes { id } } }")]
    [InlineData("{ books(filter: {unknown: {eq: 1}}) { nodes { id } } }")]
    [InlineData("{ books { nodes { password } } }")]
    public async Task Queries_that_do_not_fit_the_schema_are_refused(string query)
    {
        var answer = await app.QueryAsync(query);

        Assert.All(answer.Errors, error => Assert.Equal("GRAPHQL_VALIDATION_FAILED", error));
        Assert.False(answer.Json.TryGetProperty("data", out _), answer.Text);
    }

    [Fact]
    public async Task A_list_of_rows_without_a_key_is_read_page_by_page()
    {
        var first = await app.QueryAsync("{ sheep(first: 2, sort: [{wool: DESC}]) { nodes { name } pageInfo { hasNextPage endCursor } totalCount } }");
        var sheep = first.Json.GetProperty("data").GetProperty("sheep");
        Assert.Equal("""[{"name":"Dolly"},{"name":"Timmy"}]""", sheep.GetProperty("nodes").GetRawText());
        Assert.Equal(3, sheep.GetProperty("totalCount").GetInt32());
        Assert.True(sheep.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());

        var second = await app.QueryAsync(
            "query($after: String) { sheep(first: 2, after: $after, sort: [{wool: DESC}]) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }",
            new { after = sheep.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        Assert.Equal("""{"sheep":{"nodes":[{"name":"Shaun"}],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true}}}""", second.Data);
    }
}
