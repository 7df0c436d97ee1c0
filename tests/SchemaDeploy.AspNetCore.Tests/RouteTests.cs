using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public abstract class RouteTests(RunningApp app) : AppTests(app)
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
    [InlineData("700 long")]
    public async Task Any_text_can_be_a_key(string name)
    {
        var key = name == "700 long" ? new string('k', 700) : name;
        var created = await App.PostAsync("/api/tickets", $$"""{"name":"{{key.Replace("\\", "\\\\", StringComparison.Ordinal)}}","subject":"key {{Guid.NewGuid()}}"}""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        var read = await App.GetAsync(created["Location"]!);
        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.Equal(key, read.Json.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Parts_of_a_composite_key_may_hold_slashes()
    {
        await App.PostAsync("/api/people", """{"code":"x/y"}""");
        var created = await App.PostAsync("/api/grades", """{"person_code":"x/y","subject":"p%2Fq"}""");
        Assert.Equal("/api/grades/x%2Fy/p%252Fq", created["Location"]);
        var read = await App.GetAsync(created["Location"]!);
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
        var answer = await App.GetAsync(path);
        Assert.Contains(answer.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        Assert.True(answer.Status == HttpStatusCode.NotFound || path.Contains("%00", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/people")]
    [InlineData("/health")]
    [InlineData("/openapi/v1.json")]
    public async Task HEAD_answers_as_GET_without_the_body(string path)
    {
        var get = await App.GetAsync(path);
        var head = await App.SendAsync(HttpMethod.Head, path);
        Assert.Equal(get.Status, head.Status);
        Assert.Equal("", head.Text);
        Assert.Equal(get["Content-Type"], head["Content-Type"]);
        Assert.Equal(get["ETag"], head["ETag"]);
    }

    [Fact]
    public async Task OPTIONS_and_a_method_that_is_not_there_name_those_that_are()
    {
        var options = await App.SendAsync(HttpMethod.Options, "/api/people");
        Assert.Equal(HttpStatusCode.NoContent, options.Status);
        Assert.Equal("GET, HEAD, OPTIONS, POST", options["Allow"]);
        var refused = await App.SendAsync(HttpMethod.Delete, "/api/people");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.Status);
        Assert.Equal("GET, HEAD, OPTIONS, POST", refused["Allow"]);
        Assert.Equal("application/problem+json", refused["Content-Type"]);
    }

    [Fact]
    public async Task A_parameter_is_refused_where_there_are_none() =>
        Assert.Equal("is no parameter of this request", (await App.PostAsync("/api/people?dry=1", """{"code":"dry"}""")).ErrorOf("dry"));
}

public sealed class RouteTestsOnSqlite(RunningApp app) : RouteTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class RouteTestsOnPostgreSql(AppOnPostgreSql app) : RouteTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class RouteTestsOnMariaDb(AppOnMariaDb app) : RouteTests(app), IClassFixture<AppOnMariaDb>
{
    [Fact]
    public async Task A_key_longer_than_an_index_is_refused()
    {
        var answer = await App.PostAsync("/api/tickets", $$"""{"name":"{{new string('k', 769)}}","subject":"too long"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("longer than the database can hold", answer.Text, StringComparison.Ordinal);
    }
}
