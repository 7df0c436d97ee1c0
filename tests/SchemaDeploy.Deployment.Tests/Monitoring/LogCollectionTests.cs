using SchemaDeploy.Deployment.Bundles;
using SchemaDeploy.Generation.Design;
using YamlDotNet.RepresentationModel;

namespace SchemaDeploy.Deployment.Tests.Monitoring;

/// <summary>The way of the application's log to Loki and Grafana, as far as it can be read without their programs: each step knows the next.</summary>
public sealed class LogCollectionTests
{
    private readonly IReadOnlyList<BundleFile> _files = Bundle.Generate(DatabaseKind.PostgreSql);

    private YamlNode Collector => Read("monitoring/collector.yml");

    private YamlNode Services => Read("compose.yaml")["services"];

    [Fact]
    public void The_environment_sends_it_to_the_collector_where_that_listens()
    {
        var endpoint = $"{Collector["receivers"]["otlp"]["protocols"]["http"]["endpoint"]}";

        Assert.Contains($"\n#OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://collector:{endpoint.Split(':')[1]}/v1/logs\n", _files.TextOf(".env.example"), StringComparison.Ordinal);
        Assert.NotNull(Services["collector"]);
    }

    [Fact]
    public void The_collector_has_every_step_of_its_pipeline_and_brings_it_to_Loki()
    {
        foreach (var kind in new[] { "receivers", "processors", "exporters" })
        {
            Assert.Equal(((YamlMappingNode)Collector[kind]).Children.Keys, (YamlSequenceNode)Collector["service"]["pipelines"]["logs"][kind]);
        }

        Assert.Equal($"http://loki:{Read("monitoring/loki.yml")["server"]["http_listen_port"]}/otlp", $"{Collector["exporters"]["otlphttp"]["endpoint"]}");
        Assert.NotNull(Services["loki"]);
    }

    [Fact]
    public void The_collector_has_neither_the_socket_of_the_engine_nor_a_way_out()
    {
        var service = Services["collector"];

        Assert.Equal("./monitoring/collector.yml:/etc/otelcol/collector.yml:ro", $"{Assert.Single((YamlSequenceNode)service["volumes"])}");
        Assert.Equal("inside", $"{Assert.Single((YamlSequenceNode)service["networks"])}");
        Assert.DoesNotContain("docker.sock", _files.TextOf("compose.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_dashboard_reads_it_by_a_data_source_that_there_is()
    {
        var loki = Assert.Single((YamlSequenceNode)Read("monitoring/grafana/provisioning/datasources/prometheus.yml")["datasources"], source => $"{source["type"]}" == "loki");

        Assert.Equal("http://loki:3100", $"{loki["url"]}");
        Assert.Contains($$"""{"type": "loki", "uid": "{{loki["uid"]}}"}""", _files.TextOf("monitoring/grafana/dashboards/application.json"), StringComparison.Ordinal);
    }

    private YamlNode Read(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(_files.TextOf(path)));
        return yaml.Documents[0].RootNode;
    }
}
