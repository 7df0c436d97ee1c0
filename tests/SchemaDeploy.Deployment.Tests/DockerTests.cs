using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Diagnostics;

namespace SchemaDeploy.Deployment.Tests;

/// <summary>What depends on the project, in the files of the Docker bundle.</summary>
public sealed class DockerTests
{
    [Fact]
    public void No_file_holds_a_password()
    {
        foreach (var database in Enum.GetValues<DatabaseKind>())
        {
            Assert.All(Bundle.Generate(database), file =>
            {
                Assert.DoesNotMatch(@"(?im)^[^#\n]*(?:password|secret)\w*[ \t]*[:=][ \t]*['""]?(?!yes\b)\w", file.Text);
                Assert.DoesNotContain("latest", file.Text, StringComparison.Ordinal);
            });
        }
    }

    [Fact]
    public void Another_base_is_taken_and_on_musl_the_application_is_built_for_it()
    {
        var file = Bundle.Generate(DatabaseKind.Sqlite, Bundle.Options with { BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-alpine" }).TextOf("Dockerfile");

        Assert.Contains("ARG BASE_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-alpine\n", file, StringComparison.Ordinal);
        Assert.Contains("dotnet restore 'Shop.csproj' --os linux-musl ", file, StringComparison.Ordinal);
        Assert.Contains("--configuration Release --os linux-musl ", file, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_deep_in_a_repository_is_built_from_the_repository()
    {
        var root = Bundle.Options.ContextDirectory;
        var project = Path.Combine(root, "src", "My Shop", "Shop.csproj");
        var files = Bundle.Generate(DatabaseKind.Sqlite, Bundle.Options with
        {
            ProjectFile = project,
            OutputDirectory = Path.Combine(root, "src", "My Shop", "deploy"),
            RestoreFiles = [Path.Combine(root, "Directory.Build.props"), Path.Combine(root, "src", "Lib", "Lib.csproj"), Path.Combine(root, "global.json")],
        });

        var dockerfile = files.TextOf("Dockerfile");
        Assert.Contains(
            """
            COPY ["Directory.Build.props", "Directory.Build.props"]
            COPY ["global.json", "global.json"]
            COPY ["src/Lib/Lib.csproj", "src/Lib/Lib.csproj"]
            COPY ["src/My Shop/Shop.csproj", "src/My Shop/Shop.csproj"]
            """,
            dockerfile,
            StringComparison.Ordinal);
        Assert.Contains("RUN dotnet restore 'src/My Shop/Shop.csproj' ", dockerfile, StringComparison.Ordinal);
        Assert.Contains("      context: \"../../../..\"\n      dockerfile: \"src/My Shop/deploy/docker/Dockerfile\"\n", files.TextOf("compose.yaml"), StringComparison.Ordinal);
        Assert.EndsWith("\nsrc/My Shop/deploy\n", files.TextOf("Dockerfile.dockerignore"), StringComparison.Ordinal);
        Assert.Contains("context='../../../..'\n", files.TextOf("deploy.sh"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_quoted_for_the_language_that_they_stand_in()
    {
        var files = Bundle.Generate(DatabaseKind.Sqlite, Bundle.Options with
        {
            AssemblyName = "a'b $X",
            ProjectFile = Path.Combine(Bundle.Options.ContextDirectory, "a'b $X.csproj"),
            Description = "\"all\"\n$HOME \\ that",
        });

        var dockerfile = files.TextOf("Dockerfile");
        Assert.Contains("COPY [\"a'b \\\\$X.csproj\", \"a'b \\\\$X.csproj\"]\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains("RUN dotnet restore 'a'\\''b $X.csproj' ", dockerfile, StringComparison.Ordinal);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"a'b $X.dll\"]\n", dockerfile, StringComparison.Ordinal);
        Assert.Contains("image.description=\"\\\"all\\\" \\$HOME \\\\ that\" ", dockerfile, StringComparison.Ordinal);
        Assert.Contains("test: [\"CMD\", \"dotnet\", \"a'b $$X.dll\", \"health\"]", files.TextOf("compose.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lock_file_fixes_the_versions_of_packages() =>
        Assert.Contains(
            "-p:UseAppHost=false -p:RestoreLockedMode=true\n",
            Bundle.Generate(DatabaseKind.Sqlite, Bundle.Options with { RestoreFiles = [Path.Combine(Bundle.Options.ContextDirectory, "packages.lock.json")] }).TextOf("Dockerfile"),
            StringComparison.Ordinal);

    [Fact]
    public void A_file_out_of_the_context_is_an_error_and_nothing_is_made()
    {
        var bag = new DiagnosticBag();

        var files = Bundle.Generate(DatabaseKind.Sqlite, Bundle.Options with { ContextDirectory = Path.Combine(Bundle.Options.ContextDirectory, "inner") }, bag);

        Assert.Empty(files);
        Assert.Equal("SD4014", Assert.Single(bag.ToImmutable()).Code);
    }

    [Fact]
    public void A_database_that_the_bundle_does_not_bring_is_warned_of()
    {
        var bag = new DiagnosticBag();

        var files = Bundle.Generate(DatabaseKind.SqlServer, diagnostics: bag);

        Assert.Equal(("SD4015", DiagnosticSeverity.Warning), Assert.Single(bag.ToImmutable()) is var only ? (only.Code, only.Severity) : default);
        Assert.DoesNotContain("\n  database:\n", files.TextOf("compose.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop", "shop", "1.2.3-4.5")]
    [InlineData("shop:2", "shop", "2")]
    [InlineData("localhost:5000/team/shop", "localhost:5000/team/shop", "1.2.3-4.5")]
    [InlineData("ghcr.io/a/b_c:v1.0-rc.1", "ghcr.io/a/b_c", "v1.0-rc.1")]
    public void An_image_has_a_repository_and_a_tag(string text, string repository, string tag)
    {
        Assert.True(ImageName.TryParse(text, "1.2.3+4.5", out var image, out _));
        Assert.Equal(new ImageName(repository, tag), image);
        Assert.Equal(repository.Split('/')[^1], image.ShortName);
    }

    [Theory]
    [InlineData("", "small letters")]
    [InlineData("team/Shop", "small letters")]
    [InlineData("shop:latest", "latest")]
    [InlineData("shop:", "tag")]
    [InlineData("shop:a b", "tag")]
    [InlineData("shop@sha256:0123", "digest")]
    [InlineData("shop;rm", "small letters")]
    public void A_name_that_no_image_can_have_is_told(string text, string expected)
    {
        Assert.False(ImageName.TryParse(text, "1.0.0", out _, out var fault));
        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_is_built_from_the_nearest_folder_that_holds_all()
    {
        var root = Bundle.Options.ContextDirectory;
        var project = Path.Combine(root, "src", "Shop");

        Assert.Equal(project, BuildContext.Of(project, []));
        Assert.Equal(project, BuildContext.Of(project, [Path.Combine(project, "packages.lock.json")]));
        Assert.Equal(Path.Combine(root, "src"), BuildContext.Of(project, [Path.Combine(root, "src", "Lib", "Lib.csproj")]));
        Assert.Equal(root, BuildContext.Of(project, [Path.Combine(root, "src", "Directory.Build.props"), Path.Combine(root, "Directory.Build.targets")]));
        Assert.False(BuildContext.Has(project, Path.Combine(root, "src", "Shop2", "x")));
        Assert.True(BuildContext.Has(project, Path.Combine(project, "..x")));
    }
}
