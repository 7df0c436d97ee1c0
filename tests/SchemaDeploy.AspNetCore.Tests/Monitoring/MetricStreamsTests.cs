using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using SchemaDeploy.AspNetCore.Monitoring;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>What is counted by itself, and what is only a part of a sum.</summary>
public sealed class MetricStreamsTests
{
    private static readonly string[] s_operations = ["list", "get", "create", "update", "delete"];
    private static readonly string[] s_answers = ["200", "304", "400", "401", "403", "404", "409", "412", "422", "429", "500", "503"];

    [Fact]
    public void Every_answer_of_300_resources_has_a_series_of_its_own()
    {
        const int resources = 300;
        Assert.Equal(resources * s_operations.Length * s_answers.Length, SeriesOf(resources, "Microsoft.AspNetCore.Hosting", meter =>
        {
            var duration = meter.CreateHistogram<double>("http.server.request.duration");
            foreach (var (resource, operation) in Enumerable.Range(0, resources).SelectMany(static number => s_operations.Select(operation => ($"resource{number}", operation))))
            {
                foreach (var answer in s_answers)
                {
                    duration.Record(0.1, new("http.response.status_code", answer), new("resource", resource), new KeyValuePair<string, object?>("operation", operation));
                }
            }
        }));
    }

    [Fact]
    public void What_has_few_series_takes_no_memory_for_many() =>
        Assert.Equal(100, SeriesOf(300, "Microsoft.AspNetCore.Server.Kestrel", static meter => CountMany(meter, "kestrel.connections")));

    [Fact]
    public void Instruments_of_the_application_keep_what_they_are_given() => Assert.Equal(500, SeriesOf(0, "Shop", static meter => CountMany(meter, "orders")));

    private static void CountMany(Meter meter, string name)
    {
        var counter = meter.CreateCounter<long>(name);
        for (var number = 0; number < 500; number++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("number", number));
        }
    }

    // Those with labels: what comes beyond the limit is one more, which has none.
    private static int SeriesOf(int resources, string name, Action<Meter> measure)
    {
        var (exporter, streams) = (new CountingExporter(), new MetricStreams(resources));
        // The process has another meter of the name, whose measurements are not to be among these.
        using var meter = new Meter(name);
        using var provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(name)
            .AddView(instrument => instrument.Meter == meter ? streams.Of(instrument) : MetricStreamConfiguration.Drop)
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
        measure(meter);
        provider.ForceFlush();
        return exporter.Series;
    }

    private sealed class CountingExporter : BaseExporter<Metric>
    {
        public int Series { get; private set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            Series = 0;
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    foreach (var (label, _) in point.Tags)
                    {
                        Series += label == "otel.metric.overflow" ? 0 : 1;
                        break;
                    }
                }
            }

            return ExportResult.Success;
        }
    }
}
