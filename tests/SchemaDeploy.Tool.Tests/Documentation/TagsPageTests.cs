using System.Reflection;
using SchemaDeploy.Generation.Design;
using SchemaDeploy.Schema.Model;

namespace SchemaDeploy.Tool.Tests.Documentation;

/// <summary>docs/tags.md and the README have the tags that schemas are read for, and those that the design of the API goes by.</summary>
public sealed class TagsPageTests
{
    [Theory]
    [InlineData("docs/tags.md")]
    [InlineData("README.md")]
    public void Every_tag_is_on_the_page_and_every_other_is_not(string page)
    {
        var told = Repository.RowsOf(Repository.Read(page), "Tag")
            .SelectMany(row => Repository.CodeIn(row["Tag"])).Select(tag => tag.TrimStart('@').Split(' ')[0])
            .Distinct().Order(StringComparer.Ordinal).ToArray();

        var read = (IEnumerable<string>)TypeOf(typeof(DatabaseModel), "SchemaDeploy.Schema.Compilation.SmartTagReader").GetProperty("Known")!.GetValue(null)!;
        Assert.Equal(read, told);
        var meant = TypeOf(typeof(ApiModel), "SchemaDeploy.Generation.Design.Tags").GetFields(BindingFlags.Static | BindingFlags.Public)
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(meant.Order(StringComparer.Ordinal), told);
    }

    private static Type TypeOf(Type neighbour, string name) => neighbour.Assembly.GetType(name, throwOnError: true)!;
}
