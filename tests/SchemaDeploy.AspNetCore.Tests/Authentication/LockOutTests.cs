using System.Globalization;
using System.Net;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public sealed class LockOutTests
{
    [Theory]
    [InlineData("owner@example.org")]
    [InlineData("nobody@example.org")]
    public async Task An_email_is_locked_after_five_wrong_passwords_whether_it_has_an_account_or_not(string email)
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        await app.RegisterAsync("owner@example.org");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync(email, "not the password")).Status);
        }

        var locked = await app.LoginAsync(email.ToUpperInvariant());
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.Status);
        Assert.InRange(int.Parse(locked["Retry-After"]!, CultureInfo.InvariantCulture), 890, 900);
        Assert.Equal(HttpStatusCode.Created, (await app.RegisterAsync("other@example.org")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.LoginAsync("other@example.org")).Status);
    }

    [Fact]
    public async Task The_right_password_forgets_earlier_failures()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        await app.RegisterAsync("clumsy@example.org");
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync("clumsy@example.org", "not the password")).Status);
            }

            Assert.Equal(HttpStatusCode.OK, (await app.LoginAsync("clumsy@example.org")).Status);
        }
    }

    [Fact]
    public async Task Attempts_at_the_same_time_get_no_more_tries()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => app.LoginAsync("guessed@example.org", $"guess number {i}")));
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized));
        Assert.Equal(15, answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task An_address_that_tries_many_emails_is_locked()
    {
        await using var app = new RunningApp { Arguments = ["--Auth:LockOut:AddressFailures=3"] };
        await app.InitializeAsync();
        await app.RegisterAsync("safe@example.org");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync($"spray{i}@example.org")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await app.LoginAsync("safe@example.org")).Status);
    }

    [Fact]
    public async Task Guessing_the_present_password_is_locked_too()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        var tokens = await app.JoinAsync("inside@example.org");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await app.ChangePasswordAsync(tokens.Access, $"guess number {i}", "a better password")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await app.ChangePasswordAsync(tokens.Access, Client.Password, "a better password")).Status);
    }
}
