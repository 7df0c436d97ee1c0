using SchemaDeploy.AspNetCore.Tests.Authentication;

namespace SchemaDeploy.Pages.Tests;

/// <summary>The admin page for people of an identity provider, who have no password here.</summary>
[Trait("Category", "Integration")]
public sealed class ExternalLoginTests(IdentityProvider provider) : IClassFixture<IdentityProvider>
{
    private const string Token = "input[name=token]";

    [Fact]
    public async Task Who_is_ADMIN_at_the_identity_provider_comes_in_by_a_token_that_nothing_keeps()
    {
        await using var app = await StartAsync();
        await using var browser = await OpenAsync(app);
        Assert.Contains(new Uri(provider.Address).Authority, await browser.TextAsync("main"), StringComparison.Ordinal);
        await browser.LookAsync("login-provider");

        await SendAsync(browser, provider.Issue("ada", "ada@example.org", roles: "ADMIN"));
        await browser.UntilAsync("document.querySelector('aside') && document.querySelector('.overview')");
        Assert.Contains("ada@example.org", await browser.TextAsync("aside footer"), StringComparison.Ordinal);
        await browser.ClickAsync("Books");
        await browser.UntilAsync("document.querySelector('tbody')?.innerText.includes('The Dispossessed')");
        Assert.Equal(0, (await browser.EvaluateAsync("sessionStorage.length + localStorage.length + document.cookie.length"))!.GetValue<int>());
        Assert.All(browser.Requests, url => Assert.StartsWith(app.Client.BaseAddress!.AbsoluteUri, url, StringComparison.Ordinal));
        Assert.Empty(browser.Errors);

        await browser.ReloadAsync();
        await browser.UntilAsync($"document.querySelector('{Token}')");
    }

    [Fact]
    public async Task A_token_is_judged_as_with_any_request()
    {
        await using var app = await StartAsync();
        await using var browser = await OpenAsync(app);

        await SendAsync(browser, provider.Issue("eve", "eve@example.org", roles: "ADMIN", audience: "another"));
        await browser.UntilAsync("document.querySelector('[role=alert]').innerText !== ''");
        Assert.Equal("", await browser.TextAsync("aside"));

        await SendAsync(browser, provider.Issue("ben", "ben@example.org", roles: "USER"));
        await browser.UntilAsync("document.querySelector('[role=alert]').innerText.includes('for administrators')");
        Assert.Equal("", await browser.TextAsync("aside"));
    }

    [Fact]
    public async Task People_with_a_password_use_it_as_ever()
    {
        await using var app = await StartAsync();
        await using var browser = await OpenAsync(app);

        await browser.TypeAsync("input[type=email]", "admin@example.com");
        await browser.TypeAsync("input[type=password]", GraphApp.Password);
        await browser.PressAsync("Enter");
        await browser.UntilAsync("document.querySelector('.overview')");
    }

    [Fact]
    public async Task Without_an_identity_provider_nobody_is_asked_for_a_token()
    {
        await using var app = new GraphApp();
        await app.InitializeAsync();
        await using var browser = await Browser.StartAsync();

        await browser.GoAsync(new Uri(app.Client.BaseAddress!, "/admin"));
        await browser.UntilAsync("document.querySelector('input[type=password]')");
        Assert.Equal(0, (await browser.EvaluateAsync($"document.querySelectorAll('{Token}').length"))!.GetValue<int>());
    }

    private async Task<GraphApp> StartAsync()
    {
        var app = new GraphApp { Arguments = [$"--Auth:Authority={provider.Address}", "--Auth:Audience=Test", "--Auth:RoleClaim=roles"] };
        await app.InitializeAsync();
        return app;
    }

    private static async Task<Browser> OpenAsync(GraphApp app)
    {
        var browser = await Browser.StartAsync();
        await browser.GoAsync(new Uri(app.Client.BaseAddress!, "/admin"));
        await browser.UntilAsync($"document.querySelector('{Token}')");
        return browser;
    }

    private static async Task SendAsync(Browser browser, string token)
    {
        await browser.TypeAsync(Token, token);
        await browser.PressAsync("Enter");
    }
}
