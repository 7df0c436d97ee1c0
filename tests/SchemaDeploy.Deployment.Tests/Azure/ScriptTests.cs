namespace SchemaDeploy.Deployment.Tests.Azure;

/// <summary>The bundle's scripts, carried out against an az that answers as Azure would.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests
{
    private const string Keeps = "Nothing was rolled out: shop-production--r1 goes on serving.";

    [Fact]
    public async Task Shellcheck_finds_nothing()
    {
        using var scripts = AzureScripts.New();

        var result = await scripts.ShellcheckAsync();

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task A_plan_asks_nobody()
    {
        using var scripts = AzureScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", "production", "--build", "--plan");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Environment: production, app shop-production of the resource group shop-production\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Fact]
    public async Task Requests_go_to_a_revision_that_is_healthy_on_a_database_that_is_migrated()
    {
        using var scripts = AzureScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", "production", "--build");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            [
                "containerapp list", "containerapp show", "containerapp show", "deployment group show base", "keyvault secret list", "dotnet publish", "deployment group create job", "containerapp job start",
                "containerapp job execution", "deployment group create app", "containerapp revision show", "containerapp ingress traffic", "containerapp revision deactivate", "containerapp show",
            ],
            scripts.Asked.Select(Step));
        // The new revision gets no requests before it is healthy; the one before is there to go back to.
        Assert.Contains("\"serving\": { \"value\": \"shop-production--r1\" }", scripts.Kept("app.json"), StringComparison.Ordinal);
        Assert.Contains("\"domains\": { \"value\": [{ \"name\": \"api.acme.org\", \"bindingType\": \"Auto\" }] }", scripts.Kept("app.json"), StringComparison.Ordinal);
        Assert.Matches("--revision-weight shop-production--r[0-9]{14}=100 ", scripts.Asked[^3]);
        Assert.Contains("--revision shop-production--r1 ", scripts.Asked[^2], StringComparison.Ordinal);
        Assert.Matches("(?m)^shop-production--r[0-9]{14} serves at https://shop-production.azurecontainerapps.io$", result.Output);
    }

    [Theory]
    [InlineData("containerapp list", "az login")]
    [InlineData("--query max_by", "which revision of shop-production serves")]
    [InlineData("deployment group show", "has no vault yet. Make it with ./secrets.sh production")]
    [InlineData("keyvault secret list", "which secrets there are")]
    [InlineData("dotnet publish", "the image was not built. " + Keeps)]
    [InlineData("--template-file job.bicep", "did not take the migration. " + Keeps)]
    [InlineData("job start", "the migration did not start. " + Keeps)]
    [InlineData("--template-file app.bicep", "did not take the application. " + Keeps)]
    public async Task Where_a_step_fails_none_follows(string step, string expected)
    {
        using var scripts = AzureScripts.Ready().Fail(step);

        var result = await scripts.RunAsync("deploy.sh", "production", "--build");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(step, scripts.Asked[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("ingress traffic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("job execution show", "Failed", "the migration did not succeed. " + Keeps, "containerapp job logs")]
    [InlineData("job execution show", "Running", "the migration did not succeed. " + Keeps, "containerapp job logs")]
    [InlineData("revision show", "Unhealthy", "does not become healthy. " + Keeps, "containerapp revision deactivate")]
    public async Task What_does_not_end_well_gets_no_requests(string question, string answer, string expected, string last)
    {
        using var scripts = AzureScripts.New().Answer(question, answer);
        using var ready = AzureScripts.Ready();
        scripts.TakeAnswersOf(ready);

        var result = await scripts.RunAsync("deploy.sh", "production", "DEPLOY_TIMEOUT=1", "DEPLOY_INTERVAL=0.2");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Equal(last, Step(scripts.Asked[^1]));
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("ingress traffic", StringComparison.Ordinal) || line.Contains("--revision shop-production--r1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_that_cannot_be_moved_go_back()
    {
        using var scripts = AzureScripts.Ready().Fail("--revision-weight shop-production--r2");

        var result = await scripts.RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("shop-production--r1 serves again", result.Error, StringComparison.Ordinal);
        Assert.Contains("--revision-weight shop-production--r1=100", scripts.Asked[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_revision_serves_at_once()
    {
        using var scripts = AzureScripts.Ready(serves: false);

        var result = await scripts.RunAsync("deploy.sh", "production");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches("\"serving\": { \"value\": \"shop-production--r[0-9]{14}\" }", scripts.Kept("app.json"));
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("ingress traffic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prodution", 2, "usage: ")]
    [InlineData("--pln", 2, "usage: ")]
    [InlineData("IMAGE=shop:1", 1, "shop:1 is in no registry. Name one that Azure Container Apps can pull from")]
    public async Task What_is_missing_or_unknown_is_told(string argument, int exitCode, string expected)
    {
        using var scripts = AzureScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", argument);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Fact]
    public async Task Secrets_go_into_the_vault_by_files_and_what_is_there_stays()
    {
        using var scripts = AzureScripts.New()
            .Answer("signed-in-user", "00000000-1")
            .Answer("deployment group create", "kv-shop\\n00000000-2")
            .Answer("keyvault secret list", "jwt-secret");

        var result = await scripts.RunAsync("secrets.sh", "production", "DATABASE_URL=postgres://app:a=b@db.example.com/shop?SslMode=Require");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            ["database-url", "admin-password"],
            scripts.Asked.Where(line => line.StartsWith("az keyvault secret set --vault-name kv-shop ", StringComparison.Ordinal)).Select(line => line.Split(' ')[7]));
        Assert.Equal("postgres://app:a=b@db.example.com/shop?SslMode=Require", scripts.Kept("database-url"));
        Assert.Matches("^[0-9a-f]{64}$", scripts.Kept("admin-password"));
        Assert.DoesNotContain(scripts.Kept("admin-password"), result.Output + string.Concat(scripts.Asked), StringComparison.Ordinal);
        Assert.Contains(scripts.Asked, line => line.Contains("operator=00000000-1 operatorType=User", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_nobody_has_given_is_asked_for()
    {
        using var scripts = AzureScripts.New().Answer("deployment group create", "kv-shop\\n00000000-2");

        var result = await scripts.RunAsync("secrets.sh", "staging", "OPERATOR=00000000-3");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("kv-shop has no database-url. Give it once: DATABASE_URL=… ./secrets.sh staging", result.Error, StringComparison.Ordinal);
        Assert.Contains(scripts.Asked, line => line.Contains("operator=00000000-3 operatorType=ServicePrincipal", StringComparison.Ordinal));
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("secret set", StringComparison.Ordinal));
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["az", "deployment", "group", "create", _, _, "--name", var name, ..] => $"deployment group create {name.Split('-')[0]}",
        ["az", "deployment", "group", "show", _, _, "--name", var name, ..] => $"deployment group show {name}",
        ["az", "containerapp", "list" or "show", ..] words => $"containerapp {words[2]}",
        ["az", var one, var two, var three, ..] => $"{one} {two} {three}",
        [var program, var verb, ..] => $"{program} {verb}",
        _ => line,
    };
}
