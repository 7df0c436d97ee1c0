using System.IO.Compression;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Tool.Tests.Verbs;

public sealed class CompileVerbTests
{
    private const string Sound = "CREATE TABLE `items` (\n  `id` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n  `name` VARCHAR(50) NOT NULL\n);\n";
    private const string Unsound = "CREATE TABLE `items` (\n  `id` INT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n  UNIQUE KEY (`nam`)\n);\n";

    [Fact]
    public void A_schema_becomes_a_model_a_package_and_an_application()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);

        Assert.Equal(0, run.Compile());

        Assert.Empty(run.Lines);
        var model = DatabaseModelJson.Read(File.ReadAllBytes(run.Output("schema.model.json")));
        Assert.Equal("items", Assert.Single(model.Tables).Name);
        Assert.Equal(new SourcePosition("schema.sql", 1, 14), model.Tables[0].Source);
        using var package = ZipFile.OpenRead(run.Output("schema.dacpac"));
        Assert.NotNull(package.GetEntry("model.xml"));
        var outputs = File.ReadAllLines(run.Output("schema.outputs"));
        Assert.Superset(
            new HashSet<string> { "generated/Services/ItemService.cs", "openapi.json", "schema.dacpac", "schema.html", "schema.mmd", "schema.model.json" },
            outputs.ToHashSet());
        Assert.All(outputs, output => Assert.True(File.Exists(run.Output(output)), output));
        Assert.Equal("1 table → 16 endpoints", File.ReadAllText(run.Output("schema.summary")));
    }

    [Fact]
    public void The_model_of_an_earlier_compilation_becomes_the_same_application()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);
        run.Compile();
        var first = File.ReadAllLines(run.Output("schema.outputs")).ToDictionary(file => file, file => File.ReadAllText(run.Output(file)));
        var model = run.Write("released.json", File.ReadAllText(run.Output("schema.model.json")));
        Directory.Delete(run.OutputDirectory, recursive: true);

        Assert.Equal(0, run.Run("compile", $"--model={model}", $"--project-directory={run.Directory}", $"--output={run.OutputDirectory}", "--assembly-name=App"));

        first.Remove("schema.dacpac");
        Assert.Equal(first, File.ReadAllLines(run.Output("schema.outputs")).ToDictionary(file => file, file => File.ReadAllText(run.Output(file))));
        run.Write("released.json", "{");
        Assert.Equal(1, run.Run("compile", $"--model={model}", $"--project-directory={run.Directory}", $"--output={run.OutputDirectory}", "--assembly-name=App"));
        Assert.StartsWith("SchemaDeploy: error SD4013: ", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_become_seed_data_where_they_are_asked_for()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound + "INSERT INTO items (name) VALUES ('a'), ('b');\n");

        Assert.Equal(0, run.Compile("--seed=true"));
        Assert.Equal("{\"table\":\"items\",\"columns\":[\"id\",\"name\"],\"rows\":2}\n[1,\"a\"]\n[2,\"b\"]\n", File.ReadAllText(run.Output("schema.seed.jsonl")));

        Assert.Equal(0, run.Compile());
        Assert.False(File.Exists(run.Output("schema.seed.jsonl")));
    }

    [Fact]
    public void A_mistake_is_printed_as_MSBuild_reads_it_and_nothing_is_written()
    {
        using var run = new ToolRun();
        var path = run.Write("schema.sql", Unsound);

        Assert.Equal(1, run.Compile());

        var line = Assert.Single(run.Lines);
        Assert.StartsWith($"{path}(3,15): error SD2005: Table 'items' has no column 'nam'.", line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.OutputDirectory));
    }

    [Fact]
    public void Sources_are_announced_before_the_verdict_to_whoever_asks_for_that()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);

        Assert.Equal(0, run.Compile("--announce=true"));

        Assert.Equal([Announcement.SourcesInPlace], run.Lines);
        Assert.All(File.ReadAllLines(run.Output("schema.outputs")), output => Assert.True(File.Exists(run.Output(output)), output));
        Assert.Contains("schema.dacpac", File.ReadAllLines(run.Output("schema.outputs")));
    }

    [Fact]
    public void Announced_sources_go_where_the_verdict_is_against_them()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", "CREATE TABLE b (id varchar(10) NOT NULL PRIMARY KEY);");
        run.Compile("--announce=true");
        var before = Contents();
        var path = run.Write("schema.sql", """
            CREATE TABLE b (id varchar(10) NOT NULL PRIMARY KEY);
            CREATE TABLE a (u nvarchar(10) NOT NULL PRIMARY KEY, CONSTRAINT fk FOREIGN KEY (u) REFERENCES b (id));
            """);

        Console.SetIn(TextReader.Null);
        Assert.Equal(1, run.Compile("--announce=true", "--dialect=TSql"));

        Assert.Equal(Announcement.SourcesInPlace, run.Lines[0]);
        Assert.StartsWith($"{path}(2,54): error SD2029: ", Assert.Single(run.Lines.Skip(1)), StringComparison.Ordinal);
        Assert.Equal(before, Contents());

        Dictionary<string, string> Contents() => Directory.EnumerateFiles(run.OutputDirectory, "*", SearchOption.AllDirectories)
            .ToDictionary(file => file, File.ReadAllText);
    }

    [Fact]
    public void A_mistake_leaves_the_last_good_outputs_alone()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);
        run.Compile();
        var before = State(run);

        run.Write("schema.sql", Unsound);

        Assert.Equal(1, run.Compile());
        Assert.Equal(before, State(run));
    }

    [Fact]
    public void An_unchanged_schema_is_not_compiled_again_but_says_its_warnings_again()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", $"-- @hiden\n{Sound}");
        Assert.Equal(0, run.Compile());
        var warning = Assert.Single(run.Lines);
        Assert.Contains("warning SD2028: Unknown tag '@hiden'. Did you mean '@hidden'?", warning, StringComparison.Ordinal);
        var before = State(run);

        Assert.Equal(0, run.Compile());

        Assert.Equal(warning, Assert.Single(run.Lines));
        Assert.Equal(before, State(run));
    }

    [Fact]
    public void A_change_that_leaves_an_output_as_it_was_leaves_its_time_too()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);
        run.Compile();
        var before = State(run);

        run.Write("schema.sql", Sound + "\n-- the end\n");

        Assert.Equal(0, run.Compile());
        Assert.Equal(before, State(run));
    }

    [Fact]
    public void A_deleted_output_is_made_again()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);
        run.Compile();
        File.Delete(run.Output("schema.dacpac"));

        Assert.Equal(0, run.Compile());

        Assert.True(File.Exists(run.Output("schema.dacpac")));
    }

    [Theory]
    [InlineData("--dialect=Oracle", "error SD5003: SchemaDialect 'Oracle' is not known. The values are: Auto, MySql, TSql, PostgreSql.")]
    [InlineData("--dialect=mysq", "error SD5003: SchemaDialect 'mysq' is not known. Did you mean 'MySql'? The values are: Auto, MySql, TSql, PostgreSql.")]
    [InlineData("--database=Postgres", "error SD5004: SchemaDatabase 'Postgres' is not known. Did you mean 'PostgreSql'? The values are: Sqlite, PostgreSql, MySql, SqlServer.")]
    [InlineData("--database=mssql", "error SD5004: SchemaDatabase 'mssql' is not known. Did you mean 'SqlServer'? The values are: Sqlite, PostgreSql, MySql, SqlServer.")]
    [InlineData("--api=Rset", "error SD5005: SchemaApi 'Rset' is not known. Did you mean 'Rest'? The values are: Rest, GraphQL.")]
    [InlineData("--api=Rest;GraphSQL", "error SD5005: SchemaApi 'GraphSQL' is not known. Did you mean 'GraphQL'? The values are: Rest, GraphQL.")]
    [InlineData("--filee=x", "error SD5022: Unknown option '--filee'. Did you mean '--file'?")]
    public void An_unknown_value_is_an_error_with_a_suggestion(string option, string expected)
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);

        Assert.Equal(1, run.Compile(option));

        Assert.Equal($"SchemaDeploy: {expected}", Assert.Single(run.Lines));
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_an_error()
    {
        using var run = new ToolRun();
        run.Write("schema.sql", Sound);
        run.Write("obj", "a file where the folder should be");

        Assert.Equal(1, run.Compile());

        Assert.StartsWith("SchemaDeploy: error SD5024: The output cannot be written: ", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_schema_file_is_an_error()
    {
        using var run = new ToolRun();

        Assert.Equal(1, run.Compile());

        Assert.Contains("error SD1012:", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_without_schema_files_is_an_error()
    {
        using var run = new ToolRun();

        Assert.Equal(1, run.Run("compile", $"--output={run.OutputDirectory}"));

        Assert.StartsWith("SchemaDeploy: error SD5002:", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compil", " Did you mean 'compile'?")]
    [InlineData("", "")]
    public void An_unknown_command_is_an_error(string verb, string suggestion)
    {
        using var run = new ToolRun();

        Assert.Equal(1, run.Run(verb));

        Assert.StartsWith($"SchemaDeploy: error SD5021: Unknown command '{verb}'.{suggestion} The commands are:", Assert.Single(run.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_response_file_is_an_error()
    {
        using var run = new ToolRun();

        Assert.Equal(1, run.Run("compile", "@nowhere.rsp"));

        Assert.Contains(run.Lines, l => l.StartsWith("SchemaDeploy: error SD5025:", StringComparison.Ordinal));
    }

    private static string State(ToolRun run) => string.Join(
        '\n', Directory.GetFiles(run.OutputDirectory, "schema.*").Where(f => !f.EndsWith(".state", StringComparison.Ordinal)).Order()
            .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O} {Convert.ToHexString(File.ReadAllBytes(f))}"));
}
