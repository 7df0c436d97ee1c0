using System.Text.RegularExpressions;

namespace SchemaDeploy.Tool.Tests.Documentation;

/// <summary>The pages of this repository lead to each other.</summary>
public sealed partial class LinkTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(s_docs, "*.md").Concat(Directory.EnumerateFiles(Repository.Root, "*.md")).Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_page_links_to_is_there(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        Assert.All(LinksOf(Repository.Read(page)).Where(link => !link.Contains("://", StringComparison.Ordinal)), link =>
        {
            var (path, anchor) = link.Split('#', 2) is [var before, var behind] ? (before, behind) : (link, null);
            var target = path.Length == 0 ? Path.Combine(Repository.Root, page) : Path.GetFullPath(path, folder);
            Assert.True(Path.Exists(target), $"{page} links to {link}, which is not there.");
            Assert.True(anchor is null || AnchorsOf(File.ReadAllText(target)).Contains(anchor), $"{page} links to {link}, which has no such heading.");
        });
    }

    [Fact]
    public void The_index_has_every_page_of_the_documentation() =>
        Assert.Equal(
            Directory.EnumerateFiles(s_docs, "*.md").Select(file => Path.GetFileName(file)).Where(name => name != "README.md").Order(StringComparer.Ordinal),
            LinksOf(Repository.Read("docs", "README.md")).Where(link => !link.Contains('/', StringComparison.Ordinal) && !link.Contains('#', StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> LinksOf(string page) => LinkPattern().Matches(WithoutCode(page)).Select(match => match.Groups[1].Value);

    // As GitHub makes them: small letters, hyphens for blanks, no other signs, numbers behind what came before.
    private static HashSet<string> AnchorsOf(string page)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match heading in HeadingPattern().Matches(FencePattern().Replace(page.ReplaceLineEndings("\n"), "")))
        {
            var anchor = SignPattern().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-');
            for (var (name, i) = (anchor, 1); !anchors.Add(name); i++)
            {
                name = $"{anchor}-{i}";
            }
        }

        return anchors;
    }

    private static string WithoutCode(string page) => InlineCodePattern().Replace(FencePattern().Replace(page, ""), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencePattern();

    [GeneratedRegex("`[^`\n]*`(?!])")]
    private static partial Regex InlineCodePattern();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex SignPattern();
}
