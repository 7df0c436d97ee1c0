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
        Assert.All(panels.Where(panel => panel.GetProperty("type").GetString() != "row"), panel => Assert.All(
            panel.GetProperty("targets").EnumerateArray(),
            query => Assert.Contains("job=\"shop\"", query.GetProperty("expr").GetString(), StringComparison.Ordinal)));
        Assert.Contains(panels.SelectMany(panel => panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : []), query =>
            query.GetProperty("legendFormat").GetString() == "{{operation}}");
    }
}
