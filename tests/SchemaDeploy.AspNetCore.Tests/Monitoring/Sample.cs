using System.Globalization;
using System.Text.RegularExpressions;

namespace SchemaDeploy.AspNetCore.Tests.Monitoring;

/// <summary>A line of what Prometheus reads: a series and its value.</summary>
internal sealed partial record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>The value of a label; null where the series has none of the name.</summary>
    public string? this[string label] => Labels.GetValueOrDefault(label);

    /// <summary>The samples of a text; what is neither a comment nor a sample fails.</summary>
    public static IReadOnlyList<Sample> Parse(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line =>
        {
            var match = Line().Match(line);
            Assert.True(match.Success, $"Not a sample: {line}");
            return new Sample(
                match.Groups["name"].Value,
                Label().Matches(match.Groups["labels"].Value).ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value),
                match.Groups["value"].Value == "+Inf" ? double.PositiveInfinity : double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        }),
    ];

    /// <summary>What an application's management port tells.</summary>
    public static async Task<IReadOnlyList<Sample>> ReadAsync(int port)
    {
        using var client = new HttpClient();
        return Parse(await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex Line();

    [GeneratedRegex("""(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"(?:,|$)""")]
    private static partial Regex Label();
}

/// <summary>Questions to what was read.</summary>
internal static class SampleExtensions
{
    /// <summary>The sum over the series of a name that have these labels.</summary>
    public static double Sum(this IReadOnlyList<Sample> samples, string name, params (string Name, string Value)[] labels) => samples
        .Where(sample => sample.Name == name && labels.All(label => sample[label.Name] == label.Value))
        .Sum(sample => sample.Value);
}
