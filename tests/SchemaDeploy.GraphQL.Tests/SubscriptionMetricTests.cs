using System.Globalization;
using SchemaDeploy.GraphQL.Tests.App;

namespace SchemaDeploy.GraphQL.Tests;

/// <summary>The gauge of open subscriptions. It is one for a process, in which other tests have their own applications.</summary>
[CollectionDefinition(nameof(SubscriptionMetricTests), DisableParallelization = true)]
[Collection(nameof(SubscriptionMetricTests))]
public sealed class SubscriptionMetricTests(GraphApp app) : IClassFixture<GraphApp>
{
    [Fact]
    public async Task ADMIN_reads_how_many_are_open()
    {
        await using var open = await EventReader.OpenAsync(app.Client, "subscription { authorChanged { kind } }");

        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        var series = (await app.SendAsync(request, app.Admin)).Text.Split('\n').Single(line => line.StartsWith("schemadeploy_subscriptions{", StringComparison.Ordinal));
        Assert.Equal(1, double.Parse(series.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
