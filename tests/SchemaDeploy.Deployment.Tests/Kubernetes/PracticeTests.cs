using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Tests.Kubernetes;

/// <summary>Best practices, as others' checkers ask for them, held by every overlay.</summary>
public sealed class PracticeTests
{
    private static readonly Practice[] s_practices = [.. PodPractices.All, .. ServicePractices.All];

    public static TheoryData<Overlay> Overlays => [.. Overlay.All];

    public static TheoryData<string> Names => [.. s_practices.Select(practice => practice.Name)];

    [Theory]
    [MemberData(nameof(Overlays))]
    [Trait("Category", "Integration")]
    public async Task An_overlay_follows_every_practice(Overlay overlay)
    {
        var manifests = await overlay.ReadAsync();

        Assert.All(s_practices.Where(practice => practice.Holds(overlay)), practice => Assert.Equal((practice.Name, ""), (practice.Name, string.Join(", ", practice.Faults(manifests)))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Integration")]
    public async Task A_practice_that_is_not_followed_is_seen(string name)
    {
        var practice = s_practices.Single(practice => practice.Name == name);
        // Dev has kinds that the others have not, and the other way round.
        var manifests = await new Overlay(DatabaseKind.PostgreSql, practice.Scope == Scope.Everywhere ? "dev" : "production").ReadAsync();
        Assert.Empty(practice.Faults(manifests));

        practice.Spoil(manifests);

        Assert.NotEmpty(practice.Faults(manifests));
    }

    [Fact]
    public void The_page_lists_every_practice_with_its_sources_and_how_it_is_met()
    {
        var rows = File.ReadAllLines(Page.Path)
            .SkipWhile(line => line != "| Practice | Where | Asked for by | How it is met |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split(" | ", StringSplitOptions.TrimEntries))
            .ToList();

        Assert.Equal(s_practices.Select(practice => (practice.Name, WhereOf(practice), practice.Sources)), rows.Select(row => (row[0].Trim(), row[1], row[2])));
        Assert.All(rows, row => Assert.True(row[3].Length > 5, row[0]));
    }

    private static string WhereOf(Practice practice) => practice.Scope switch
    {
        Scope.Reachable => "not in dev",
        Scope.Replicated => "not in dev, not with SQLite",
        _ => "everywhere",
    };
}
