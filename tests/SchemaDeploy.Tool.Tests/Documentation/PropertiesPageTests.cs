using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SchemaDeploy.Tool.Tests.Documentation;

/// <summary>docs/properties.md has the properties, items and targets of the SDK's own files, with their defaults.</summary>
public sealed partial class PropertiesPageTests
{
    private static readonly string s_page = Repository.Read("docs", "properties.md");

    private static readonly ImmutableArray<XDocument> s_files =
    [
        .. new[] { "Sdk", "targets" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "sdk", "SchemaDeploy.Sdk", folder)))
            .Order(StringComparer.Ordinal).Select(XDocument.Load),
    ];

    [Fact]
    public void Every_property_is_on_the_page_and_every_other_is_not() =>
        Assert.Equal(
            Public(Elements("PropertyGroup").Select(property => property.Name.LocalName).Concat(s_files.SelectMany(file => ReferencePattern().Matches($"{file}").Select(match => match.Groups[1].Value)))),
            Named("Property"));

    [Fact]
    public void Every_item_is_on_the_page_and_every_other_is_not() =>
        Assert.Equal(Public(Elements("ItemGroup").Select(item => item.Name.LocalName)), Named("Item"));

    [Fact]
    public void Every_target_is_on_the_page_and_every_other_is_not() =>
        Assert.Equal(Public(s_files.SelectMany(file => file.Descendants("Target")).Select(target => target.Attribute("Name")!.Value)), Named("Target"));

    [Fact]
    public void Defaults_are_those_of_the_code()
    {
        var rows = Repository.RowsOf(s_page, "Property").Where(row => row.ContainsKey("Default")).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var name = Repository.CodeIn(row["Property"]).Single();
            var defaults = Elements("PropertyGroup")
                .Where(property => property.Name.LocalName == name && property.Attribute("Condition")?.Value.StartsWith($"'$({name})' == ''", StringComparison.Ordinal) == true)
                .Select(property => property.Value.Replace("$(_SchemaOutputPath)", "obj/schema/", StringComparison.Ordinal))
                .Where(value => !value.Contains('$', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
            var told = Repository.CodeIn(row["Default"]).ToHashSet(StringComparer.Ordinal);

            Assert.True(defaults.IsSubsetOf(told), $"{name} is {string.Join(", ", defaults)} by default.");
            Assert.True(row["Default"] != $"`{told.FirstOrDefault()}`" || defaults.SetEquals(told), $"{name} is not {row["Default"]} by default.");
        });
    }

    [Fact]
    public void What_the_README_says_of_properties_is_on_the_page()
    {
        var rows = Repository.RowsOf(Repository.Read("README.md"), "Property");
        Assert.NotEmpty(rows);
        Assert.Subset(
            Repository.RowsOf(s_page, "Property").Where(row => row.ContainsKey("Default")).Select(row => (row["Property"], row["Default"])).ToHashSet(),
            rows.Select(row => (row["Property"], row["Default"])).ToHashSet());
    }

    [Fact]
    public void A_property_that_takes_certain_values_has_them_in_its_row() =>
        Assert.All(
            s_files.SelectMany(file => file.Descendants("_SchemaUnknownValue")),
            check => Assert.Subset(
                Repository.RowsOf(s_page, "Property").Where(row => row["Property"] == $"`{check.Attribute("Property")!.Value}`").SelectMany(row => row.Values).SelectMany(Repository.CodeIn).ToHashSet(),
                Elements("PropertyGroup").Single(property => $"$({property.Name.LocalName})" == check.Attribute("Allowed")!.Value).Value.Split(';').ToHashSet()));

    private static IEnumerable<XElement> Elements(string group) => s_files.SelectMany(file => file.Descendants(group)).SelectMany(element => element.Elements());

    private static IEnumerable<string> Named(string heading) =>
        Repository.RowsOf(s_page, heading).SelectMany(row => Repository.CodeIn(row[heading])).Order(StringComparer.Ordinal);

    // Names that are the SDK's own and not private.
    private static IEnumerable<string> Public(IEnumerable<string> names) =>
        names.Where(name => PublicPattern().IsMatch(name)).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\$\((\w+)")]
    private static partial Regex ReferencePattern();

    [GeneratedRegex("^(?!_).*(Schema|Deploy)")]
    private static partial Regex PublicPattern();
}
