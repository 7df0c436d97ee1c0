using SchemaDeploy.Generation.Design;

namespace SchemaDeploy.Deployment.Tests.Aws;

/// <summary>Whether CloudFormation would understand the bundle.</summary>
[Trait("Category", "Integration")]
public sealed class TemplateTests : IDisposable
{
    // What is wrong, and what is told of it: of the specification of resources, of the CDK, and of its default rules.
    private static readonly (string Template, string Right, string Wrong, string Fault)[] s_wrong =
    [
        ("app", "HealthCheckGracePeriodSeconds", "HealthCheckGracePeriod", "Service.HealthCheckGracePeriod is no property"),
        ("app", "DeploymentCircuitBreaker: { Enable: true", "DeploymentCircuitBreaker: { Enable: maybe", "neither true nor false"),
        ("app", "ContainerPort: 3000, TargetGroupArn", "ContainerPort: many, TargetGroupArn", "no number"),
        ("migration", "          Image: !Ref Image\n", "", "Image is missing"),
        ("migration", "AWS::ECS::TaskDefinition", "AWS::ECS::TaskDefinitio", "there is no AWS::ECS::TaskDefinitio"),
        ("base", "SecurityGroups: [!Ref LoadBalancerGroup]", "SecurityGroups: [!Ref LoadBalancerGrou]", "LoadBalancerGrou"),
        ("base", "Default: db.t4g.micro", "Default: db.t4g.micr", "DBInstanceClass"),
        ("base", "    DeletionPolicy: Snapshot\n", "", "'DeletionPolicy' are needed"),
        ("repository", "ImageTagMutability: IMMUTABLE", "ImageTagMutability: SOMETIMES", "ImageTagMutability"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("schemadeploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_template_is_valid_and_what_is_wrong_is_told()
    {
        string[] all = ["repository", "base", "migration", "app"];
        foreach (var database in new[] { DatabaseKind.PostgreSql, DatabaseKind.MySql, DatabaseKind.SqlServer })
        {
            var files = Bundle.Generate(database, target: DeployTarget.Aws);
            foreach (var name in all)
            {
                Write($"right-{database}-{name}", files.TextOf($"{name}.yaml"));
            }
        }

        foreach (var (index, (template, right, wrong, _)) in s_wrong.Index())
        {
            var text = Bundle.Generate(DatabaseKind.PostgreSql, target: DeployTarget.Aws).TextOf($"{template}.yaml");
            Assert.Contains(right, text, StringComparison.Ordinal);
            Write($"wrong-{index}", text.Replace(right, wrong, StringComparison.Ordinal));
        }

        // As deploy.sh completes them.
        using var scripts = AwsScripts.Ready();
        var deployed = await scripts.RunAsync("deploy.sh", "production", AwsScripts.Image);
        Assert.True(deployed.ExitCode == 0, deployed.Error);
        Write("right-sent-migration", scripts.Kept("migration.yaml"));
        Write("right-sent-app", scripts.Kept("app.yaml"));

        var faults = await FaultsAsync();

        Assert.DoesNotContain(faults, fault => fault.StartsWith("right-", StringComparison.Ordinal));
        Assert.All(s_wrong.Index(), item => Assert.Contains(
            faults, fault => fault.StartsWith($"wrong-{item.Index}.yaml", StringComparison.Ordinal) && fault.Contains(item.Item.Fault, StringComparison.Ordinal)));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, $"{name}.yaml"), text);

    private async Task<string[]> FaultsAsync()
    {
        var modules = await NpmPackage.InstallAsync("aws-cdk-lib@2.276.0", "@aws-cdk/aws-service-spec@0.1.216", "yaml@2.9.1");
        var run = await Command.RunAsync("node", [Path.Combine(AppContext.BaseDirectory, "Aws", "validate.mjs"), modules, .. Directory.GetFiles(_folder).Order(StringComparer.Ordinal)]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
