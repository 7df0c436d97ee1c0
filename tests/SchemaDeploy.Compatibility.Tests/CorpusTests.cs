using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using SchemaDeploy.Compatibility.Tests.App;

namespace SchemaDeploy.Compatibility.Tests;

/// <summary>Published schemas as users would take them: compiled, built, started, and every table used over HTTP.</summary>
public abstract partial class CorpusTests(Results results)
{
    private const int SampleSeed = 1;
    private const int QuickTables = 12;
    private const int LargeTables = 100;
    private const int BuiltOfEachDialect = 3;

    /// <summary>Files whose count in the index is not the number of tables: how many fewer, and why.</summary>
    internal static readonly Dictionary<string, (int Fewer, string Reason)> Differences = new()
    {
        ["sakila__mysql-schema.sql"] = (1, "one is a CREATE TEMPORARY TABLE inside a procedure"),
        ["wwi__3-wwi-recreate.sql"] = (1, "one is a CREATE TABLE #CurrentValue inside a procedure"),
        ["wso2__apimgt-mysql.sql"] = (1, "AM_USER is created twice, IF NOT EXISTS"),
        ["pagila__schema.sql"] = (55, "they are partitions of payment, whose rows are the table's"),
        ["sakila__postgres-schema.sql"] = (6, "they inherit from payment, which reads and holds their rows"),
        ["wso2__apimgt-postgresql.sql"] = (2, "IDN_AUTH_USER and IDN_AUTH_USER_SESSION_MAPPING are created twice, IF NOT EXISTS"),
        ["wso2__apimgt-mssql.sql"] = (1, "AM_APPLICATION_REGISTRATION is created twice, each time if there is none"),
    };

    // SCHEMADEPLOY_ON_ALL_DATABASES. Without it every schema is compiled, and of a sample an app is built and used: on all
    // databases one of each dialect, and the rows of one alone, which take a second build.
    private static readonly int? s_filesOfEachDialect =
        int.TryParse(Environment.GetEnvironmentVariable("SCHEMADEPLOY_ON_ALL_DATABASES"), CultureInfo.InvariantCulture, out var count) ? count : null;

    // The others are used on SQLite alone.
    private static readonly Lazy<FrozenSet<string>> s_everywhere = new(() => SampleOf("mysql").Concat(SampleOf("tsql")).Concat(SampleOf("postgres")).ToFrozenSet(StringComparer.Ordinal));

    private static readonly Lazy<FrozenSet<string>> s_built = new(() => s_everywhere.Value
        .Concat(MiddlingOf("mysql")).Concat(MiddlingOf("tsql")).Concat(MiddlingOf("postgres"))
        // A large one comes in several dialects, and becomes the same app from each.
        .Concat(Shuffled(LargeFiles()).Take(1))
        .ToFrozenSet(StringComparer.Ordinal));

    protected async Task ExerciseAsync(string dialect, string name)
    {
        var file = Corpus.FilesOf(dialect).Single(candidate => candidate.Name == name);
        using var project = new AppProject(file.Path);

        var (exitCode, output) = await project.CompileSchemaAsync();
        Assert.True(exitCode == 0, output);
        var database = project.Database;
        Assert.Equal(file.CreateTables - Differences.GetValueOrDefault(name).Fewer, database.Tables.Length);

        if (s_filesOfEachDialect is null && !s_built.Value.Contains($"{dialect}/{name}"))
        {
            return;
        }

        var (buildExitCode, messages) = await project.BuildAsync();
        Assert.True(buildExitCode == 0 && messages.Length == 0, string.Join('\n', messages.Take(50)));

        var api = AppProject.Design(database);
        var everywhere = s_everywhere.Value.Contains($"{dialect}/{name}");
        var rounds = everywhere
            ? await Exercise.EverywhereAsync(project, api, database)
            : [await Exercise.OnAsync(project, await TestedDatabases.CreateSqliteAsync(), api, database, withFilters: false)];
        results.Add(new Result(dialect, file, database.Tables.Length, Exercise.TablesOf(api, database).Resources.Length, rounds[0].Exercised)
        {
            NotExercised = [.. rounds[0].NotExercised],
            SeedRows = everywhere && (s_filesOfEachDialect is not null || dialect == "tsql") ? await SeedRound.EverywhereAsync(project, api, database) : null,
            Warnings = [.. WarningPattern().Matches(output).Select(match => match.Value).CountBy(code => code).OrderBy(pair => pair.Key, StringComparer.Ordinal)],
        });
    }

    /// <summary>The files of a dialect, or one name that makes the test skip where there are none.</summary>
    protected static TheoryData<string> NamesOf(string dialect) => [.. Corpus.Find(dialect).Select(file => file.Name).DefaultIfEmpty("(none)")];

    private static IEnumerable<string> LargeFiles() =>
        from dialect in (string[])["mysql", "tsql", "postgres"]
        from file in Corpus.Find(dialect)
        where file.CreateTables > LargeTables
        select $"{dialect}/{file.Name}";

    private static IEnumerable<string> MiddlingOf(string dialect) =>
        Shuffled(Corpus.Find(dialect).Where(file => file.CreateTables is > QuickTables and <= LargeTables).Select(file => $"{dialect}/{file.Name}"))
            .Take(BuiltOfEachDialect);

    // Unless told how many, one of those that take little time.
    private static IEnumerable<string> SampleOf(string dialect) =>
        Shuffled(Corpus.Find(dialect).Where(file => s_filesOfEachDialect is not null || file.CreateTables <= QuickTables).Select(file => $"{dialect}/{file.Name}"))
            .Take(s_filesOfEachDialect ?? 1);

    private static string[] Shuffled(IEnumerable<string> files)
    {
        var shuffled = files.ToArray();
        new Random(SampleSeed).Shuffle(shuffled);
        return shuffled;
    }

    [GeneratedRegex(@"(?<=\bwarning )SD\d+", RegexOptions.CultureInvariant)]
    private static partial Regex WarningPattern();
}

/// <summary>A class for each dialect, so that two apps are built and run at a time.</summary>
[Trait("Category", "Integration")]
public sealed class MySqlCorpusTests(Results results) : CorpusTests(results)
{
    public static TheoryData<string> Files => NamesOf("mysql");

    [Theory]
    [MemberData(nameof(Files))]
    public Task A_published_schema_becomes_an_app_that_works(string file) => ExerciseAsync("mysql", file);
}

/// <summary>A class for each dialect, so that two apps are built and run at a time.</summary>
[Trait("Category", "Integration")]
public sealed class TSqlCorpusTests(Results results) : CorpusTests(results)
{
    public static TheoryData<string> Files => NamesOf("tsql");

    [Theory]
    [MemberData(nameof(Files))]
    public Task A_published_schema_becomes_an_app_that_works(string file) => ExerciseAsync("tsql", file);
}

/// <summary>A class for each dialect, so that two apps are built and run at a time.</summary>
[Trait("Category", "Integration")]
public sealed class PostgreSqlCorpusTests(Results results) : CorpusTests(results)
{
    public static TheoryData<string> Files => NamesOf("postgres");

    [Theory]
    [MemberData(nameof(Files))]
    public Task A_published_schema_becomes_an_app_that_works(string file) => ExerciseAsync("postgres", file);
}
