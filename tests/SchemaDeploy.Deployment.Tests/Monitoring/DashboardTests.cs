using System.Text.Json;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Tests.Monitoring;

/// <summary>The dashboard, as far as it can be read without Grafana.</summary>
public sealed class DashboardTests
{
    [Theory]
    [InlineData(DeployTarget.Docker, "monitoring/grafana/dashboards/application.json")]
    [InlineData(DeployTarget.K8s, "components/monitoring/dashboard.json")]
    public void It_lets_one_choose_among_the_resources_of_the_schema(DeployTarget target, string path)
    {
        var dashboard = JsonElement.Parse(Bundle.Generate(DatabaseKind.PostgreSql, target: target).TextOf(path));

        var resource = dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Single(variable => variable.GetProperty("name").GetString() == "resource");
        Assert.Equal("audit logs,authentication,items,users", resource.GetProperty("query").GetString());
        var panels = dashboard.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(target == DeployTarget.Docker, panels.Exists(IsLog));
        Assert.All(panels.Where(panel => panel.GetProperty("type").GetString() != "row" && !IsLog(panel)), panel => Assert.All(
            panel.GetProperty("targets").EnumerateArray(),
            query => Assert.Contains("job=\"shop\"", query.GetProperty("expr").GetString(), StringComparison.Ordinal)));
        Assert.Contains(panels.SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : []), query =>
            query.TryGetProperty("legendFormat", out var legend) && legend.GetString() == "{{operation}}");

        static bool IsLog(JsonElement panel) => panel.GetProperty("type").GetString() == "logs";
    }

    [Theory]
    [InlineData(DeployTarget.Docker, "monitoring/grafana/dashboards/application.json")]
    [InlineData(DeployTarget.K8s, "components/monitoring/dashboard.json")]
    public void No_panel_lies_on_another(DeployTarget target, string path)
    {
        var taken = new HashSet<(int X, int Y)>();
        foreach (var panel in JsonElement.Parse(Bundle.Generate(DatabaseKind.PostgreSql, target: target).TextOf(path)).GetProperty("panels").EnumerateArray())
        {
            var place = panel.GetProperty("gridPos");
            var (left, top) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            for (var x = left; x < left + place.GetProperty("w").GetInt32(); x++)
            {
                for (var y = top; y < top + place.GetProperty("h").GetInt32(); y++)
                {
                    Assert.True(taken.Add((x, y)), panel.GetProperty("title").GetString());
                }
            }
        }
    }
}
