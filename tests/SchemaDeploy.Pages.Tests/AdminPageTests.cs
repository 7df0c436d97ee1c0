using System.Text.RegularExpressions;

namespace SchemaDeploy.Pages.Tests;

/// <summary>The files of the admin page, and who gets them.</summary>
public sealed partial class AdminPageTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task Every_file_that_the_page_names_is_served_with_a_policy_that_admits_own_files_alone()
    {
        var names = new Queue<string>(["/admin"]);
        var seen = new HashSet<string>();
        while (names.TryDequeue(out var name))
        {
            if (!seen.Add(name))
            {
                continue;
            }

            using var answer = await app.Client.GetAsync(name, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, name);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/2000/svg)", text);
            Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", text);
            foreach (Match match in File().Matches(text))
            {
                names.Enqueue("/admin/" + match.Groups[1].Value);
            }
        }

        Assert.Superset(new HashSet<string> { "/admin", "/admin/look.css", "/admin/admin.css", "/admin/app.js", "/admin/inputs.js", "/admin/values.js" }, seen);
    }

    [Fact]
    public async Task The_description_of_the_API_is_for_ADMIN()
    {
        Assert.Equal(401, await StatusAsync(app, "/admin/pages.json", null));
        Assert.Equal(403, await StatusAsync(app, "/admin/pages.json", app.User));
        Assert.Equal(200, await StatusAsync(app, "/admin/pages.json", app.Admin));
        Assert.Equal(404, await StatusAsync(app, "/admin/other.js", app.Admin));
    }

    [Theory]
    [InlineData("Production", null, 404)]
    [InlineData("Production", "true", 200)]
    [InlineData("Development", "false", 404)]
    public async Task The_configuration_says_whether_it_is_there(string environment, string? setting, int status)
    {
        await using var other = new GraphApp
        {
            Arguments = [$"--environment={environment}", "--MIGRATE_ON_START=true", .. setting is null ? Array.Empty<string>() : [$"--ADMIN_PAGE={setting}"]],
        };
        await other.InitializeAsync();

        Assert.Equal(status, await StatusAsync(other, "/admin", other.Admin));
        Assert.Equal(status, await StatusAsync(other, "/admin/app.js", other.Admin));
    }

    private static async Task<int> StatusAsync(GraphApp app, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return (await app.SendAsync(request, token)).Status;
    }

    // Modules and styles, by the page and by each other.
    [GeneratedRegex("""(?:from '\./|="/admin/)([a-z]+\.(?:js|css))""")]
    private static partial Regex File();
}
