using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public sealed class RouteTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a%252fb")]
    [InlineData("50% off?#&=+;,:@")]
    [InlineData("with space")]
    [InlineData("ünï/cödé/\U0001F600")]
    [InlineData("\\back\\slash")]
    [InlineData("a.b")]
    [InlineData("{brace}")]
    [InlineData("2000 long")]
    public async Task Any_text_can_be_a_key(string name)
    {
        var key = name == "2000 long" ? new string('k', 2000) : name;
        var created = await app.PostAsync("/api/tickets", $$"""{"name":"{{key.Replace("\\", "\\\\", StringComparison.Ordinal)}}","subject":"key {{Guid.NewGuid()}}"}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var read = await app.GetAsync(created["Location"]!);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal(key, read.Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Parts_of_a_composite_key_may_hold_slashes()
    {
        await app.PostAsync("/api/people", """{"code":"x/y"}""");
        var created = await app.PostAsync("/api/grades", """{"person_code":"x/y","subject":"p%2Fq"}""");
        Assert.Equal("/api/grades/x%2Fy/p%252Fq", created["Location"]);
        var read = await app.GetAsync(created["Location"]!);
        Assert.Equal("p%2Fq", read.Json.GetProperty("subject").GetString());
        Assert.Equal("x/y", read.Json.GetProperty("person_code").GetString());
    }

    [Theory]
    [InlineData("/api/gadgets/x")]
    [InlineData("/api/gadgets/99999999999999999999")]
    [InlineData("/api/gadgets/%00")]
    [InlineData("/api/gadgets/1.0")]
    [InlineData("/api/gadgets/-1")]
    [InlineData("/api/tickets/a%00b")]
    [InlineData("/api/nothing")]
    [InlineData("/")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        var answer = await app.GetAsync(path);
        Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        Assert.True(answer.Status == HttpStatusCode.NotFound || path.Contains("%00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/people")]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    public async Task HEAD_answers_as_GET_without_the_body(string path)
    {
        var get = await app.GetAsync(path);
        var head = await app.SendAsync(HttpMethod.Head, path);
        Assert.Equal(get.Status, head.Status);
        Assert.Equal("", head.Text);
        Assert.Equal(get["Content-Type"], head["Content-Type"]);
        Assert.Equal(get["ETag"], head["ETag"]);
    }

    [Fact]
    public async Task OPTIONS_and_a_method_that_is_not_there_name_those_that_are()
    {
        var options = await app.SendAsync(HttpMethod.Options, "/api/people");
        Assert.Equal(HttpStatusCode.NoContent, options.Status);
        Assert.Equal("GET, HEAD, OPTIONS, POST", options["Allow"]);
        var refused = await app.SendAsync(HttpMethod.Delete, "/api/people");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.Status);
        Assert.Equal("GET, HEAD, OPTIONS, POST", refused["Allow"]);
        Assert.Equal("application/problem+json", refused["Content-Type"]);
    }

    [Fact]
    public async Task A_parameter_is_refused_where_there_are_none() =>
        Assert.Equal("is no parameter of this request", (await app.PostAsync("/api/people?dry=1", """{"code":"dry"}""")).ErrorOf("dry"));
}
