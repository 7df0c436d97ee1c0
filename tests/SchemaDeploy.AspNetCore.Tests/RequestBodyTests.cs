using System.Net;
using System.Text;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public sealed class RequestBodyTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("flag", "1", "must be true or false")]
    [InlineData("flag", "\"true\"", "must be true or false")]
    [InlineData("tiny", "256", "must be a whole number from 0 to 255")]
    [InlineData("small", "1.5", "must be a whole number from -32768 to 32767")]
    [InlineData("number", "\"5\"", "must be a whole number from -2147483648 to 2147483647")]
    [InlineData("number", "2147483648", "must be a whole number from -2147483648 to 2147483647")]
    [InlineData("big", "1e3", "must be a whole number from -9223372036854775808 to 9223372036854775807")]
    [InlineData("huge", "-1", "must be a whole number from 0 to 18446744073709551615")]
    [InlineData("price", "\"1.5\"", "must be a number")]
    [InlineData("price", "1e400", "must be a number")]
    [InlineData("price", "1.234", "must have at most 2 digits behind the point")]
    [InlineData("price", "123456789", "must have at most 8 digits before the point")]
    [InlineData("real", "\"NaN\"", "must be a number")]
    [InlineData("real", "1e400", "must be a finite number")]
    [InlineData("text", "5", "must be text")]
    [InlineData("text", "[]", "must be text")]
    [InlineData("text", "\"\\ud800\"", "must be valid Unicode text")]
    [InlineData("text", "\"\\u0000\"", "must not contain the NUL character")]
    [InlineData("uid", "\"{6f9619ff-8b86-d011-b42d-00c04fc964ff}\"", "must be a UUID such as 6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("moment", "\"31.1.2030\"", "must be a date and time such as 2030-01-31T12:00:00Z")]
    [InlineData("moment", "0", "must be a date and time such as 2030-01-31T12:00:00Z")]
    [InlineData("offset", "\"soon\"", "must be a date and time such as 2030-01-31T12:00:00Z")]
    [InlineData("day", "\"2030-02-30\"", "must be a date such as 2030-01-31")]
    [InlineData("hour", "\"24:00:01\"", "must be a time such as 12:00:00")]
    [InlineData("span", "5", "must be a time such as 12:00:00")]
    [InlineData("state", "\"used\"", "must be one of brand new, USED")]
    [InlineData("state", "0", "must be one of brand new, USED")]
    [InlineData("bytes", "\"*\"", "must be Base64 text")]
    [InlineData("document", "{\"a\":1,\"a\":2}", "must be JSON of valid text, in which no name is given twice")]
    [InlineData("document", "[\"\\udc00\"]", "must not contain the NUL character or half of a surrogate pair")]
    [InlineData("nope", "1", "is no field of this request")]
    [InlineData("Text", "\"\"", "is no field of this request")]
    public async Task A_value_that_does_not_fit_its_field_is_refused_with_what_is_expected(string field, string value, string message)
    {
        var body = $$"""{"{{field}}":{{value}}}""";
        Refused(await app.PostAsync("/api/gadgets", body), field);
        Refused(await app.PostAsync("/api/gadgets/batch", $"[{{}},{body}]"), $"[1].{field}");
        var present = await app.PostAsync("/api/gadgets", "{}");
        Refused(await app.SendAsync(HttpMethod.Put, present["Location"]!, body), field);
        if (!value.Contains("\\u", StringComparison.Ordinal) && !value.Contains("\"a\"", StringComparison.Ordinal))
        {
            Refused(await app.PatchAsync(present["Location"]!, body), field);
        }

        void Refused(Answer answer, string name)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal(message, answer.ErrorOf(name));
        }
    }

    [Fact]
    public async Task All_mistakes_are_named_at_once()
    {
        var answer = await app.PostAsync("/api/gadgets", """{"number":"x","nope":1,"text":1,"flag":true,"flag":true}""");
        var names = answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name);
        Assert.Equal(["flag", "nope", "number", "text"], names.Order(StringComparer.Ordinal));
        Assert.Equal("is given twice", answer.ErrorOf("flag"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(" \n", "is empty")]
    [InlineData("null", "must be a JSON object, and is null")]
    [InlineData("[]", "must be a JSON object, and is an array")]
    [InlineData("5", "must be a JSON object, and is a number")]
    [InlineData("\"x\"", "must be a JSON object, and is a string")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{\"text\":\"a\"} x", "not valid JSON")]
    [InlineData("{\"text\":\"a\"}{}", "not valid JSON")]
    [InlineData("{'text':1}", "not valid JSON")]
    [InlineData("{\"text\":\"a\",}", "not valid JSON")]
    [InlineData("{/* c */}", "not valid JSON")]
    [InlineData("{\n\"text\": nul}", "line 2")]
    [InlineData("{\"\\ud800\":1}", "not valid Unicode")]
    public async Task A_body_that_is_no_object_is_refused_with_the_reason(string body, string reason)
    {
        var answer = await app.PostAsync("/api/gadgets", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(reason, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var present = await app.PostAsync("/api/gadgets", "{}");
        Assert.Equal(HttpStatusCode.BadRequest, (await app.PatchAsync(present["Location"]!, body)).Status);
    }

    [Theory]
    [InlineData("{}", "must be a JSON array of objects, and is an object")]
    [InlineData("null", "must be a JSON array of objects, and is null")]
    public async Task A_batch_is_an_array(string body, string reason) =>
        Assert.Contains(reason, (await app.PostAsync("/api/gadgets/batch", body)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_batch_has_entries_that_are_objects_and_not_too_many()
    {
        Assert.Equal("must be an object, and is null", (await app.PostAsync("/api/gadgets/batch", "[{},null]")).ErrorOf("[1]"));
        Assert.StartsWith("must have 1 to 1000", (await app.PostAsync("/api/gadgets/batch", "[]")).ErrorOf("items"), StringComparison.Ordinal);
        var many = $"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]";
        Assert.StartsWith("must have 1 to 1000", (await app.PostAsync("/api/gadgets/batch", many)).ErrorOf("items"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await app.PostAsync("/api/gadgets/batch", many.Replace("{},{}", "{}", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_refused()
    {
        using var content = new ByteArrayContent([.. "{\"text\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await app.Client.PostAsync("/api/gadgets", content, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("not valid Unicode", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over() =>
        Assert.Equal(HttpStatusCode.Created, (await app.PostAsync("/api/gadgets", "\uFEFF{}")).Status);

    [Theory]
    [InlineData(30, HttpStatusCode.Created)]
    [InlineData(40, HttpStatusCode.BadRequest)]
    [InlineData(100_000, HttpStatusCode.BadRequest)]
    public async Task A_document_may_be_nested_so_deep_and_no_deeper(int depth, HttpStatusCode expected)
    {
        var body = $$"""{"document":{{new string('[', depth)}}{{new string(']', depth)}}}""";
        var answer = await app.PostAsync("/api/gadgets", body);
        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == HttpStatusCode.BadRequest, answer.Text.Contains("deeper than 32", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/gadgets", 1)]
    [InlineData("/api/gadgets/batch", 8)]
    public async Task A_body_that_is_too_large_is_refused(string path, int megabytes)
    {
        using var known = new StringContent(new string(' ', (megabytes * 1024 * 1024) + 1), Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync(path, known, TestContext.Current.CancellationToken);
        var answer = await Answer.ReadAsync(response);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Equal("application/problem+json", answer["Content-Type"]);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_limited_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/gadgets");
        request.Content = new StringContent(new string(' ', 3 * 1024 * 1024), Encoding.UTF8, "application/json");
        request.Headers.TransferEncodingChunked = true;
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/api/gadgets", "text/plain", "Accept-Post", "application/json")]
    [InlineData("POST", "/api/gadgets", "application/json; charset=utf-16", "Accept-Post", "application/json")]
    [InlineData("POST", "/api/gadgets", "application/merge-patch+json", "Accept-Post", "application/json")]
    [InlineData("PATCH", "/api/gadgets/1", "application/json-patch+json", "Accept-Patch", "application/json, application/merge-patch+json")]
    public async Task Another_media_type_is_refused_with_those_that_are_taken(string method, string path, string type, string header, string expected)
    {
        var answer = await app.SendAsync(new HttpMethod(method), path, "{}", type);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.Status);
        Assert.Equal(expected, answer[header]);
    }

    [Fact]
    public async Task A_merge_patch_changes_what_it_names_and_nothing_else()
    {
        var created = await app.PostAsync("/api/gadgets", """{"text":"a","number":1,"document":{"keep":1,"drop":2,"in":{"x":1}}}""");
        foreach (var type in (string[])["application/json", "application/merge-patch+json"])
        {
            var patched = await app.SendAsync(
                HttpMethod.Patch, created["Location"]!, """{"number":null,"document":{"drop":null,"in":{"y":2}}}""", type);
            Assert.Equal(HttpStatusCode.OK, patched.Status);
            Assert.Equal("a", patched.Json.GetProperty("text").GetString());
            Assert.Equal("null", patched.Json.GetProperty("number").GetRawText());
            Assert.Equal("""{"keep":1,"in":{"x":1,"y":2}}""", patched.Json.GetProperty("document").GetRawText());
        }
    }
}
