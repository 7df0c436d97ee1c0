using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public abstract class FilterTests(RunningApp app) : AppTests(app)
{
    // Three values of each type in ascending order, as JSON, chosen so that a comparison as text would go wrong.
    public static TheoryData<string, string[]> OrderedValues => new()
    {
        { "tiny", ["9", "10", "255"] },
        { "small", ["-10", "-9", "100"] },
        { "number", ["-2147483648", "9", "10"] },
        { "big", ["-10", "9", "9223372036854775807"] },
        { "huge", ["9", "10", "9223372036854775807"] },
        { "price", ["-10.50", "-9.50", "10.25"] },
        { "amount", ["-10.5000", "9.5000", "999999999.1234"] },
        { "real", ["-10.5", "9.25", "1E+300"] },
        { "single", ["-0.1", "0.1", "10.1"] },
        { "text", ["\"A_%\"", "\"a\"", "\"ä\""] },
        { "fixed", ["\"A\"", "\"a\"", "\"b\""] },
        { "uid", ["\"0f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"", "\"af9619ff-8b86-d011-b42d-00c04fc964ff\""] },
        { "moment", ["\"0999-12-31T23:59:59Z\"", "\"2030-01-31T12:00:00Z\"", "\"2030-01-31T12:00:01Z\""] },
        { "clock", ["\"2029-12-31T23:59:59.999\"", "\"2030-01-01T00:00:00\"", "\"2030-01-01T00:00:00.001\""] },
        { "offset", ["\"2030-01-31T10:59:00+00:00\"", "\"2030-01-31T11:00:00+00:00\"", "\"2030-01-31T11:00:00.5+00:00\""] },
        { "day", ["\"0999-12-31\"", "\"2030-01-31\"", "\"2030-02-01\""] },
        { "hour", ["\"00:00:00\"", "\"09:59:59.9990000\"", "\"10:00:00\""] },
        { "span", ["\"-00:00:02\"", "\"-00:00:01\"", "\"1.00:00:00\""] },
    };

    [Theory]
    [MemberData(nameof(OrderedValues))]
    public async Task Every_type_is_compared_and_sorted_by_its_value(string field, string[] values)
    {
        var ids = new List<long>();
        foreach (var value in (string[])[.. values, "null"])
        {
            var created = await App.PostAsync("/api/gadgets", $$"""{"{{field}}":{{value}}}""");
            Assert.Equal(HttpStatusCode.Created, created.Status);
            ids.Add(created.Json.GetProperty("id").GetInt64());
        }

        var only = $"id[gte]={ids[0]}&id[lte]={ids[3]}";
        var middle = Uri.EscapeDataString(values[1].Trim('"'));
        var list = string.Join(',', values.Take(2).Select(value => Uri.EscapeDataString(value.Trim('"'))));
        await ExpectAsync($"{only}&{field}={middle}", [1]);
        await ExpectAsync($"{only}&{field}[eq]={middle}", [1]);
        await ExpectAsync($"{only}&{field}[gt]={middle}", [2]);
        await ExpectAsync($"{only}&{field}[gte]={middle}", [1, 2]);
        await ExpectAsync($"{only}&{field}[lt]={middle}", [0]);
        await ExpectAsync($"{only}&{field}[lte]={middle}", [0, 1]);
        await ExpectAsync($"{only}&{field}[in]={list}", [0, 1]);
        await ExpectAsync($"{only}&{field}[null]=true", [3]);
        await ExpectAsync($"{only}&{field}[null]=false", [0, 1, 2]);
        await ExpectAsync($"{only}&{field}[ne]={middle}&{field}[null]=false", [0, 2]);
        await ExpectAsync($"{only}&sort={field}", [0, 1, 2, 3]);
        await ExpectAsync($"{only}&sort=-{field}", [3, 2, 1, 0]);

        async Task ExpectAsync(string query, int[] expected)
        {
            var answer = await App.GetAsync("/api/gadgets?" + query);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{query}: {answer.Text}");
            var found = answer.Json.GetProperty("items").EnumerateArray().Select(item => ids.IndexOf(item.GetProperty("id").GetInt64()));
            Assert.True(expected.SequenceEqual(found), $"{query}: {answer.Text}");
        }
    }

    [Theory]
    [InlineData("flag", "true")]
    [InlineData("state", "brand%20new")]
    public async Task What_has_no_order_is_filtered_by_equality(string field, string value)
    {
        await App.PostAsync("/api/gadgets", """{"flag":true,"state":"brand new"}""");
        await App.PostAsync("/api/gadgets", """{"flag":false,"state":"USED"}""");
        foreach (var query in (string[])[$"{field}={value}", $"{field}[in]={value}", $"{field}[ne]={value}"])
        {
            var answer = await App.GetAsync("/api/gadgets?count=true&limit=1&" + query);
            Assert.True(answer.Json.GetProperty("total").GetInt64() >= 1, query);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await App.GetAsync($"/api/gadgets?{field}[gt]={value}")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await App.GetAsync($"/api/gadgets?sort={field}")).Status);
    }

    [Theory]
    [InlineData("contains", "%25", "50%")]
    [InlineData("contains", "_", "a_b")]
    [InlineData("starts", "50%25", "50%")]
    [InlineData("starts", "a_", "a_b")]
    [InlineData("starts", "AX", "AXb")]
    [InlineData("contains", "XB", "aXB")]
    [InlineData("contains", "%5B", "[x]\\")]
    [InlineData("contains", "%5C", "[x]\\")]
    public async Task Wildcards_and_case_count_as_they_are(string op, string operand, string expected)
    {
        var from = (await App.PostAsync("/api/gadgets", "{}")).Json.GetProperty("id").GetInt64();
        foreach (var text in (string[])["50%", "50x", "a_b", "axb", "AXb", "aXB", "[x]\\\\"])
        {
            await App.PostAsync("/api/gadgets", $$"""{"text":"{{text}}"}""");
        }

        var answer = await App.GetAsync($"/api/gadgets?id[gt]={from}&id[lte]={from + 7}&text[{op}]={operand}");
        Assert.Equal([expected], answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()!));
    }

    [Theory]
    [InlineData("number=1,000")]
    [InlineData("number=%205")]
    [InlineData("number=%2B5")]
    [InlineData("number=99999999999")]
    [InlineData("number=")]
    [InlineData("number[in]=1,,2")]
    [InlineData("price=1,5")]
    [InlineData("price=1e99")]
    [InlineData("real=NaN")]
    [InlineData("real=1e999")]
    [InlineData("moment=01/02/2030")]
    [InlineData("moment=2030-13-01")]
    [InlineData("day=2030-02-30")]
    [InlineData("hour=25:00")]
    [InlineData("span=5")]
    [InlineData("uid={6f9619ff-8b86-d011-b42d-00c04fc964ff}")]
    [InlineData("flag=1")]
    [InlineData("state=used")]
    [InlineData("state=0")]
    [InlineData("text=%00")]
    [InlineData("text[null]=yes")]
    [InlineData("text[like]=x")]
    [InlineData("text[=x")]
    [InlineData("nope=1")]
    [InlineData("bytes=AA")]
    [InlineData("=x")]
    [InlineData("number=1&number=2")]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=1000000000")]
    [InlineData("limit=99999999999999999999")]
    [InlineData("limit=10&limit=20")]
    [InlineData("fields=")]
    [InlineData("fields=id,,text")]
    [InlineData("fields=password")]
    [InlineData("sort=")]
    [InlineData("sort=--id")]
    [InlineData("sort=id,id")]
    [InlineData("sort=bytes")]
    [InlineData("expand=nobody")]
    [InlineData("count=yes")]
    [InlineData("cursor=")]
    [InlineData("cursor=AAAA")]
    [InlineData("cursor=%00")]
    public async Task A_query_that_makes_no_sense_is_refused_by_name(string query)
    {
        var answer = await App.GetAsync("/api/gadgets?" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.NotEmpty(answer.Json.GetProperty("errors").EnumerateObject());
    }

    [Theory]
    [InlineData("tags=a", "tags", "cannot be filtered: its values can only be read")]
    [InlineData("sort=document", "sort", "cannot order by 'document': its values have no order")]
    public async Task What_can_only_be_read_is_neither_compared_nor_sorted(string query, string parameter, string message)
    {
        var answer = await App.GetAsync("/api/gadgets?" + query);
        Assert.Equal(message, answer.ErrorOf(parameter));
    }

    [Fact]
    public async Task Fields_cut_the_answer_to_those_named()
    {
        await App.PostAsync("/api/gadgets", """{"text":"cut"}""");
        var answer = await App.GetAsync("/api/gadgets?fields=text&text=cut");
        Assert.Equal("""[{"text":"cut"}]""", answer.Json.GetProperty("items").GetRawText());
    }
}

public sealed class FilterTestsOnSqlite(RunningApp app) : FilterTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class FilterTestsOnPostgreSql(AppOnPostgreSql app) : FilterTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class FilterTestsOnMariaDb(AppOnMariaDb app) : FilterTests(app), IClassFixture<AppOnMariaDb>;
