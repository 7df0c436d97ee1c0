namespace SchemaDeploy.Deployment.Tests.Aws;

/// <summary>The bundle's scripts, carried out against an aws and a docker that answer as AWS would.</summary>
[Trait("Category", "Integration")]
public sealed class ScriptTests
{
    private const string Keeps = "Nothing was rolled out: arn:aws:ecs:task-definition/shop-production:7 goes on serving.";

    [Fact]
    public async Task Shellcheck_finds_nothing()
    {
        using var scripts = AwsScripts.New();

        var result = await scripts.ShellcheckAsync();

        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task A_plan_asks_nobody()
    {
        using var scripts = AwsScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", "production", "--build", "--plan");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Environment: production, service shop-production in eu-west-1\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Fact]
    public async Task The_service_is_updated_on_a_database_that_is_migrated()
    {
        using var scripts = AwsScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            [
                "cloudformation describe-stacks", "cloudformation describe-stacks", "cloudformation describe-stacks", "cloudformation describe-stacks", "secretsmanager list-secrets",
                "image inspect", "ecr get-login-password", "login --username", "push 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1",
                "deploy shop-production-migration", "cloudformation describe-stacks", "ecs run-task", "ecs wait", "ecs describe-tasks",
                "deploy shop-production", "cloudformation describe-stacks", "ecs update-service", "ecs wait",
            ],
            scripts.Asked.Select(Step));
        Assert.Contains(scripts.Values, value => value is ("docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com", "token"));
        Assert.Contains(scripts.Asked, line => line.Contains("subnets=[subnet-3,subnet-4],securityGroups=[sg-1],assignPublicIp=DISABLED", StringComparison.Ordinal));
        Assert.Contains(scripts.Asked, line => line.Contains("Image=123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1 HasRedisUrl=true Subnets=subnet-3,subnet-4", StringComparison.Ordinal));
        // The stack was as it is, so that the service is started anew, for secrets.
        Assert.Contains(scripts.Asked, line => line.StartsWith("aws ecs update-service --cluster shop-production --service shop-production --force-new-deployment", StringComparison.Ordinal));
        Assert.Contains("            - { \"Name\": \"ADMIN_EMAIL\", \"Value\": \"\\\"ada\\\\@acme.org\" }\n", scripts.Kept("app.yaml"), StringComparison.Ordinal);
        Assert.EndsWith("serves at shop.elb.amazonaws.com\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_this_source_is_built_into_the_registry()
    {
        using var scripts = AwsScripts.Ready(serves: false);

        var result = await scripts.RunAsync("deploy.sh", "production", "--build");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("In place of: nothing\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(scripts.Asked, line => line.StartsWith("dotnet publish ../../Shop.csproj ", StringComparison.Ordinal));
        Assert.DoesNotContain(scripts.Asked, line => line.StartsWith("docker push", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("OutputKey=='Cluster'", "aws configure")]
    [InlineData("StackName=='shop-production'.", "what runs in shop-production", "StackName=='shop-production']")]
    [InlineData("list-secrets", "which secrets there are")]
    [InlineData("get-login-password", "the image was not pushed. " + Keeps)]
    [InlineData("docker login", "the image was not pushed. " + Keeps)]
    [InlineData("docker push", "the image was not pushed. " + Keeps)]
    [InlineData("deploy --stack-name shop-production-migration", "did not take the migration. " + Keeps)]
    [InlineData("StackName=='shop-production-migration'", "what the migration is. " + Keeps)]
    [InlineData("ecs run-task", "the migration did not start. " + Keeps)]
    [InlineData("wait tasks-stopped", "the migration does not end. " + Keeps)]
    [InlineData("describe-tasks", "how the migration ended. " + Keeps)]
    public async Task Where_a_step_fails_none_follows(string step, string expected, string? words = null)
    {
        using var scripts = AwsScripts.Ready().Fail(words ?? step);

        var result = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(words ?? step, scripts.Asked[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("deploy shop-production", scripts.Asked.Select(Step));
    }

    [Fact]
    public async Task An_image_that_is_not_built_is_not_rolled_out()
    {
        using var scripts = AwsScripts.Ready().Fail("dotnet publish");

        var result = await scripts.RunAsync("deploy.sh", "production", "--build");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the image was not pushed. " + Keeps, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("dotnet publish", scripts.Asked[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_for_which_there_is_no_room_ends_it()
    {
        using var ready = AwsScripts.Ready();
        using var scripts = AwsScripts.New().Answer("ecs run-task", "None");
        scripts.TakeAnswersOf(ready);

        var result = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("there is no room for the migration. " + Keeps, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("deploy shop-production", scripts.Asked.Select(Step));
    }

    [Theory]
    [InlineData("ecs update-service", "the service was not started anew. " + Keeps)]
    [InlineData("wait services-stable", "the tasks of shop-production do not settle")]
    public async Task What_fails_after_the_stack_was_updated_is_told(string step, string expected)
    {
        using var scripts = AwsScripts.Ready().Fail(step);

        var result = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(step, scripts.Asked[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_migration_that_fails_ends_it_and_nothing_is_rolled_out()
    {
        using var scripts = AwsScripts.Ready(exitCode: "1");

        var result = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the migration did not succeed. " + Keeps, result.Error, StringComparison.Ordinal);
        Assert.StartsWith("aws logs tail /ecs/shop-production --log-stream-names migration/migration/abc ", scripts.Asked[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("deploy shop-production", scripts.Asked.Select(Step));
    }

    [Fact]
    public async Task Tasks_that_do_not_become_healthy_end_the_update_which_goes_back()
    {
        using var scripts = AwsScripts.Ready().Fail("deploy --stack-name shop-production --");

        var result = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the new tasks do not become healthy. " + Keeps, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(scripts.Asked, line => line.Contains("update-service", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("prodution", 2, "usage: ")]
    [InlineData("IMAGE=shop:1", 1, "shop:1 is in no registry. Name one that ECS can pull from")]
    public async Task What_is_missing_or_unknown_is_told(string argument, int exitCode, string expected)
    {
        using var scripts = AwsScripts.Ready();

        var result = await scripts.RunAsync("deploy.sh", argument);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.Empty(scripts.Asked);
    }

    [Fact]
    public async Task A_database_that_nobody_has_named_is_asked_for()
    {
        using var scripts = AwsScripts.New().Answer("OutputKey=='Cluster'", "\"shop-production\"").Answer("list-secrets", "[]");

        var result = await scripts.RunAsync("deploy.sh", "production");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the secret shop-production/database-url is empty. Write it with ./secrets.sh production", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_there_is_before_is_made_and_secrets_go_by_files()
    {
        using var scripts = AwsScripts.New();
        scripts.Set("AWS_REDIS=", "AWS_REDIS=true");

        var result = await scripts.RunAsync("secrets.sh", "production", "DATABASE_URL=postgres://app:a=b@db.example.com/shop");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["deploy shop-production-base", "secretsmanager put-secret-value"], scripts.Asked.Select(Step));
        Assert.Contains("Vpc=vpc-1 PublicSubnets=subnet-1,subnet-2 Subnets=subnet-3,subnet-4 ", scripts.Asked[0], StringComparison.Ordinal);
        Assert.Contains("HasOwnRedis=true RedisType=cache.t4g.micro HasOwnDatabase=false ", scripts.Asked[0], StringComparison.Ordinal);
        Assert.Equal("postgres://app:a=b@db.example.com/shop", scripts.Kept("database-url"));
        Assert.DoesNotContain("a=b", string.Concat(scripts.Asked), StringComparison.Ordinal);
    }

    private static string Step(string line) => line.Split(' ') switch
    {
        ["aws", "cloudformation", "deploy", "--stack-name", var stack, ..] => $"deploy {stack}",
        [_, var one, var two, ..] => $"{one} {two}",
        _ => line,
    };
}
