using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Tests.Monitoring;

/// <summary>The alerts of bundles, tried with the programs that read them.</summary>
public sealed class AlertTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    // Other databases have the rules of one of these.
    public static TheoryData<DeployTarget, DatabaseKind> Bundles => new()
    {
        { DeployTarget.Docker, DatabaseKind.PostgreSql },
        { DeployTarget.K8s, DatabaseKind.PostgreSql },
        { DeployTarget.K8s, DatabaseKind.Sqlite },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Every_alert_says_how_bad_it_is_and_what_to_do(DeployTarget target, DatabaseKind database)
    {
        var files = Bundle.Generate(database, target: target);
        var sections = files.TextOf("RUNBOOK.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]);
        var alerts = Alert.Read(RulesOf(files));

        Assert.All(alerts, alert =>
        {
            Assert.Contains(alert.Labels["severity"], (string[])["critical", "warning"]);
            Assert.Equal(["description", "runbook_url", "summary"], alert.Annotations.Keys.Order());
            Assert.Equal($"RUNBOOK.md#{alert.Name.ToLowerInvariant()}", alert.Annotations["runbook_url"]);
        });
        Assert.Equal(alerts.Select(alert => alert.Name).Order(), sections.Order());
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    public void Every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not(DeployTarget target, DatabaseKind database)
    {
        var cases = CasesOf(target, database).ToList();

        Assert.Equal(
            Alert.Read(RulesOf(Bundle.Generate(database, target: target))).Select(alert => alert.Name).Order(),
            cases.Where(test => test.FiresAt.Length > 0 && test.SilentAt.Length > 0).Select(test => test.Alert).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Bundles))]
    [Trait("Category", "Integration")]
    public async Task Alerts_fire_when_they_should_and_at_no_other_time(DeployTarget target, DatabaseKind database)
    {
        Assert.SkipUnless(Command.Exists("promtool"), "promtool is not installed (Debian package prometheus).");
        var rules = RulesOf(Bundle.Generate(database, target: target));
        Write("alerts.yml", rules);
        var alerts = Alert.Read(rules);
        Write("cases.yml", AlertCase.Write(CasesOf(target, database), alerts));

        var lint = await Command.RunAsync("promtool", ["check", "rules", "--lint=all", "--lint-fatal", Path.Combine(_folder, "alerts.yml")]);
        Assert.True(lint.ExitCode == 0, lint.Output + lint.Error);
        var test = await Command.RunAsync("promtool", ["test", "rules", Path.Combine(_folder, "cases.yml")]);
        Assert.True(test.ExitCode == 0, test.Output + test.Error);

        // An alert that never fires, which shows that it would be told.
        Write("cases.yml", AlertCase.Write(CasesOf(target, database).Where(test => test.Alert == "DatabaseDown"), alerts));
        Write("alerts.yml", rules.Replace("check=\"database\"", "check=\"nothing\"", StringComparison.Ordinal));
        Assert.NotEqual(0, (await Command.RunAsync("promtool", ["test", "rules", Path.Combine(_folder, "cases.yml")])).ExitCode);
    }

    [Fact]
    [Trait("Category", "Integration")]
    public async Task Prometheus_and_Alertmanager_take_their_configurations()
    {
        Assert.SkipUnless(Command.Exists("promtool") && Command.Exists("amtool"), "promtool and amtool are not installed (Debian packages prometheus and prometheus-alertmanager).");
        new BundleFolder(_folder).Write(Bundle.Generate(DatabaseKind.PostgreSql), new Schema.Diagnostics.DiagnosticBag());
        var monitoring = Path.Combine(_folder, "monitoring");

        var prometheus = await Command.RunAsync("promtool", ["check", "config", Path.Combine(monitoring, "prometheus.yml")]);
        Assert.True(prometheus.ExitCode == 0, prometheus.Output + prometheus.Error);
        var alertmanager = await Command.RunAsync("amtool", ["check-config", Path.Combine(monitoring, "alertmanager.yml")]);
        Assert.True(alertmanager.ExitCode == 0, alertmanager.Output + alertmanager.Error);
        // Whom somebody else than operators is to be told.
        File.WriteAllText(Path.Combine(monitoring, "alertmanager.yml"), File.ReadAllText(Path.Combine(monitoring, "alertmanager.yml")).Replace("receiver: operators", "receiver: nobody", StringComparison.Ordinal));
        Assert.NotEqual(0, (await Command.RunAsync("amtool", ["check-config", Path.Combine(monitoring, "alertmanager.yml")])).ExitCode);
    }

    /// <summary>The rules as Prometheus reads them from a file.</summary>
    private static string RulesOf(IReadOnlyList<BundleFile> files) =>
        files.FirstOrDefault(file => file.Path == "components/monitoring/alerts.yaml") is { } resource
            ? string.Join('\n', resource.Text.Split("\nspec:\n")[1].Split('\n').Select(line => line.Length > 2 ? line[2..] : ""))
            : files.TextOf("monitoring/alerts.yml");

    private static IEnumerable<AlertCase> CasesOf(DeployTarget target, DatabaseKind database) => target switch
    {
        DeployTarget.Docker => [.. AlertCase.Common, .. AlertCase.Compose],
        _ when database == DatabaseKind.Sqlite => [.. AlertCase.Common, .. AlertCase.Kubernetes, AlertCase.MigrationFailed],
        _ => [.. AlertCase.Common, .. AlertCase.Kubernetes, .. AlertCase.KubernetesWithServer],
    };

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
