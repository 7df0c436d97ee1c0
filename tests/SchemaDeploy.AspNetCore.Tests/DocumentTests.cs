using System.Net;
using System.Text.RegularExpressions;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests;

public sealed partial class DocumentTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("/openapi/v1.json", "application/json; charset=utf-8")]
    [InlineData("/schema", "text/html; charset=utf-8")]
    public async Task What_the_build_made_is_served_and_revalidated(string path, string type)
    {
        var document = await app.GetAsync(path);
        Assert.Equal(type, document["Content-Type"]);
        var again = await app.SendAsync(HttpMethod.Get, path, headers: ("If-None-Match", document["ETag"]!));
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        // The browser goes by what it was told last.
        Assert.Equal(document["Content-Security-Policy"], again["Content-Security-Policy"]);
    }

    [Fact]
    public async Task The_documentation_asks_no_other_machine()
    {
        var page = await app.GetAsync("/docs/");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.StartsWith("default-src 'self'", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Empty(ForeignUrl().Matches(page.Text).Select(match => match.Value));
        Assert.Contains("\"telemetry\":false", page.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"withDefaultFonts\":false", page.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (Match script in Script().Matches(page.Text))
        {
            var path = new Uri(new Uri(app.Client.BaseAddress!, "/docs/"), script.Groups["src"].Value);
            Assert.Equal(app.Client.BaseAddress!.Authority, path.Authority);
            Assert.Equal(HttpStatusCode.OK, (await app.GetAsync(path.PathAndQuery)).Status);
        }
    }

    [Fact]
    public void The_pages_are_named_when_the_application_starts()
    {
        Assert.Contains(app.Log, line => line.Contains("Now listening on", StringComparison.Ordinal));
        Assert.Contains(app.Log, line => line.Contains($"API documentation: {app.Client.BaseAddress}docs", StringComparison.Ordinal));
        Assert.Contains(app.Log, line => line.Contains($"Diagram of the schema: {app.Client.BaseAddress}schema", StringComparison.Ordinal));
    }

    [GeneratedRegex("""(https?:)?//(?!127\.0\.0\.1)[a-z0-9.-]+\.[a-z]{2,}""")]
    private static partial Regex ForeignUrl();

    [GeneratedRegex("""<script[^>]*src="(?<src>[^"]+)""")]
    private static partial Regex Script();
}
