using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public abstract class SignInTests(RunningApp app) : AppTests(app)
{
    [Fact]
    public async Task A_user_registers_signs_in_and_is_known()
    {
        var registered = await App.RegisterAsync("ada@example.org");
        Assert.Equal(HttpStatusCode.Created, registered.Status);
        Assert.Equal("/api/auth/me", registered["Location"]);
        Assert.Equal("ada@example.org", registered.Json.GetProperty("email").GetString());
        Assert.DoesNotContain("password", registered.Text, StringComparison.Ordinal);

        var login = await App.LoginAsync("ada@example.org");
        Assert.Equal("Bearer", login.Json.GetProperty("token_type").GetString());
        Assert.Equal(900, login.Json.GetProperty("expires_in").GetInt32());
        Assert.Equal("no-store", login["Cache-Control"]);

        var me = await App.MeAsync(Tokens.Of(login).Access);
        Assert.Equal(registered.Json.GetProperty("id").GetGuid(), me.Json.GetProperty("id").GetGuid());
        Assert.Equal("ada@example.org", me.Json.GetProperty("email").GetString());
        Assert.Equal("ACTIVE", me.Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Upper_and_lower_case_are_the_same_in_emails()
    {
        Assert.Equal("case@example.org", (await App.RegisterAsync(" Case@Example.org")).Json.GetProperty("email").GetString());
        Assert.Equal(HttpStatusCode.OK, (await App.LoginAsync("CASE@example.ORG")).Status);
        var again = await App.RegisterAsync("cAsE@example.org");
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal("exists already", again.ErrorOf("email"));
    }

    [Fact]
    public async Task Of_many_registrations_of_an_email_at_once_one_succeeds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => App.RegisterAsync("crowd@example.org")));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_email_are_answered_alike()
    {
        await App.RegisterAsync("known@example.org");
        var wrong = await App.LoginAsync("known@example.org", "not the password");
        var unknown = await App.LoginAsync("unknown@example.org");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal((wrong.Status, wrong.Text, wrong["WWW-Authenticate"]), (unknown.Status, unknown.Text, unknown["WWW-Authenticate"]));
    }

    [Theory]
    [InlineData("""{"email":"r@example.org","password":"short"}""", "password", "must have at least 8 characters")]
    [InlineData("""{"email":"r@example.org","password":"Password1"}""", "password", "is among the passwords that are tried first; choose another")]
    [InlineData("""{"email":"remarkable@example.org","password":"Remarkable"}""", "password", "must not be the e-mail")]
    [InlineData("""{"email":"r@example.org"}""", "password", "is required")]
    [InlineData("""{"email":"example.org","password":"correct horse battery"}""", "email", "must be an e-mail address")]
    [InlineData("""{"email":"a@b@c","password":"correct horse battery"}""", "email", "must be an e-mail address")]
    [InlineData("""{"password":"correct horse battery"}""", "email", "is required")]
    [InlineData("""{"email":"r@example.org","password":"correct horse battery","role":"ADMIN"}""", "role", "is no field of this request")]
    public async Task A_registration_that_will_not_do_names_the_field(string body, string field, string error)
    {
        var answer = await App.PostAsync("/api/auth/register", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(error, answer.ErrorOf(field));
    }

    [Fact]
    public async Task A_password_without_end_is_not_hashed()
    {
        var endless = new string('x', 300);
        Assert.Equal("must have at most 256 characters", (await App.RegisterAsync("endless@example.org", endless)).ErrorOf("password"));
        Assert.Equal("must have at most 256 characters", (await App.LoginAsync("endless@example.org", endless)).ErrorOf("password"));
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_gives_the_next()
    {
        var first = await App.JoinAsync("refresh@example.org");
        var second = Tokens.Of(await App.RefreshAsync(first.Refresh));
        Assert.NotEqual(first.Refresh, second.Refresh);
        Assert.Equal(HttpStatusCode.OK, (await App.MeAsync(second.Access)).Status);
        Tokens.Of(await App.RefreshAsync(second.Refresh));
    }

    [Fact]
    public async Task A_refresh_token_that_comes_a_second_time_ends_the_session()
    {
        var first = await App.JoinAsync("stolen@example.org");
        var second = Tokens.Of(await App.RefreshAsync(first.Refresh));
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.RefreshAsync(first.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.RefreshAsync(second.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(second.Access)).Status);
    }

    [Fact]
    public async Task A_refresh_token_that_comes_many_times_at_once_gives_at_most_one_answer()
    {
        var tokens = await App.JoinAsync("parallel@example.org");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => App.RefreshAsync(tokens.Refresh)));
        var winners = answers.Where(answer => answer.Status == HttpStatusCode.OK).ToList();
        Assert.True(winners.Count <= 1, string.Join('\n', answers.Select(answer => answer.Text)));
        Assert.All(answers.Except(winners), answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(tokens.Access)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_refresh_token_refreshes_nothing_and_signing_out_with_it_is_no_mistake(string token)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.RefreshAsync(token)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await App.LogoutAsync(token)).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_once_and_no_other()
    {
        var first = await App.JoinAsync("twice@example.org");
        var second = Tokens.Of(await App.LoginAsync("twice@example.org"));
        Assert.Equal(HttpStatusCode.OK, (await App.MeAsync(first.Access)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await App.LogoutAsync(first.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(first.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.RefreshAsync(first.Refresh)).Status);
        Assert.Equal(HttpStatusCode.OK, (await App.MeAsync(second.Access)).Status);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions()
    {
        var own = await App.JoinAsync("change@example.org");
        var other = Tokens.Of(await App.LoginAsync("change@example.org"));
        Assert.Equal("is wrong", (await App.ChangePasswordAsync(own.Access, "something else", "a better password")).ErrorOf("current_password"));
        Assert.Equal("must have at least 8 characters", (await App.ChangePasswordAsync(own.Access, Client.Password, "short")).ErrorOf("new_password"));
        Assert.Equal(HttpStatusCode.NoContent, (await App.ChangePasswordAsync(own.Access, Client.Password, "a better password")).Status);

        Assert.Equal(HttpStatusCode.OK, (await App.MeAsync(own.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await App.RefreshAsync(own.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(other.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.RefreshAsync(other.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.LoginAsync("change@example.org")).Status);
        Assert.Equal(HttpStatusCode.OK, (await App.LoginAsync("change@example.org", "a better password")).Status);
    }

    [Fact]
    public async Task A_suspended_user_is_out_at_once_and_cannot_come_back()
    {
        var tokens = await App.JoinAsync("suspended@example.org");
        Assert.Equal(HttpStatusCode.OK, (await App.MeAsync(tokens.Access)).Status);
        await ChangeAsync("suspended@example.org", user => user.Status = "SUSPENDED");

        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(tokens.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.RefreshAsync(tokens.Refresh)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await App.LoginAsync("suspended@example.org")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.LoginAsync("suspended@example.org", "not the password")).Status);
    }

    [Fact]
    public async Task A_new_role_counts_at_once()
    {
        var tokens = await App.JoinAsync("promoted@example.org");
        await ChangeAsync("promoted@example.org", user => user.Role = "EDITOR");
        Assert.Equal("EDITOR", (await App.MeAsync(tokens.Access)).Json.GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_password_changed_past_the_application_ends_sessions_too()
    {
        var tokens = await App.JoinAsync("past@example.org");
        await ChangeAsync("past@example.org", user => user.PasswordHash = "another");
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(tokens.Access)).Status);
    }

    [Fact]
    public async Task A_deleted_user_is_nobody()
    {
        var tokens = await App.JoinAsync("deleted@example.org");
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            database.Remove(await database.Set<OwnUser>().SingleAsync(user => user.Email == "deleted@example.org", TestContext.Current.CancellationToken));
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await App.MeAsync(tokens.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.LoginAsync("deleted@example.org")).Status);
    }

    [Fact]
    public async Task A_hash_of_another_program_lets_nobody_in()
    {
        await App.RegisterAsync("legacy@example.org");
        await ChangeAsync("legacy@example.org", user => user.PasswordHash = "$2b$10$notbase64");
        Assert.Equal(HttpStatusCode.Unauthorized, (await App.LoginAsync("legacy@example.org")).Status);
    }

    [Fact]
    public async Task The_database_holds_no_password_and_no_token()
    {
        var tokens = await App.JoinAsync("secret@example.org");
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var user = await database.Set<OwnUser>().SingleAsync(user => user.Email == "secret@example.org", TestContext.Current.CancellationToken);
        var session = await database.Set<Session>().SingleAsync(session => session.UserId == user.Id.ToString(), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Client.Password, user.PasswordHash, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Family, tokens.Refresh, StringComparison.Ordinal);
        Assert.DoesNotContain(session.Secret, tokens.Refresh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/auth/login?next=/admin")]
    [InlineData("/api/auth/register?x=1")]
    public async Task An_unknown_parameter_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await App.PostAsync(path, """{"email":"p@example.org","password":"correct horse battery"}""")).Status);

    private async Task ChangeAsync(string email, Action<OwnUser> change)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        change(await database.Set<OwnUser>().SingleAsync(user => user.Email == email, TestContext.Current.CancellationToken));
        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    }
}

public sealed class SignInTestsOnSqlite(RunningApp app) : SignInTests(app), IClassFixture<RunningApp>;

[Trait("Category", "Integration")]
public sealed class SignInTestsOnPostgreSql(AppOnPostgreSql app) : SignInTests(app), IClassFixture<AppOnPostgreSql>;

[Trait("Category", "Integration")]
public sealed class SignInTestsOnMariaDb(AppOnMariaDb app) : SignInTests(app), IClassFixture<AppOnMariaDb>;
