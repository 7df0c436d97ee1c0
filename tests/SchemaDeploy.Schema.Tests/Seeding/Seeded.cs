using System.Text;
using SchemaDeploy.Schema.Compilation;
using SchemaDeploy.Schema.Diagnostics;
using SchemaDeploy.Schema.Dialects;
using SchemaDeploy.Schema.Model;
using SchemaDeploy.Schema.Script;

namespace SchemaDeploy.Schema.Tests.Seeding;

/// <summary>A schema text whose rows are read, as the lines that the build writes of them and as messages.</summary>
internal sealed record Seeded(string[] Lines, string[] Messages)
{
    /// <summary>The lines that are rows.</summary>
    public IEnumerable<string> Rows => Lines.Where(line => line[0] == '[');

    /// <summary>The lines of a text in which nothing is wrong.</summary>
    public string[] Sound()
    {
        Assert.Empty(Messages);
        return Lines;
    }

    public static Seeded MySql(string sql) => From(SchemaDialect.MySql, sql);

    public static Seeded TSql(string sql) => From(SchemaDialect.TSql, sql);

    public static Seeded PostgreSql(string sql) => From(SchemaDialect.PostgreSql, sql);

    /// <summary>What becomes of one value in a table of one nullable column.</summary>
    public static string ValueOf(SchemaDialect dialect, string type, string literal)
    {
        var seeded = From(dialect, $"CREATE TABLE t (a {type} NULL); INSERT INTO t (a) VALUES ({literal});");
        return seeded.Messages is [var message, ..] ? message : Assert.Single(seeded.Rows)[1..^1];
    }

    public static Seeded From(SchemaDialect dialect, string sql)
    {
        var bag = new DiagnosticBag();
        var script = SchemaScriptReader.Read([new SourceText("schema.sql", sql)], dialect, bag, readsData: true);
        using var result = script is null || bag.HasErrors ? null : SchemaCompiler.Compile(script, Environment.CurrentDirectory, bag);
        using var output = new MemoryStream();
        if (result?.Seed is { } seed)
        {
            SeedDataWriter.Write(seed, output);
        }

        return new Seeded(
            Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            [.. bag.ToImmutable().Where(d => d.Severity != DiagnosticSeverity.Info).Select(d => d.ToString().Replace("schema.sql", "", StringComparison.Ordinal))]);
    }
}
