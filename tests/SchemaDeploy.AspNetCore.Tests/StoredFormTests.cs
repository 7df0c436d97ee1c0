using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public abstract class StoredFormTests(RunningApp app) : AppTests(app)
{
    [Theory]
    [InlineData("""{"price":3.5}""", "price", "3.50")]
    [InlineData("""{"price":0}""", "price", "0.00")]
    [InlineData("""{"price":-12345678.9}""", "price", "-12345678.90")]
    [InlineData("""{"price":99999999.99}""", "price", "99999999.99")]
    [InlineData("""{"amount":3.5}""", "amount", "3.5000")]
    [InlineData("""{"amount":999999999999.9999}""", "amount", "999999999999.9999")]
    [InlineData("""{"moment":"2030-01-31T12:00:00.9999+02:00"}""", "moment", "\"2030-01-31T10:00:00Z\"")]
    [InlineData("""{"moment":"2030-01-31T12:00:00"}""", "moment", "\"2030-01-31T12:00:00Z\"")]
    [InlineData("""{"moment":"2030-01-31"}""", "moment", "\"2030-01-31T00:00:00Z\"")]
    [InlineData("""{"clock":"2030-01-31T12:00:00.123456Z"}""", "clock", "\"2030-01-31T12:00:00.123\"")]
    [InlineData("""{"clock":"2030-01-31T12:00:00"}""", "clock", "\"2030-01-31T12:00:00\"")]
    [InlineData("""{"offset":"2030-01-31T12:00:00.1234567+02:00"}""", "offset", "\"2030-01-31T10:00:00.123456+00:00\"")]
    [InlineData("""{"hour":"23:59:59.9999999"}""", "hour", "\"23:59:59.9990000\"")]
    [InlineData("""{"span":"1.02:03:04.5"}""", "span", "\"1.02:03:04.5000000\"")]
    [InlineData("""{"span":"-00:00:01"}""", "span", "\"-00:00:01\"")]
    [InlineData("""{"fixed":"ab  "}""", "fixed", "\"ab\"")]
    [InlineData("""{"huge":9223372036854775807}""", "huge", "9223372036854775807")]
    [InlineData("""{"real":1e-300}""", "real", "1E-300")]
    [InlineData("""{"single":0.1}""", "single", "0.1")]
    [InlineData("""{"day":"0001-01-01"}""", "day", "\"0001-01-01\"")]
    [InlineData("""{"state":"brand new"}""", "state", "\"brand new\"")]
    [InlineData("""{"bytes":"AAEC"}""", "bytes", "\"AAEC\"")]
    [InlineData("""{"uid":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""", "uid", "\"6f9619ff-8b86-d011-b42d-00c04fc964ff\"")]
    [InlineData("""{"document":{"b":[1.50,null],"a":"ü"}}""", "document", """{"b":[1.50,null],"a":"ü"}""")]
    [InlineData("""{"document":null}""", "document", "null")]
    [InlineData("""{"tags":["a","ü \"b\"","{x,y}"]}""", "tags", """["a","ü \"b\"","{x,y}"]""")]
    [InlineData("""{"tags":[]}""", "tags", "[]")]
    [InlineData("""{"tags":null}""", "tags", "null")]
    [InlineData("""{"sizes":[3,-1,3]}""", "sizes", "[3,-1,3]")]
    [InlineData("""{"states":["USED","brand new"]}""", "states", """["USED","brand new"]""")]
    public async Task What_a_write_answers_is_what_the_next_read_answers(string body, string field, string expected)
    {
        var created = await App.PostAsync("/api/gadgets", body);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(expected, created.Json.GetProperty(field).GetRawText());

        var read = await App.GetAsync(created["Location"]!);
        Assert.Equal(created.Text, read.Text);
        Assert.Equal(created["ETag"], read["ETag"]);

        var replaced = await App.SendAsync(HttpMethod.Put, created["Location"]!, body, headers: ("If-Match", read["ETag"]!));
        Assert.Equal(HttpStatusCode.OK, replaced.Status);
        Assert.Equal(read.Text, replaced.Text);
        Assert.Equal(read["ETag"], replaced["ETag"]);
    }

    [Theory]
    [InlineData("""{"tags":["a",null]}""", "must not hold null")]
    [InlineData("""{"tags":["a\u0000"]}""", "must not contain the NUL character")]
    [InlineData("""{"tags":["a","much too long"]}""", "must have at most 10 characters in each item")]
    [InlineData("""{"tags":"a"}""", "")]
    [InlineData("""{"sizes":[null]}""", "")]
    [InlineData("""{"sizes":[3000000000]}""", "")]
    [InlineData("""{"states":["new"]}""", "must be one of brand new, USED")]
    public async Task An_item_that_breaks_a_rule_is_refused(string body, string message)
    {
        var answer = await App.PostAsync("/api/gadgets", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_without_case_is_found_and_unique_whatever_its_case()
    {
        var created = await App.PostAsync("/api/gadgets", """{"nick":"Ada"}""");
        Assert.Equal("\"Ada\"", created.Json.GetProperty("nick").GetRawText());

        Assert.Equal(HttpStatusCode.Conflict, (await App.PostAsync("/api/gadgets", """{"nick":"aDA"}""")).Status);
        Assert.Single((await App.GetAsync("/api/gadgets?nick=ADA")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_column_that_need_not_be_stored_is_computed_all_the_same()
    {
        var created = await App.PostAsync("/api/gadgets", """{"text":"Ada"}""");
        var id = created.Json.GetProperty("id").GetInt64();

        await using var scope = App.Services.CreateAsyncScope();
        var gadgets = scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<Gadget>();
        Assert.Equal("ada", await gadgets.Where(row => row.Id == id).Select(row => EF.Property<string?>(row, "LowerText")).SingleAsync(TestContext.Current.CancellationToken));
    }

    protected async Task ExpectAllBitsAsync()
    {
        var created = await App.PostAsync("/api/gadgets", """{"huge":18446744073709551615}""");
        Assert.Equal("18446744073709551615", created.Json.GetProperty("huge").GetRawText());
        Assert.Equal(created.Text, (await App.GetAsync(created["Location"]!)).Text);
        Assert.Single((await App.GetAsync("/api/gadgets?huge[gt]=9223372036854775807")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_check_over_a_long_decimal_compares_numbers()
    {
        Assert.Equal(HttpStatusCode.Created, (await App.PostAsync("/api/gadgets", """{"amount":9}""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await App.PostAsync("/api/gadgets", """{"amount":1000000000000}""")).Status);
    }
}

public sealed class StoredFormTestsOnSqlite(RunningApp app) : StoredFormTests(app), IClassFixture<RunningApp>
{
    [Fact]
    public async Task A_number_beyond_the_database_is_refused_and_not_changed()
    {
        var answer = await App.PostAsync("/api/gadgets", """{"huge":18446744073709551615}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("9223372036854775807", answer.Text, StringComparison.Ordinal);
    }
}

[Trait("Category", "Integration")]
public sealed class StoredFormTestsOnPostgreSql(AppOnPostgreSql app) : StoredFormTests(app), IClassFixture<AppOnPostgreSql>
{
    [Fact]
    public Task A_number_without_a_sign_uses_all_its_bits() => ExpectAllBitsAsync();
}

[Trait("Category", "Integration")]
public sealed class StoredFormTestsOnMariaDb(AppOnMariaDb app) : StoredFormTests(app), IClassFixture<AppOnMariaDb>
{
    [Fact]
    public Task A_number_without_a_sign_uses_all_its_bits() => ExpectAllBitsAsync();
}
