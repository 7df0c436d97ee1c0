using System.Text.Json.Nodes;

namespace SchemaDeploy.Pages.Tests;

/// <summary>What axe finds in the pages: WCAG 2.2 to level AA, and its own best practices.</summary>
[Trait("Category", "Integration")]
public sealed class AccessibilityTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Axe_finds_nothing(string colorScheme)
    {
        var axe = await File.ReadAllTextAsync(
            Path.Combine(await NpmPackage.InstallAsync("axe-core@4.14.1"), "axe-core", "axe.min.js"), TestContext.Current.CancellationToken);
        await using var browser = await Browser.StartAsync();
        await browser.PreferAsync(colorScheme);

        await browser.GoAsync(app.Client.BaseAddress!);
        await CheckAsync("start");
        await browser.GoAsync(new Uri(app.Client.BaseAddress!, "/admin"));
        await browser.UntilAsync("document.querySelector('input[type=email]')");
        await CheckAsync("login");
        await browser.TypeAsync("input[type=email]", "admin@example.com");
        await browser.TypeAsync("input[type=password]", GraphApp.Password);
        await browser.PressAsync("Enter");
        await browser.UntilAsync("document.querySelector('.overview')");
        await CheckAsync("overview");
        await OpenAsync("list/books?in_print=true", "Books", "list");
        await OpenAsync("list/books?pages=1", "Books", "empty");
        await OpenAsync("row/books/1", "The Dispossessed", "row");
        await browser.ClickAsync("Delete");
        await browser.UntilAsync("document.querySelector('dialog[open]')");
        await CheckAsync("dialog");
        await browser.PressAsync("Escape");
        await OpenAsync("row/authors/1", "Jorge", "author");
        await OpenAsync("edit/books/1", "Edit The Dispossessed", "form");
        await browser.TypeAsync("#field-pages", "-1");
        await browser.ClickAsync("Save");
        await browser.UntilAsync("document.querySelector('#field-pages-error').innerText !== ''");
        await CheckAsync("refused");
        await browser.TypeAsync("#field-pages", "388");
        await browser.ClickAsync("Save");
        await browser.UntilHeadingAsync("The Dispossessed");
        await browser.ClickAsync("Audit trail");
        await browser.UntilAsync("document.querySelector('.entry')");
        await CheckAsync("trail");

        async Task OpenAsync(string address, string heading, string name)
        {
            await browser.EvaluateAsync($"location.hash = '#/{address}'");
            await browser.UntilHeadingAsync(heading);
            await CheckAsync(name);
        }

        async Task CheckAsync(string name)
        {
            await browser.LookAsync($"{name}-{colorScheme}");
            await browser.EvaluateAsync(axe + "; undefined");
            var found = await browser.EvaluateAsync("axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(each => `${each.id}: ${each.help}: ${each.nodes.map(node => node.html + ' ' + node.failureSummary).join('; ')}`))");
            Assert.True(found is JsonArray { Count: 0 }, $"{name}: {found}");
        }
    }
}
