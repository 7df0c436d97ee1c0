using SchemaDeploy.Deployment.Pipelines;

namespace SchemaDeploy.Deployment.Tests.Pipelines;

/// <summary>The scripts in the workflow, carried out as GitHub does it, against programs that answer as the real ones would.</summary>
[Trait("Category", "Integration")]
public sealed class WorkflowScriptTests : IDisposable
{
    private static readonly string[] s_programs = ["aws", "az", "curl", "docker", "dotnet", "gcloud", "jq", "npm"];

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public WorkflowScriptTests()
    {
        Assert.SkipUnless(Command.Exists("bash") && Command.Exists("git"), "bash or git is not installed.");
        foreach (var program in s_programs.Select(name => $"bin/{name}").Concat(["bundle/deploy.sh"]))
        {
            var file = Path.Combine(_folder, program);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Cloud", "cli.sh"), file);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }
        }

        File.WriteAllText(Path.Combine(_folder, "answers"), "jq => token\nassume-role => KEY SECRET SESSION\nimage inspect => ghcr.io/acme/shop@sha256:abc\nprint-access-token => password\nget-login-password => password\n");
        File.WriteAllText(Path.Combine(_folder, "failures"), "");
    }

    private string[] Asked => File.Exists(Path.Combine(_folder, "asked")) ? File.ReadAllLines(Path.Combine(_folder, "asked")) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

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
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source")).FullName;
        await GitAsync("init", "--quiet", ".");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message=empty");
        Directory.CreateDirectory(Path.Combine(source, "src", "Shop"));
        File.WriteAllText(Path.Combine(source, "src", "Shop", "Shop.csproj"), "");
        await GitAsync("add", ".");
        await GitAsync("commit", "--quiet", "--message=project");
        await GitAsync("commit", "--quiet", "--allow-empty", "--message=change");

        var result = await RunAsync("test", "Compare the schema with the one before", source, $"BEFORE={before}", "ALLOW_DATA_LOSS=false");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(compares ? [$"dotnet build src/Shop/Shop.csproj -t:SchemaDiff -p:SchemaDiffFrom={before} -p:SchemaDiffAllowDataLoss=false"] : [], Asked);

        async Task GitAsync(params string[] arguments)
        {
            var git = await Command.RunAsync("git", ["-C", source, "-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments]);
            Assert.True(git.ExitCode == 0, git.Error);
        }
    }

    [Fact]
    public async Task What_was_scanned_is_pushed_and_named_by_its_digest()
    {
        var result = await RunAsync("image", "Push the image", _folder, "REGISTRY=ghcr.io", "REGISTRY_PASSWORD=password");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(
            [
                "docker login --username acme --password-stdin ghcr.io", "docker load --input artifacts/image.tar",
                "docker tag acme/shop:1.2.3-0123456789ab ghcr.io/acme/shop:1.2.3-0123456789ab", "docker push ghcr.io/acme/shop:1.2.3-0123456789ab",
                "docker image inspect --format {{range .RepoDigests}}{{println .}}{{end}} ghcr.io/acme/shop:1.2.3-0123456789ab",
            ],
            Asked);
        Assert.Equal(["image=ghcr.io/acme/shop@sha256:abc", "digest=sha256:abc"], File.ReadAllLines(Path.Combine(_folder, "output")));
    }

    [Theory]
    [InlineData("aws", "curl aws deploy.sh")]
    [InlineData("azure", "curl az az deploy.sh")]
    [InlineData("gcp", "curl gcloud gcloud deploy.sh")]
    [InlineData("k8s", "deploy.sh")]
    [InlineData("vercel", "npm deploy.sh")]
    public async Task Who_has_signed_in_deploys(string target, string expected)
    {
        var result = await RunAsync($"{target}-staging", "Migrate and deploy", _folder, "AWS_REGION=eu-west-1", "AWS_ROLE=role", "GCP_WORKLOAD_IDENTITY_PROVIDER=pool", "KUBE_CONFIG=config");

        Assert.True(result.ExitCode == 0, result.Error);
        // curl and jq run at the same time.
        Assert.Equal(expected, string.Join(' ', Asked.Select(line => line.Split(' ')[0]).Where(program => program != "jq")));
        Assert.Equal("deploy.sh staging", Asked[^1]);
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
        File.WriteAllText(Path.Combine(_folder, "failures"), $"{step}\n");

        var result = await RunAsync($"{target}-production", "Migrate and deploy", _folder);

        Assert.NotEqual(0, result.ExitCode);
        Assert.DoesNotContain(Asked, line => line.StartsWith("deploy.sh", StringComparison.Ordinal));
    }

    private Task<Command.Result> RunAsync(string job, string step, string folder, params string[] variables)
    {
        var script = WorkflowPractices.Scripts(Pipeline.Generate(PipelineSystem.GitHub)).Single(script => script.Job == job && script.Name == step).Text;
        var file = Path.Combine(_folder, "step.sh");
        File.WriteAllText(file, script);
        return Command.RunAsync(
            "env",
            [
                "-C", folder, $"PATH={Path.Combine(_folder, "bin")}:{Environment.GetEnvironmentVariable("PATH")}", $"PLATFORM={_folder}", $"TMPDIR={_folder}",
                $"GITHUB_OUTPUT={Path.Combine(_folder, "output")}", "GITHUB_SHA=0123456789abcdef", "GITHUB_ACTOR=acme", $"BUNDLE={Path.Combine(_folder, "bundle")}",
                "APP_PROJECT=src/Shop/Shop.csproj", "APP_REPOSITORY=ghcr.io/acme/shop", "APP_VERSION=1.2.3", .. variables,
                "bash", "--noprofile", "--norc", "-eo", "pipefail", file,
            ]);
    }
}
