using System.Diagnostics;
using SchemaDeploy.Security.Tests.Apps;

namespace SchemaDeploy.Security.Tests.Owasp;

/// <summary>API2:2023, broken authentication. Wrong tokens are tried at every route in <see cref="RouteTests"/>.</summary>
[Trait("Category", "Integration")]
public class Api02AuthenticationTests
{
    public static TheoryData<Database> All => Databases.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_wrong_password_and_an_unknown_email_are_answered_alike(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var user = await Session.RegisterAsync(api.Client);
        var (wrong, wrongTime) = await TimeAsync(() => LoginAsync(api, user.Email, "not the password"));
        var (unknown, unknownTime) = await TimeAsync(() => LoginAsync(api, $"{Guid.NewGuid():N}@example.com", "not the password"));

        Assert.Equal((401, wrong.Text), (unknown.Code, unknown.Text));
        // A password is hashed for both; the times of a busy machine differ, but not tenfold, as they would without.
        Assert.InRange(unknownTime / wrongTime, 0.1, 10);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Weak_passwords_are_refused(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        foreach (var password in new[] { "short", "password", "12345678", "qwertyuiop", "Password1", "        ", "abababababab", "", new string('x', 100_000) })
        {
            var answer = await api.Anonymous.PostAsync("/api/auth/register", $$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"{{password}}"}""");
            Assert.True(answer.Code is >= 400 and < 500, $"{password}: {answer.Code}");
            answer.ExpectRefusalOf("password");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_email_is_one_person_however_it_is_written(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var user = await Session.RegisterAsync(api.Client, email: $"Person.{Guid.NewGuid():N}@Example.com");

        (await api.Anonymous.PostAsync("/api/auth/register", $$"""{"email":"{{user.Email.ToUpperInvariant()}}","password":"{{Session.Password}}"}""")).Expect(409);
        Assert.Equal(user.Id, (await Session.LoginAsync(api.Client, user.Email.ToLowerInvariant())).Id);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_refresh_token_that_was_used_ends_the_whole_session(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var user = await Session.RegisterAsync(api.Client);
        var next = (await RefreshAsync(api, user.RefreshToken)).Expect(200);

        (await RefreshAsync(api, user.RefreshToken)).Expect(401);
        (await RefreshAsync(api, next["refresh_token"])).Expect(401);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        (await user.With(next["access_token"]).GetAsync("/api/auth/me")).Expect(401);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Of_many_who_refresh_with_one_token_at_most_one_gets_through(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var user = await Session.RegisterAsync(api.Client);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefreshAsync(api, user.RefreshToken)));

        Assert.InRange(answers.Count(answer => answer.Code == 200), 0, 1);
        Assert.All(answers.Where(answer => answer.Code != 200), answer => answer.Expect(401));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Logging_out_and_a_new_password_end_sessions(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        var user = await Session.RegisterAsync(api.Client);
        var other = await Session.LoginAsync(api.Client, user.Email);
        var third = await Session.LoginAsync(api.Client, user.Email);

        (await other.PostAsync("/api/auth/logout", $$"""{"refresh_token":"{{other.RefreshToken}}"}""")).Expect(204);
        (await user.PostAsync("/api/auth/password", $$"""{"current_password":"{{Session.Password}}","new_password":"{{Session.Password}}, changed"}""")).Expect(204);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);

        (await other.GetAsync("/api/auth/me")).Expect(401);
        (await third.GetAsync("/api/auth/me")).Expect(401);
        (await RefreshAsync(api, third.RefreshToken)).Expect(401);
        (await LoginAsync(api, user.Email, Session.Password)).Expect(401);
        (await LoginAsync(api, user.Email, Session.Password + ", changed")).Expect(200);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Nobody_registers_as_admin(Database database)
    {
        var api = await SecuredApi.SampleAsync(database);
        foreach (var field in new[] { "\"role\":\"ADMIN\"", "\"status\":\"SUSPENDED\"", "\"password_hash\":\"x\"", "\"id\":1", "\"is_admin\":true", "\"created_at\":\"2020-01-01T00:00:00Z\"" })
        {
            var answer = await api.Anonymous.PostAsync(
                "/api/auth/register", $$"""{"email":"{{Guid.NewGuid():N}}@example.com","password":"{{Session.Password}}",{{field}}}""");
            Assert.True(answer.Code is >= 400 and < 500, $"{field}: {answer.Code} {answer.Text}");
            answer.ExpectRefusalOf(field.Split('"')[1]);
        }
    }

    private static Task<Answer> LoginAsync(SecuredApi api, string email, string password) =>
        api.Anonymous.PostAsync("/api/auth/login", $$"""{"email":"{{email}}","password":"{{password}}"}""");

    private static Task<Answer> RefreshAsync(SecuredApi api, string token) =>
        api.Anonymous.PostAsync("/api/auth/refresh", $$"""{"refresh_token":"{{token}}"}""");

    private static async Task<(Answer Answer, double Seconds)> TimeAsync(Func<Task<Answer>> send)
    {
        await send();
        var clock = Stopwatch.StartNew();
        var answer = await send();
        return (answer, clock.Elapsed.TotalSeconds);
    }
}
