using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.PostgreSql;

public sealed class PostgreSqlCorpusTests
{
    /// <summary>Files whose count in the index is not the number of tables: by how much, and why.</summary>
    private static readonly Dictionary<string, (int Fewer, string Reason)> s_differences = new()
    {
        ["sakila__postgres-schema.sql"] = (6, "the partitions of payment, which inherit from it"),
    };

    [Fact]
    public void Every_published_schema_is_read_without_an_error_and_with_all_its_tables()
    {
        var problems = new List<string>();
        foreach (var file in Corpus.FilesOf("postgres"))
        {
            var script = PostgreSqlScript.Read(file.Text);
            problems.AddRange(script.Errors.Select(error => $"{file.Name}: {error}"));
            var count = script.Statements.OfType<CreateTable>().Count();
            var expected = file.CreateTables - s_differences.GetValueOrDefault(file.Name).Fewer;
            if (count != expected)
            {
                problems.Add($"{file.Name}: {count} tables instead of {expected}");
            }
        }

        Assert.Empty(problems);
    }
}
