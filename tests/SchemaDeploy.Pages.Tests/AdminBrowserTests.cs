namespace SchemaDeploy.Pages.Tests;

/// <summary>The admin page as a person uses it.</summary>
[Trait("Category", "Integration")]
public sealed class AdminBrowserTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task ADMIN_browses_filters_sorts_and_follows_relations_both_ways()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.ClickAsync("Books");
        await browser.UntilHeadingAsync("Books");
        Assert.Contains("The Dispossessed", await browser.TextAsync("tbody"), StringComparison.Ordinal);
        Assert.Contains("12.50", await browser.TextAsync("tbody"), StringComparison.Ordinal);

        await browser.ChooseAsync("[aria-label=Field]", "pages");
        await browser.ChooseAsync("[aria-label=Comparison]", "lt");
        await browser.TypeAsync("[aria-label=Value]", "300");
        await browser.ClickAsync("Filter");
        await browser.UntilAsync("document.querySelectorAll('tbody tr').length === 2");
        await browser.ClickAsync("pages");
        await browser.UntilAsync("document.querySelector('tbody tr')?.innerText.includes('Ficciones')");
        await browser.ClickAsync("pages");
        await browser.UntilAsync("document.querySelector('tbody tr')?.innerText.includes('The Lathe of Heaven')");
        await browser.LookAsync("list");

        await browser.ClickAsync("Ursula 2");
        await browser.UntilHeadingAsync("Ursula");
        await browser.ClickAsync("Books by author");
        await browser.UntilHeadingAsync("Books");
        Assert.Contains("Author 2", await browser.TextAsync(".trail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Ficciones", await browser.TextAsync("tbody"), StringComparison.Ordinal);

        AssertOwnRequestsAlone(browser);
    }

    [Fact]
    public async Task Pages_go_forward_and_back()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.EvaluateAsync("location.hash = '#/list/authors?limit=2&sort=id'");
        await browser.UntilAsync("document.querySelectorAll('tbody tr').length === 2");
        await browser.ClickAsync("Next");
        await browser.UntilAsync("document.querySelectorAll('tbody tr').length === 1");
        await browser.ClickAsync("Previous");
        await browser.UntilAsync("document.querySelector('tbody tr')?.innerText.includes('Jorge')");
        await browser.ClickAsync("Count all");
        await browser.UntilAsync("document.querySelector('.pager').innerText.includes('3 in all')");
    }

    [Fact]
    public async Task Rows_without_a_key_are_shown_page_by_page_and_lead_nowhere()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.ClickAsync("Sheep");
        await browser.UntilHeadingAsync("Sheep");
        Assert.Contains("Dolly", await browser.TextAsync("tbody"), StringComparison.Ordinal);
        Assert.Equal(0, (await browser.EvaluateAsync("document.querySelectorAll('tbody a, .heading .button').length"))!.GetValue<int>());
        await browser.LookAsync("keyless");

        await browser.EvaluateAsync("location.hash = '#/list/sheep?limit=2'");
        await browser.UntilAsync("document.querySelectorAll('tbody tr').length === 2");
        await browser.ClickAsync("Next");
        await browser.UntilAsync("document.querySelectorAll('tbody tr').length === 1");
        await browser.ClickAsync("Previous");
        await browser.UntilAsync("document.querySelectorAll('tbody tr').length === 2");
        await browser.ClickAsync("Count all");
        await browser.UntilAsync("document.querySelector('.pager').innerText.includes('3 in all')");

        foreach (var address in (string[])["row/sheep/1", "new/sheep", "edit/sheep/1"])
        {
            await browser.EvaluateAsync($"location.hash = '#/{address}'");
            await browser.UntilHeadingAsync("Nothing is here");
        }

        AssertOwnRequestsAlone(browser);
    }

    [Fact]
    public async Task What_the_API_refuses_is_said_at_the_field_and_what_it_takes_is_in_the_trail()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.EvaluateAsync("location.hash = '#/row/books/3'");
        await browser.ClickAsync("Edit");
        await browser.TypeAsync("#field-pages", "many");
        await browser.ClickAsync("Save");
        await browser.UntilAsync("document.querySelector('#field-pages-error').innerText === 'Must be a whole number.'");
        await browser.TypeAsync("#field-pages", "-1");
        await browser.ClickAsync("Save");
        await browser.UntilAsync("document.querySelector('#field-pages-error').innerText === 'Must be greater than 0.'");
        Assert.Equal("true", (await browser.EvaluateAsync("document.activeElement.getAttribute('aria-invalid')"))?.GetValue<string>());
        await browser.LookAsync("refused");

        await browser.TypeAsync("#field-pages", "175");
        await browser.ClickAsync("Save");
        await browser.UntilHeadingAsync("Ficciones, a, b");
        Assert.Contains("175", await browser.TextAsync(".fields"), StringComparison.Ordinal);
        await browser.ClickAsync("Audit trail");
        await browser.UntilAsync("document.querySelector('.entry')?.innerText.includes('UPDATE_BOOK')");
        Assert.Contains("174\t175", await browser.TextAsync(".entry tbody"), StringComparison.Ordinal);
        await browser.LookAsync("trail");
        AssertOwnRequestsAlone(browser);
    }

    [Fact]
    public async Task What_nobody_touched_stays_as_it_was()
    {
        const string Title = "Two\r\nlines";
        const string Details = """{"big":12345678901234567890,"exact":1.50}""";
        long id = 0;
        await app.WithDatabaseAsync(async database =>
        {
            var book = new Golden.Book { AuthorId = 1, Title = Title, Details = Details };
            database.Add(book);
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
            id = book.Id;
        });
        await using var browser = await OpenAsync("admin@example.com");

        await browser.EvaluateAsync($"location.hash = '#/edit/books/{id}'");
        await browser.UntilAsync("document.querySelector('#field-details')?.value.includes('12345678901234567890')");
        await browser.TypeAsync("#field-price", "0099.10");
        await browser.ClickAsync("Save");
        await browser.UntilAsync("document.querySelector('.fields')?.innerText.includes('99.10')");

        await app.WithDatabaseAsync(async database =>
        {
            var book = await database.FindAsync<Golden.Book>([id], TestContext.Current.CancellationToken);
            Assert.Equal((Title, Details, 99.10m), (book!.Title, book.Details, book.Price));
        });
    }

    [Fact]
    public async Task A_row_is_created_and_deleted_once_that_is_confirmed()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.ClickAsync("Authors");
        await browser.ClickAsync("New author");
        await browser.ClickAsync("Create");
        await browser.UntilAsync("document.querySelector('#field-full_name-error')?.innerText === 'Is required.'");
        await browser.TypeAsync("#field-full_name", "<img src=x onerror=console.error(1)>");
        await browser.ClickAsync("Create");
        await browser.UntilHeadingAsync("<img src=x onerror=console.error(1)>");

        await browser.ClickAsync("Delete");
        await browser.UntilAsync("document.querySelector('dialog[open]')");
        await browser.PressAsync("Escape");
        await browser.UntilAsync("!document.querySelector('dialog')");
        await browser.ClickAsync("Delete");
        await browser.UntilAsync("document.querySelector('dialog[open]')");
        await browser.ClickAsync("Delete");
        await browser.UntilHeadingAsync("Authors");
        Assert.DoesNotContain("<img", await browser.TextAsync("tbody"), StringComparison.Ordinal);
        AssertOwnRequestsAlone(browser);
    }

    [Fact]
    public async Task Loading_the_page_again_keeps_the_session_until_it_is_ended()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.ClickAsync("Notes");
        await browser.UntilHeadingAsync("Notes");
        await browser.ReloadAsync();
        await browser.UntilHeadingAsync("Notes");
        await browser.ClickAsync("Log out");
        await browser.UntilAsync("document.querySelector('input[type=password]')");
        Assert.Equal(0, (await browser.EvaluateAsync("sessionStorage.length + localStorage.length + document.cookie.length"))!.GetValue<int>());
        await browser.ReloadAsync();
        await browser.UntilAsync("document.querySelector('input[type=password]')");
    }

    [Fact]
    public async Task Who_is_not_ADMIN_is_told_so_and_gets_nothing()
    {
        await using var browser = await OpenAsync("user@example.com", isAdmin: false);

        await browser.UntilAsync("document.querySelector('[role=alert]')?.innerText.includes('for administrators')");
        Assert.DoesNotContain("Books", await browser.TextAsync("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_alone_reach_a_resource()
    {
        await using var browser = await OpenAsync("admin@example.com");

        await browser.EvaluateAsync("document.querySelector('aside input').focus()");
        await browser.PressAsync("Tab");
        await browser.PressAsync("Tab");
        Assert.Equal("Authors", (await browser.EvaluateAsync("document.activeElement.innerText"))?.GetValue<string>());
        await browser.PressAsync("Enter");
        await browser.UntilHeadingAsync("Authors");
        Assert.Equal("MAIN", (await browser.EvaluateAsync("document.activeElement.tagName"))?.GetValue<string>());
    }

    /// <summary>Opens the page and logs in.</summary>
    private async Task<Browser> OpenAsync(string email, bool isAdmin = true)
    {
        var browser = await Browser.StartAsync();
        try
        {
            await browser.GoAsync(new Uri(app.Client.BaseAddress!, "/admin"));
            await browser.TypeAsync("input[type=email]", email);
            await browser.TypeAsync("input[type=password]", GraphApp.Password);
            await browser.PressAsync("Enter");
            if (isAdmin)
            {
                await browser.UntilAsync("document.querySelector('aside') && document.querySelector('.overview')");
            }

            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    private void AssertOwnRequestsAlone(Browser browser)
    {
        Assert.All(browser.Requests, url => Assert.StartsWith(app.Client.BaseAddress!.AbsoluteUri, url, StringComparison.Ordinal));
        Assert.Empty(browser.Errors);
    }
}
