using System.Diagnostics;

namespace SchemaDeploy.Tool.Tests.Verbs;

public sealed class RecallVerbTests
{
    [Fact]
    public void The_files_of_a_revision_are_put_where_they_were()
    {
        using var run = new ToolRun();
        run.Write("schema/one.sql", "first");
        run.Write("schema/two.sql", "second");
        run.Write("data/three.sql", "third");
        run.Write("notes.sql", "no schema");
        Commit(run);
        run.Write("schema/one.sql", "changed");
        File.Delete(Path.Combine(run.Directory, "schema", "two.sql"));

        Assert.Equal(0, Recall(run, "HEAD", "--file=data/three.sql", "--file=schema/one.sql", "--default-files=true"));

        Assert.Empty(run.Lines);
        Assert.Equal(["data/three.sql third", "schema/one.sql first", "schema/two.sql second"], Recalled(run));
    }

    [Fact]
    public void What_the_project_leaves_out_today_it_left_out_then()
    {
        using var run = new ToolRun();
        run.Write("schema/one.sql", "first");
        run.Write("schema/test-data.sql", "left out");
        Commit(run);

        Assert.Equal(0, Recall(run, "HEAD", "--file=schema/one.sql", "--default-files=true"));

        Assert.Equal(["schema/one.sql first"], Recalled(run));
    }

    [Fact]
    public void Without_default_files_only_those_named_count()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", "not named");
        run.Write("db.sql", "named");
        Commit(run);

        Assert.Equal(0, Recall(run, "HEAD", "--file=db.sql"));

        Assert.Equal(["db.sql named"], Recalled(run));
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--help")]
    [InlineData("HEAD; echo")]
    public void What_git_does_not_know_is_an_error(string revision)
    {
        using var run = new ToolRun();
        run.Write("schema.sql", "");
        Commit(run);

        Assert.Equal(1, Recall(run, revision, "--file=schema.sql"));

        Assert.StartsWith($"SchemaDeploy: error SD5029: SchemaDiffFrom '{revision}' is neither a file nor a revision that git finds: ", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_a_repository_git_says_so()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", "");

        Assert.Equal(1, Recall(run, "HEAD", "--file=schema.sql"));

        Assert.Contains("not a git repository", Assert.Single(run.Lines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_revision_without_the_schema_is_an_error()
    {
        using var run = new ToolRun();
        run.Write("readme.txt", "");
        Commit(run);
        run.Write("schema.sql", "");

        Assert.Equal(1, Recall(run, "HEAD", "--file=schema.sql", "--default-files=true"));

        Assert.StartsWith("SchemaDeploy: error SD5030: At 'HEAD' the project has no schema file: schema.sql.", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    private static int Recall(ToolRun run, string revision, params string[] options) =>
        run.Run(["recall", $"--revision={revision}", $"--project-directory={run.Directory}", $"--output={run.OutputDirectory}", .. options]);

    private static IEnumerable<string> Recalled(ToolRun run) => Directory.EnumerateFiles(run.OutputDirectory, "*", SearchOption.AllDirectories)
        .Select(file => $"{Path.GetRelativePath(run.OutputDirectory, file).Replace('\\', '/')} {File.ReadAllText(file)}")
        .Order(StringComparer.Ordinal);

    private static void Commit(ToolRun run)
    {
        Git(run, "init", "--quiet");
        Git(run, "add", ".");
        Git(run, "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Begin");
    }

    private static void Git(ToolRun run, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = run.Directory })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
