namespace SchemaDeploy.Sdk.Tests;

/// <summary><c>dotnet build -t:SchemaDiff</c> shows what a change of the schema does to databases.</summary>
[Trait("Category", "Integration")]
public sealed class DiffTests(DiffTests.CommittedProject committed) : IClassFixture<DiffTests.CommittedProject>
{
    [Fact]
    public async Task A_commit_is_compared_with_the_files_as_they_are()
    {
        var project = committed.AsCommitted();
        project.Write("schema.sql", """
            CREATE TABLE note (
                id INT PRIMARY KEY,
                body VARCHAR(100), -- @renamed-from text
                shelf VARCHAR(5),
                pages INT NOT NULL
            );
            -- @renamed-from label
            CREATE TABLE tag (id INT PRIMARY KEY);
            """);
        // Fits the new schema alone.
        project.Write("Hooks.cs", "namespace App; internal static class Pages { public static int Of(Entities.Note note) => note.Pages; }");

        var result = await DiffAsync(project, "HEAD");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("safe        rename column note.text to body", result.Output, StringComparison.Ordinal);
        Assert.Contains("change column note.shelf", result.Output, StringComparison.Ordinal);
        Assert.Contains("add column note.pages: refused where rows need a value", result.Output, StringComparison.Ordinal);
        Assert.Contains("ALTER TABLE note RENAME COLUMN text TO body;", project.Read("obj/schema/diff/postgres.sql"), StringComparison.Ordinal);
        Assert.Contains("RENAME COLUMN", project.Read("obj/schema/diff/sqlite.sql"), StringComparison.Ordinal);
        var publish = project.Read("obj/schema/diff/sqlserver.publish.sql");
        Assert.Contains("EXECUTE sp_rename @objname = N'[dbo].[label]', @newname = N'tag'", publish, StringComparison.Ordinal);
        Assert.Contains("EXECUTE sp_rename @objname = N'[dbo].[note].[text]', @newname = N'body', @objtype = N'COLUMN';", publish, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_loses_data_fails_unless_it_is_allowed()
    {
        var project = committed.AsCommitted();
        project.Write("schema.sql", "CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(100)); CREATE TABLE label (id INT PRIMARY KEY);");

        var refused = await DiffAsync(project, "HEAD");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("App.csproj : error SD4102: The change loses data: drop column note.shelf.", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MSB3073", refused.Output, StringComparison.Ordinal);

        var allowed = await DiffAsync(project, "HEAD", "-p:SchemaDiffAllowDataLoss=true");
        Assert.True(allowed.ExitCode == 0, allowed.Output);
        Assert.Contains("loses data  drop column note.shelf: values go", allowed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_of_an_earlier_build_will_do()
    {
        var project = committed.AsCommitted();
        await project.BuildCleanlyAsync();
        File.Copy(Path.Combine(project.Output, "schema.model.json"), Path.Combine(project.Folder, "released.json"));
        project.Write("schema.sql", CommittedProject.Schema + " CREATE TABLE tag (id INT PRIMARY KEY);");

        var result = await DiffAsync(project, "released.json");

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("safe        create table tag", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-branch", "error SD5029: SchemaDiffFrom 'no-such-branch' is neither a file nor a revision that git finds")]
    [InlineData("", "error SD5010: SchemaDiff has nothing to compare with.")]
    public async Task What_there_is_nothing_of_to_compare_with_is_said(string from, string message)
    {
        var project = committed.AsCommitted();
        var result = await DiffAsync(project, from);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }

    private static Task<CommandResult> DiffAsync(TestProject project, string from, params string[] options) =>
        project.BuildAsync(["-t:SchemaDiff", $"-p:SchemaDiffFrom={from}", .. options]);

    /// <summary>One project for these tests, which take turns. Its schema is in a commit.</summary>
    public sealed class CommittedProject(PackedSdk sdk) : IAsyncLifetime
    {
        internal const string Schema = "CREATE TABLE note (id INT PRIMARY KEY, text VARCHAR(100), shelf VARCHAR(10)); CREATE TABLE label (id INT PRIMARY KEY);";

        private readonly TestProject _project = new(sdk, "<SchemaDatabase>PostgreSql;SqlServer</SchemaDatabase>");

        public async ValueTask InitializeAsync()
        {
            AsCommitted();
            foreach (var arguments in (string[])["init --quiet", "add schema.sql App.csproj", "-c user.name=Test -c user.email=test@example.org -c commit.gpgsign=false commit --quiet --message Begin"])
            {
                var result = await RunningCommand.RunAsync("git", arguments.Split(' '), _project.Folder, PackedSdk.Limit);
                Assert.True(result.ExitCode == 0, result.Output);
            }
        }

        internal TestProject AsCommitted()
        {
            _project.Write("schema.sql", Schema);
            _project.Delete("Hooks.cs");
            return _project;
        }

        public ValueTask DisposeAsync()
        {
            _project.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
