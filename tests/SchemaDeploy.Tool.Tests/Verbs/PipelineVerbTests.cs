namespace SchemaDeploy.Tool.Tests.Verbs;

public sealed class PipelineVerbTests
{
    [Fact]
    public void It_lies_at_the_top_of_the_repository_and_works_from_there()
    {
        using var run = Repository();

        Assert.Equal(0, Write(run, "--target=k8s"));

        Assert.Empty(run.Lines);
        var workflow = Workflow(run);
        Assert.Contains("  APP_PROJECT: \"src/Shop/Shop.csproj\"\n  APP_BUILD: \"All.slnx\"\n", workflow, StringComparison.Ordinal);
        Assert.Contains("          BUNDLE: \"src/Shop/deploy/k8s\"\n", workflow, StringComparison.Ordinal);
        Assert.Contains("          dotnet-version: 10.0.x\n", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_single_solution_is_nearest_the_project_is_built()
    {
        using var run = Repository();
        run.Write("src/One.sln", "");
        run.Write("src/Two.sln", "");

        Assert.Equal(0, Write(run, "--target=k8s"));

        Assert.Contains("  APP_BUILD: \"src/Shop/Shop.csproj\"\n", Workflow(run), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_changed_by_hand_is_kept_beside_it()
    {
        using var run = Repository();
        Write(run, "--target=k8s");
        var generated = Workflow(run);
        Assert.Equal(0, Write(run, "--target=k8s"));
        Assert.Empty(run.Lines);
        run.Write(".github/workflows/deploy.yml", "mine");

        Assert.Equal(0, Write(run, "--target=k8s"));

        Assert.Contains("warning SD4010", Assert.Single(run.Lines), StringComparison.Ordinal);
        Assert.Equal(generated, Workflow(run));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(run.Directory, ".github", "workflows", "deploy.yml.edited")));
    }

    [Fact]
    public void One_for_each_system_knows_what_it_has_written()
    {
        using var run = Repository();

        Assert.Equal(0, Write(run, "--for=gitlab", "--target=k8s"));
        Assert.Equal(0, Write(run, "--for=gitlab", "--target=k8s", "--branch=release"));

        Assert.Empty(run.Lines);
        Assert.Contains("CI_COMMIT_BRANCH == \"release\"", File.ReadAllText(Path.Combine(run.Directory, ".gitlab-ci.yml")), StringComparison.Ordinal);
        Assert.Contains("branches: [\"release\"]", Workflow(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--image=acme/shop", "SD4028", "names no registry")]
    [InlineData("--image=ghcr.io/acme/shop:latest", "SD4003", "another image every time")]
    [InlineData("--branch=release/*", "SD4030", "'release/*'")]
    [InlineData("--target=k8", "SD4001", "Did you mean 'K8s'?")]
    [InlineData("--for=githb", "SD4026", "Did you mean 'GitHub'?")]
    [InlineData("--output=../deploy", "SD4029", "deploy is in no git repository")]
    public void What_cannot_be_made_is_refused_and_nothing_is_written(string option, string code, string expected)
    {
        using var run = Repository();

        Assert.Equal(1, Write(run, "--target=gcp", option.Replace("../", "../../../", StringComparison.Ordinal)));

        Assert.Contains(run.Lines, line => line.Contains($"error {code}: ", StringComparison.Ordinal) && line.Contains(expected, StringComparison.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(run.Directory, ".github")));
    }

    [Fact]
    public void Nowhere_to_deploy_to_and_no_repository_are_told()
    {
        using var run = Repository();
        Assert.Equal(1, Write(run));
        Assert.Contains("error SD4027", Assert.Single(run.Lines), StringComparison.Ordinal);

        Directory.Delete(Path.Combine(run.Directory, ".git"));
        Assert.Equal(1, Write(run, "--target=k8s"));
        Assert.Contains("error SD4029", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    private static ToolRun Repository()
    {
        var run = new ToolRun();
        Directory.CreateDirectory(Path.Combine(run.Directory, ".git"));
        run.Write("All.slnx", "");
        run.Write("src/Shop/Shop.csproj", "");
        return run;
    }

    private static int Write(ToolRun run, params string[] options) => run.Run(
        [
            "pipeline", $"--project={Path.Combine(run.Directory, "src", "Shop", "Shop.csproj")}", "--assembly-name=Shop", "--output=deploy", "--dotnet-version=10.0",
            "--version=1.2.3", "--image=ghcr.io/acme/shop", "--branch=main", "--for=github", .. options,
        ]);

    private static string Workflow(ToolRun run) => File.ReadAllText(Path.Combine(run.Directory, ".github", "workflows", "deploy.yml"));
}
