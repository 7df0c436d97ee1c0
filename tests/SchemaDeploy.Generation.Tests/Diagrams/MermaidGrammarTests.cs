using System.Text.Json;
using SchemaDeploy.Generation.Diagrams;
using SchemaDeploy.Schema.Model;
using static SchemaDeploy.Generation.Tests.Diagrams.DiagramModels;

namespace SchemaDeploy.Generation.Tests.Diagrams;

/// <summary>What Mermaid's own parser reads out of the text.</summary>
[Trait("Category", "Integration")]
public sealed class MermaidGrammarTests
{
    /// <summary>Names that Mermaid's lexer or its preprocessing would take for something else.</summary>
    private static readonly string[] s_hostileNames =
    [
        "order", "end", "style", "class", "one", "to", "u", "1", "a b", "a.b", "a-b", "a\"b", "a'b", "a`b", "a\\b", "a%b", "%% a",
        "%%{init: {}}%%", "---", "a;b", "a:b", "a::b", "a#b", "#quot;", "style:#a;", "{", "}", "[a]", "(a)", "a~b~c", "a,b", "a|b", "a\tb",
        "direction LR", "my direction  TB x", "accTitle: a", "erDiagram", "<b>x</b>", "<img src=x onerror=alert(1)>", "</script>", "&amp;",
        "Größe", "名前", "имя", "😀", "pk", "FK", "uk_1", "*", "a*b", "_", "$", "@x", "\u00A0", "a\u0001b", "a\u0085b", "constructor", "__proto__",
    ];

    [Fact]
    public async Task Mermaid_reads_the_tables_and_relations_that_were_written()
    {
        var result = Assert.Single(await MermaidParser.ParseAsync(MermaidDiagram.Write(Shop)));

        Assert.Equal(Shop.Tables.Select(table => table.Name), result.Tables!.Select(table => table.Name));
        Assert.Contains("int customer_id FK", result.Tables![1].Columns);
        Assert.Contains("products ZERO_OR_MORE", string.Join('\n', result.Relations!).Replace("ONLY_ONE NON_IDENTIFYING ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("orders ONLY_ONE NON_IDENTIFYING ZERO_OR_ONE payments: order_id", result.Relations!);
        Assert.Contains("suppliers ZERO_OR_ONE NON_IDENTIFYING ZERO_OR_MORE products: supplier_id", result.Relations!);
        Assert.Equal(Shop.Tables.Sum(table => table.ForeignKeys.Length), result.Relations!.Length);
    }

    [Fact]
    public async Task Mermaid_reads_any_name_and_comment()
    {
        var models = s_hostileNames.Select(name => Of(
            Table("parent"),
            Table(name, "parent_id int") with
            {
                Columns = [Column("parent_id"), Column(name, name) with { Comment = name }],
                ForeignKeys = Table("x").References("parent_id", "parent").References(name, "parent").ForeignKeys,
            }));

        var results = await MermaidParser.ParseAsync([.. models.Select(MermaidDiagram.Write)]);

        Assert.All(results.Zip(s_hostileNames), pair =>
        {
            var (result, name) = pair;
            Assert.True(result.Error is null, $"{name}: {result.Error}");
            var shown = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => string.Concat(word.Where(character => !char.IsControl(character)))));
            Assert.Equal(["parent", shown.Length == 0 ? "_" : shown], result.Tables!.Select(table => table.Name));
            Assert.Equal(2, result.Tables![1].Columns.Length);
            Assert.Equal(2, result.Relations!.Length);
        });
    }

    [Fact]
    public async Task Mermaid_reads_a_thousand_tables()
    {
        DatabaseModel model = Business(1000);

        var result = Assert.Single(await MermaidParser.ParseAsync(MermaidDiagram.Write(model)));

        Assert.Equal(1000, result.Tables!.Length);
        Assert.Equal(model.Tables.Sum(table => table.ForeignKeys.Length), result.Relations!.Length);
    }

    internal sealed record ParsedTable(string Name, string[] Columns);

    internal sealed record ParsedDiagram(ParsedTable[]? Tables, string[]? Relations, string? Error);

    private static class MermaidParser
    {
        public static async Task<ParsedDiagram[]> ParseAsync(params string[] texts)
        {
            var module = Path.Combine(await NpmPackage.InstallAsync("mermaid@12.3.0"), "mermaid", "dist", "mermaid.core.mjs");
            var script = Path.Combine(AppContext.BaseDirectory, "Diagrams", "mermaid.mjs");
            var run = await Command.RunAsync("node", [script, new Uri(module).AbsoluteUri], JsonSerializer.Serialize(texts));
            Assert.True(run.ExitCode == 0, run.Error);
            return JsonSerializer.Deserialize<ParsedDiagram[]>(run.Output, JsonSerializerOptions.Web)!;
        }
    }
}
