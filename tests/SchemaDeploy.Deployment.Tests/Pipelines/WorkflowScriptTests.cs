using SchemaDeploy.Deployment.Pipelines;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>The scripts in the workflow, carried out as GitHub does it, against programs that answer as the real ones would.</summary>
[Trait("Category", "Integration")]
public sealed class WorkflowScriptTests : IDisposable
{
    private readonly PipelinePrograms _programs = new();

    public void Dispose() => _programs.Dispose();

    [Theory]
    [InlineData("HEAD^", true)]
    [InlineData("HEAD", true)]
    // Not found, which is not new: a branch that was pushed by force.
    [InlineData("1111111111111111111111111111111111111111", true)]
    // The first push of a branch.
    [InlineData("0000000000000000000000000000000000000000", false)]
    // There was no such project.
    [InlineData("HEAD^^", false)]
    public async Task A_schema_is_compared_with_the_one_before(string before, bool compares)
    {
        var source = await _programs.MakeRepositoryAsync();

        var result = await RunAsync("test", "Compare the schema with the one before", source, $"BEFORE={before}", "ALLOW_DATA_LOSS=false");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(compares ? [$"dotnet build src/Shop/Shop.csproj -t:SchemaDiff -p:SchemaDiffFrom={before} -p:SchemaDiffAllowDataLoss=false"] : [], _programs.Asked);
    }

    [Fact]
    public async Task What_was_scanned_is_pushed_and_named_by_its_digest()
    {
        var result = await RunAsync("image", "Push the image", _programs.Folder, "REGISTRY=ghcr.io", "REGISTRY_PASSWORD=password");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            [
                "docker login --username acme --password-stdin ghcr.io", "docker load --input artifacts/image.tar",
                "docker tag acme/shop:1.2.3-0123456789ab ghcr.io/acme/shop:1.2.3-0123456789ab", "docker push ghcr.io/acme/shop:1.2.3-0123456789ab",
                "docker image inspect --format {{range .RepoDigests}}{{println .}}{{end}} ghcr.io/acme/shop:1.2.3-0123456789ab",
            ],
            _programs.Asked);
        Assert.Equal(["image=ghcr.io/acme/shop@sha256:abc", "digest=sha256:abc"], File.ReadAllLines(Path.Combine(_programs.Folder, "output")));
    }

    [Theory]
    [InlineData("aws", "curl aws deploy.sh")]
    [InlineData("azure", "curl az az deploy.sh")]
    [InlineData("gcp", "curl gcloud gcloud deploy.sh")]
    [InlineData("k8s", "deploy.sh")]
    [InlineData("vercel", "npm deploy.sh")]
    [InlineData("netlify", "npm deploy.sh")]
    public async Task Who_has_signed_in_deploys(string target, string expected)
    {
        var result = await RunAsync($"{target}-staging", "Migrate and deploy", _programs.Folder, "AWS_REGION=eu-west-1", "AWS_ROLE=role", "GCP_WORKLOAD_IDENTITY_PROVIDER=pool", "KUBE_CONFIG=config");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected, _programs.Order);
        Assert.Equal("deploy.sh staging", _programs.Asked[^1]);
    }

    [Theory]
    [InlineData("aws", "curl")]
    [InlineData("aws", "jq")]
    [InlineData("aws", "assume-role-with-web-identity")]
    [InlineData("azure", "az login")]
    [InlineData("azure", "az account set")]
    [InlineData("gcp", "create-cred-config")]
    [InlineData("gcp", "auth login")]
    [InlineData("vercel", "npm install")]
    public async Task Who_cannot_sign_in_deploys_nothing(string target, string step)
    {
        _programs.Fail(step);

        var result = await RunAsync($"{target}-production", "Migrate and deploy", _programs.Folder);

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain(_programs.Asked, line => line.StartsWith("deploy.sh", StringComparison.Ordinal));
    }

    private Task<Command.Result> RunAsync(string job, string step, string folder, params string[] variables) => _programs.RunAsync(
        WorkflowPractices.Scripts(Pipeline.Generate(PipelineSystem.GitHub)).Single(script => script.Job == job && script.Name == step).Text, folder,
        [$"GITHUB_OUTPUT={Path.Combine(_programs.Folder, "output")}", "GITHUB_SHA=0123456789abcdef", "GITHUB_ACTOR=acme", .. variables]);
}
