namespace SchemaDeploy.Deployment.Tests.Gcp;

/// <summary>The bundle's scripts, carried out against a gcloud that answers as Google Cloud would.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests
{
    [Fact]
    public async Task Shellcheck_finds_nothing()
    {
        using var scripts = GcpScripts.New();

        var result = await scripts.ShellcheckAsync();

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task A_plan_asks_nobody()
    {
        using var scripts = GcpScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", "production", "--build", "--plan");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Environment: production, service shop-production in europe-west1 of the project acme\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Fact]
    public async Task Traffic_moves_to_a_revision_that_is_ready_on_a_database_that_is_migrated()
    {
        using var scripts = GcpScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", "production", "--build");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            ["run services list", "secrets list", "versions", "versions", "versions", "versions", "publish", "run jobs replace", "run jobs execute", "run services replace", "run services update-traffic", "run services describe"],
            scripts.Asked.Select(Step));
        Assert.Contains(scripts.Asked, line => line.StartsWith("gcloud run jobs execute shop-production-migration --region=europe-west1 --wait ", StringComparison.Ordinal));
        Assert.Matches("--to-revisions=shop-production-[0-9]{14}=100 ", scripts.Asked[^2]);
        Assert.Matches("(?m)^shop-production-[0-9]{14} serves at https://shop-production-abc.run.app$", result.Output);
        Assert.Contains("--to-revisions=shop-production-1=100", result.Output, StringComparison.Ordinal);
        Assert.Matches("-p:DeployImage=registry.example.com/acme/shop:1.2.3-[0-9]{14}$", scripts.Asked.Single(line => line.StartsWith("dotnet ", StringComparison.Ordinal)));

        // The new revision gets no requests before it is ready.
        var service = scripts.Kept("service.yaml");
        Assert.Contains("- { revisionName: shop-production-1, percent: 100 }\n", service, StringComparison.Ordinal);
        Assert.Matches("(?m)^          image: registry.example.com/acme/shop:1.2.3-[0-9]{14}$", service);
        // A setting is the application's, quoted as YAML wants it.
        Assert.Contains("            - { \"name\": \"ADMIN_EMAIL\", \"value\": \"\\\"ada\\\\@acme.org\" }\n", service, StringComparison.Ordinal);
        Assert.DoesNotContain("GCP_", service, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run services list", "gcloud auth login")]
    [InlineData("secrets list", "which secrets there are")]
    [InlineData("secrets versions list", "which versions shop-production-database-url has")]
    [InlineData("dotnet publish", "the image was not built. Nothing was rolled out: shop-production-1 goes on serving.")]
    [InlineData("run jobs replace", "did not take the migration. Nothing was rolled out: shop-production-1 goes on serving.")]
    [InlineData("run jobs execute", "the migration did not succeed. Nothing was rolled out: shop-production-1 goes on serving.")]
    [InlineData("run services replace", "does not become ready. Nothing was rolled out: shop-production-1 goes on serving.")]
    public async Task Where_a_step_fails_no_traffic_moves(string step, string expected)
    {
        using var scripts = GcpScripts.Ready().Fail(step);

        var result = await scripts.RunAsync("deploy.sh", "production", "--build");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        var last = Assert.Single(scripts.Asked.Where(line => !line.StartsWith("gcloud logging", StringComparison.Ordinal)).TakeLast(1));
        Assert.Contains(step, last, StringComparison.Ordinal);
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("update-traffic", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Traffic_that_cannot_be_moved_goes_back()
    {
        using var scripts = GcpScripts.Ready().Fail("--to-revisions=shop-production-2");

        var result = await scripts.RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("shop-production-1 serves again", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            "gcloud run services update-traffic shop-production --region=europe-west1 --to-revisions=shop-production-1=100 --project=acme --quiet",
            scripts.Asked[^1]);
    }

    [Fact]
    public async Task The_first_revision_serves_at_once()
    {
        using var scripts = GcpScripts.Ready(traffic: "");

        var result = await scripts.RunAsync("deploy.sh", "production");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("In place of: nothing\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"- \{ revisionName: shop-production-[0-9]{14}, percent: 100 \}", scripts.Kept("service.yaml"));
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("update-traffic", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prodution", 2, "usage: ")]
    [InlineData("--pln", 2, "usage: ")]
    [InlineData("IMAGE=shop:1", 1, "shop:1 is in no registry. Name one that Cloud Run can pull from")]
    [InlineData("IMAGE=gcr.io/shop", 1, "IMAGE=gcr.io/shop has no tag.")]
    public async Task What_is_missing_or_unknown_is_told(string argument, int exitCode, string expected)
    {
        using var scripts = GcpScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", argument);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Theory]
    [InlineData("GCP_PROJECT=", "GCP_PROJECT=", "names no GCP_PROJECT")]
    [InlineData("ADMIN_EMAIL=", "ADMIN_EMAIL=admin@example.com", "still speaks of example.com")]
    public async Task An_environment_that_nobody_has_completed_is_refused(string start, string line, string expected)
    {
        using var scripts = GcpScripts.Ready();
        scripts.Set(start, line);

        var result = await scripts.RunAsync("deploy.sh", "staging");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_asked_for()
    {
        using var scripts = GcpScripts.New().Answer("secrets list", "shop-production-jwt-secret");

        var deployed = await scripts.RunAsync("deploy.sh", "production");
        var made = await scripts.RunAsync("secrets.sh", "production");

        Assert.Contains("the secret shop-production-database-url is missing. Make it with ./secrets.sh production", deployed.Error, StringComparison.Ordinal);
        Assert.Contains("Give it once: DATABASE_URL=… ./secrets.sh production", made.Error, StringComparison.Ordinal);
        Assert.All(scripts.Asked, line => Assert.Contains(" list ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_of_its_own_may_read_its_secrets_and_use_its_database_and_no_more()
    {
        using var scripts = GcpScripts.New().Answer("secrets list", "shop-production-jwt-secret");
        scripts.Set("GCP_SQL_INSTANCE=", "GCP_SQL_INSTANCE=data:europe-west1:main");

        var result = await scripts.RunAsync("secrets.sh", "production", "DATABASE_URL=postgres://app:a=b@localhost/shop?Host=/cloudsql/data:europe-west1:main");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["admin-password", "database-url"], scripts.Values.Select(value => value.Asked.Split(' ')[3]["shop-production-".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal("postgres://app:a=b@localhost/shop?Host=/cloudsql/data:europe-west1:main", scripts.Values[0].Text);
        Assert.Matches("^[0-9a-f]{64}$", scripts.Values[1].Text);
        Assert.DoesNotContain(scripts.Values[1].Text, result.Output + string.Concat(scripts.Asked), StringComparison.Ordinal);
        Assert.Contains(scripts.Asked, line => line.StartsWith("gcloud iam service-accounts create shop-production ", StringComparison.Ordinal));
        var rights = scripts.Asked.Where(line => line.Contains("add-iam-policy-binding", StringComparison.Ordinal)).ToList();
        Assert.All(rights, line => Assert.Contains("--member=serviceAccount:shop-production@acme.iam.gserviceaccount.com ", line, StringComparison.Ordinal));
        Assert.Equal(
            ["secrets shop-production-database-url", "secrets shop-production-jwt-secret", "secrets shop-production-admin-password", "projects data"],
            rights.Select(line => line.Split(' ') is var words ? $"{words[1]} {words[3]}" : ""));
        Assert.Contains("--role=roles/cloudsql.client", rights[^1], StringComparison.Ordinal);
        Assert.Contains("resource.name == 'projects/data/instances/main'", rights[^1], StringComparison.Ordinal);
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["gcloud", "secrets", "versions", ..] => "versions",
        ["gcloud", "secrets", ..] => "secrets list",
        ["gcloud", var one, var two, var three, ..] => $"{one} {two} {three}",
        [_, var verb, ..] => verb,
        _ => line,
    };
}
