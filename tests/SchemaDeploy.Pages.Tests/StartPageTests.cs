using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using SchemaDeploy.AspNetCore.Hosting;

namespace SchemaDeploy.Pages.Tests;

/// <summary>The page at /.</summary>
public sealed partial class StartPageTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task Every_place_that_the_page_names_is_there()
    {
        var page = await app.Client.GetStringAsync("/", TestContext.Current.CancellationToken);

        var links = Link().Matches(page).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Superset(new HashSet<string> { "/docs", "/openapi/v1.json", "/graphql", "/health", "/api/books", "/api/audit-logs" }, links);
        foreach (var link in links)
        {
            using var answer = await app.Client.GetAsync(link, TestContext.Current.CancellationToken);
            Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Its_requests_go_to_the_address_that_the_browser_used()
    {
        var page = WebUtility.HtmlDecode(await app.Client.GetStringAsync("/", TestContext.Current.CancellationToken));

        Assert.Contains($"curl -s {app.Client.BaseAddress}api/auth/register", page, StringComparison.Ordinal);
        Assert.Contains($"curl -s {app.Client.BaseAddress}api/auth/login", page, StringComparison.Ordinal);
        Assert.Contains($"curl -H \"Authorization: Bearer $TOKEN\" {app.Client.BaseAddress}api/users", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shell_carries_its_requests_out()
    {
        Assert.SkipUnless(Command.Exists("bash") && Command.Exists("curl"), "bash or curl is not installed.");
        var page = WebUtility.HtmlDecode(await app.Client.GetStringAsync("/", TestContext.Current.CancellationToken));
        var script = string.Join('\n', Example().Matches(page).Select(match => match.Groups[1].Value));

        var run = await Command.RunAsync("bash", ["-euc", script]);

        Assert.True(run.ExitCode == 0, run.Error);
        // The answer to registering, and the list of the users whom this one may see.
        Assert.Equal(2, Regex.Count(run.Output, "ada@example.org"));
        Assert.DoesNotContain("\"status\":4", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_no_script_and_no_other_file()
    {
        using var answer = await app.Client.GetAsync("/", TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Matches("^default-src 'none'; style-src 'sha256-[^']+'; img-src data:;", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link rel=\"stylesheet\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Host_header_is_shown_as_text()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Host", "\"><img src=x>.example");

        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("<img", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Production_does_not_have_it()
    {
        await using var production = new GraphApp { Arguments = ["--environment=Production", "--MIGRATE_ON_START=true"] };
        await production.InitializeAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        var answer = await production.SendAsync(request, production.Admin);

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task A_route_of_the_application_goes_before_it()
    {
        var text = await AskAsync(folder: null, static own => own.MapGet("/", static () => "mine").AllowAnonymous());

        Assert.Equal("mine", text);
    }

    [Fact]
    public async Task An_index_page_of_the_application_goes_before_it()
    {
        var folder = Directory.CreateTempSubdirectory("schemadeploy-");
        try
        {
            folder.CreateSubdirectory("wwwroot");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "wwwroot", "index.html"), "mine", TestContext.Current.CancellationToken);

            Assert.Equal("mine", await AskAsync(folder.FullName, static own => own.MapFallbackToFile("index.html").AllowAnonymous()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // What / says in an application that adds something of its own.
    private static async Task<string> AskAsync(string? folder, Action<WebApplication> add)
    {
        var builder = SchemaApplication.CreateBuilder(
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", "--DATABASE_URL=sqlite::memory:", "--MIGRATE_ON_START=false",
            "--JWT_SECRET=only the tests of this project use it", .. folder is null ? Array.Empty<string>() : [$"--contentRoot={folder}"],
        ]);
        builder.Logging.ClearProviders();
        await using var own = Golden.Api.Build(builder);
        add(own);
        await own.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        return await client.GetStringAsync(own.Urls.First(), TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("href=\"(/[^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<pre>(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Example();
}
