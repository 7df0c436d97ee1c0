using SchemaDeploy.Deployment.Pipelines;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>The pipeline for GitLab.</summary>
public sealed class GitLabTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<string> Registries => Pipeline.Registries;

    // What stands for what, and what is told.
    public static TheoryData<string, string, string> Breaches => new()
    {
        { "      when: manual\n", "", "deploys without being approved" },
        { "environment: production\n", "environment: staging\n", "deploys without being approved" },
        { "resource_group: aws-production", "resource_group: aws", "may run twice at a time" },
        { "needs: [test]", "needs: [tests]", "cannot wait for tests" },
        { "needs: [build-image]", "needs: [aws-staging]", "cannot wait for aws-staging" },
        { "stage: scan\n", "stage: scans\n", "is in no stage" },
        { "docker:28.3-cli", "docker:cli", "names no version" },
        { "docker:28.3-dind]", "docker:latest]", "names no version" },
        { "extends: [.dotnet, .deployed]", "extends: .dotnet", "runs for merge requests" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Registries))]
    public void It_holds_to_what_is_safe(string registry)
    {
        Assert.Empty(GitLabPractices.Faults(Pipeline.Generate(PipelineSystem.GitLab, Pipeline.To(registry))));
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public void What_is_not_safe_is_told(string part, string other, string expected)
    {
        var pipeline = Pipeline.Generate(PipelineSystem.GitLab);
        Assert.Contains(part, pipeline, StringComparison.Ordinal);

        Assert.Contains(GitLabPractices.Faults(pipeline.Replace(part, other, StringComparison.Ordinal)), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task The_schema_of_GitLab_finds_nothing_and_would_tell()
    {
        var modules = await NpmPackage.InstallAsync("gitlab-ci-local@4.60.1");
        var pipeline = Pipeline.Generate(PipelineSystem.GitLab);
        foreach (var (registry, index) in Pipeline.Registries.Select((row, index) => (row.Data, index)))
        {
            Write($"good{index}.yml", Pipeline.Generate(PipelineSystem.GitLab, Pipeline.To(registry)));
        }

        Write("good-function.yml", Pipeline.Generate(PipelineSystem.GitLab, Pipeline.Options with { Targets = [DeployTarget.Vercel] }));
        Write("good-name.yml", Pipeline.Generate(PipelineSystem.GitLab, Pipeline.Options with { Project = "it's $HOME \"here\"/Shop.csproj" }));
        (string Part, string Other)[] wrong =
        [
            ("  script:", "  scripts:"),
            ("resource_group:", "resource_groups:"),
            ("when: manual", "when: manually"),
            ("expire_in: 1 day", "expires_in: 1 day"),
            ("dotenv: image.env", "dotenvs: image.env"),
            ("{ aud: sts.amazonaws.com }", "{ audience: sts.amazonaws.com }"),
            ("entrypoint: [\"\"]", "entrypoints: [\"\"]"),
            ("options: [", "choices: ["),
        ];
        foreach (var (index, (part, other)) in wrong.Index())
        {
            Assert.Contains(part, pipeline, StringComparison.Ordinal);
            Write($"wrong{index}.yml", pipeline.Replace(part, other, StringComparison.Ordinal));
        }

        var result = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Pipelines", "validate.mjs"), modules, .. Directory.GetFiles(_folder, "*.yml")]);

        Assert.True(result.ExitCode == 0, result.Error);
        var told = result.Output.Split('\n').Select(line => line.Split(' ')[0]).ToHashSet();
        Assert.DoesNotContain(told, file => file.StartsWith("good", StringComparison.Ordinal));
        Assert.All(wrong.Index(), item => Assert.True(told.Contains($"wrong{item.Index}.yml"), $"{item.Item} was not told."));
    }

    [Theory]
    [Trait("Category", "Integration")]
    [MemberData(nameof(Registries))]
    public async Task Shellcheck_finds_nothing(string registry)
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        var scripts = GitLabPractices.Scripts(Pipeline.Generate(PipelineSystem.GitLab, Pipeline.To(registry))).ToList();
        foreach (var (index, (job, text)) in scripts.Index())
        {
            // The image of docker has no bash.
            Write($"{index}.sh", $"#!/bin/{(job == "push" ? "dash" : "bash")}\nset -eo pipefail\n{text}\n");
        }

        // Settings come from the environment, which it does not see; GitLab sets pipefail by itself.
        var result = await Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2153,SC2154,SC2250,SC2310,SC2311,SC2312,SC3040", .. Directory.GetFiles(_folder, "*.sh")]);

        Assert.True(scripts.Count > 15 && result.ExitCode == 0, result.Output);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
