using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SchemaDeploy.AspNetCore.Authentication;
using SchemaDeploy.AspNetCore.Tests.App;

namespace SchemaDeploy.AspNetCore.Tests.Authentication;

public sealed class ExternalTests(IdentityProvider provider) : IClassFixture<IdentityProvider>
{
    private static readonly string[] s_roles = ["EDITOR", "admin"];

    [Fact]
    public async Task Whom_the_provider_knows_becomes_a_user_and_stays_the_same_one()
    {
        await using var app = await StartAsync();
        var first = await app.MeAsync(provider.Issue("p1", "Polly@example.org"));
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal("polly@example.org", first.Json.GetProperty("email").GetString());
        Assert.Equal("USER", first.Json.GetProperty("role").GetString());

        // The provider's name for a person counts, whatever becomes of the e-mail.
        var later = await app.MeAsync(provider.Issue("p1", "married@example.org"));
        Assert.Equal(first.Json.GetProperty("id").GetString(), later.Json.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Many_first_requests_at_once_make_one_user()
    {
        await using var app = await StartAsync();
        var token = provider.Issue("many", "many@example.org");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.MeAsync(token)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetString()).Distinct());
    }

    [Fact]
    public async Task A_user_with_the_email_is_found_if_the_provider_has_verified_it()
    {
        await using var app = await StartAsync();
        var local = await app.RegisterAsync("both@example.org");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(provider.Issue("p2", "both@example.org", isVerified: false))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(provider.Issue("p2"))).Status);
        var external = await app.MeAsync(provider.Issue("p2", "both@example.org"));
        Assert.Equal(local.Json.GetProperty("id").GetString(), external.Json.GetProperty("id").GetString());
        Assert.Equal("ADMIN", external.Json.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Whoever_registered_an_email_before_its_owner_came_is_out()
    {
        await using var app = await StartAsync();
        var squatter = await app.JoinAsync("victim@example.org");
        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(squatter.Access)).Status);

        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(provider.Issue("p8", "victim@example.org"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(squatter.Access)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync("victim@example.org")).Status);
    }

    [Fact]
    public async Task A_row_is_one_persons_at_a_provider()
    {
        await using var app = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(provider.Issue("p9", "taken@example.org"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(provider.Issue("p10", "taken@example.org"))).Status);
    }

    [Fact]
    public async Task Tokens_of_both_kinds_are_taken_and_no_others()
    {
        await using var app = await StartAsync();
        var own = await app.JoinAsync("own@example.org");
        using var other = RSA.Create(2048);
        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(own.Access)).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(provider.Issue("p3", "p3@example.org"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(provider.Issue("p3", "p3@example.org", audience: "another"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(provider.Issue("p3", "p3@example.org", key: other))).Status);

        await using var alone = new RunningApp();
        await alone.InitializeAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await alone.MeAsync(provider.Issue("p3", "p3@example.org"))).Status);
    }

    [Fact]
    public async Task The_provider_gives_roles_where_the_configuration_says_so()
    {
        await using var app = await StartAsync("--Auth:RoleClaim=roles");
        Assert.Equal("ADMIN", (await app.MeAsync(provider.Issue("p4", "p4@example.org", roles: s_roles))).Json.GetProperty("role").GetString());
        Assert.Equal("EDITOR", (await app.MeAsync(provider.Issue("p4", "p4@example.org", roles: "EDITOR"))).Json.GetProperty("role").GetString());
        Assert.Equal("USER", (await app.MeAsync(provider.Issue("p4", "p4@example.org"))).Json.GetProperty("role").GetString());

        await using var without = await StartAsync();
        Assert.Equal("USER", (await without.MeAsync(provider.Issue("p4", "p4@example.org", roles: "ADMIN"))).Json.GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_suspended_user_is_out_whatever_the_provider_says()
    {
        await using var app = await StartAsync();
        var token = provider.Issue("p5", "p5@example.org");
        Assert.Equal(HttpStatusCode.OK, (await app.MeAsync(token)).Status);
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<AppDbContext>();
            (await database.Set<OwnUser>().SingleAsync(user => user.Email == "p5@example.org", TestContext.Current.CancellationToken)).Status = "SUSPENDED";
            await database.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(token)).Status);
    }

    [Fact]
    public async Task The_operators_admin_is_not_whom_the_provider_calls_so()
    {
        await using var app = await StartAsync("--ADMIN_EMAIL=boss@example.org", "--ADMIN_PASSWORD=from the operator");
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.MeAsync(provider.Issue("p6", "boss@example.org"))).Status);
    }

    [Fact]
    public async Task Nobody_signs_in_by_password_who_has_none()
    {
        await using var app = await StartAsync();
        await app.MeAsync(provider.Issue("p7", "p7@example.org"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.LoginAsync("p7@example.org")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await app.RegisterAsync("p7@example.org")).Status);
    }

    private async Task<RunningApp> StartAsync(params string[] arguments)
    {
        var app = new RunningApp { Arguments = [$"--Auth:Authority={provider.Address}", .. arguments] };
        await app.InitializeAsync();
        return app;
    }
}
