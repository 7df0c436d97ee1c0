using SchemaDeploy.Deployment.Pipelines;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>The scripts in GitLab's pipeline, carried out against programs that answer as the real ones would.</summary>
[Trait("Category", "Integration")]
public sealed class GitLabScriptTests : IDisposable
{
    private const string None = "0000000000000000000000000000000000000000";

    private readonly PipelinePrograms _programs = new();

    public void Dispose() => _programs.Dispose();

    [Theory]
    [InlineData("HEAD^", None, "", "HEAD^", "false")]
    [InlineData("HEAD^", None, "bug,allow-data-loss", "HEAD^", "true")]
    [InlineData("HEAD^", None, "do-not-allow-data-loss", "HEAD^", "false")]
    [InlineData("", "HEAD", "", "HEAD", "false")]
    // Run by hand: there was no push.
    [InlineData("", None, "", "HEAD^", "false")]
    // Not found, which is not new: a branch that was pushed by force.
    [InlineData("", "1111111111111111111111111111111111111111", "", "1111111111111111111111111111111111111111", "false")]
    // There was no such project.
    [InlineData("HEAD^^", None, "", "", "")]
    public async Task A_schema_is_compared_with_the_one_before(string mergeBase, string pushed, string labels, string before, string allowed)
    {
        var source = await _programs.MakeRepositoryAsync();

        var result = await RunAsync(
            "test", "SchemaDiff", source, $"CI_MERGE_REQUEST_DIFF_BASE_SHA={mergeBase}", $"CI_COMMIT_BEFORE_SHA={pushed}", $"CI_MERGE_REQUEST_LABELS={labels}", "ALLOW_DATA_LOSS=false");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(before.Length > 0 ? [$"dotnet build src/Shop/Shop.csproj -t:SchemaDiff -p:SchemaDiffFrom={before} -p:SchemaDiffAllowDataLoss={allowed}"] : [], _programs.Asked);
    }

    [Theory]
    [InlineData("ghcr.io", "--username CI ")]
    [InlineData("registry.gitlab.com", "--username acme ")]
    public async Task What_was_scanned_is_pushed_and_the_password_goes_to_its_registry_alone(string own, string expected)
    {
        var result = await RunAsync("push", "docker push", _programs.Folder, "REGISTRY=ghcr.io", $"CI_REGISTRY={own}", "CI_REGISTRY_USER=CI", "CI_REGISTRY_PASSWORD=own", "REGISTRY_USERNAME=acme", "REGISTRY_PASSWORD=other", "CI_COMMIT_SHA=0123456789abcdef");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(expected, _programs.Asked[0], StringComparison.Ordinal);
        Assert.Equal(["docker push ghcr.io/acme/shop:1.2.3-0123456789ab"], _programs.Asked.Where(line => line.StartsWith("docker push", StringComparison.Ordinal)));
        Assert.Equal("IMAGE=ghcr.io/acme/shop@sha256:abc\n", File.ReadAllText(Path.Combine(_programs.Folder, "image.env")));
    }

    [Theory]
    [InlineData("aws", "deploy.sh")]
    [InlineData("azure", "az az deploy.sh")]
    [InlineData("gcp", "gcloud gcloud deploy.sh")]
    [InlineData("k8s", "deploy.sh")]
    [InlineData("vercel", "npm deploy.sh")]
    [InlineData("netlify", "npm deploy.sh")]
    public async Task Who_has_signed_in_deploys(string target, string expected)
    {
        var result = await RunAsync($"{target}-production", "deploy.sh", _programs.Folder, "CLOUD_TOKEN=token");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(expected, _programs.Order);
        Assert.Equal("deploy.sh production", _programs.Asked[^1]);
    }

    [Theory]
    [InlineData("azure", "az login")]
    [InlineData("gcp", "auth login")]
    [InlineData("vercel", "npm install")]
    public async Task Who_cannot_sign_in_deploys_nothing(string target, string step)
    {
        _programs.Fail(step);

        var result = await RunAsync($"{target}-production", "deploy.sh", _programs.Folder, "CLOUD_TOKEN=token");

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain(_programs.Asked, line => line.StartsWith("deploy.sh", StringComparison.Ordinal));
    }

    private Task<Command.Result> RunAsync(string job, string words, string folder, params string[] variables) => _programs.RunAsync(
        GitLabPractices.Scripts(Pipeline.Generate(PipelineSystem.GitLab)).Single(script => script.Job == job && script.Text.Contains(words, StringComparison.Ordinal)).Text, folder, variables);
}
