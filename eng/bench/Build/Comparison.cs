using System.Globalization;

namespace BuildBenchmark;

/// <summary>The runs of two commands in turns.</summary>
internal sealed record Comparison(IReadOnlyList<Measured> Ours, IReadOnlyList<Measured> Theirs)
{
    /// <summary>The median of our runs by a measure.</summary>
    public double MedianOfOurs(Func<Measured, double> measure) => Median(Ours.Select(measure));

    /// <summary>The median of the yardstick's runs by a measure.</summary>
    public double MedianOfTheirs(Func<Measured, double> measure) => Median(Theirs.Select(measure));

    /// <summary>The ratio of the medians, and the lowest and the highest of a pair.</summary>
    public string Ratio(Func<Measured, double> measure)
    {
        var ratios = Ours.Zip(Theirs, (a, b) => measure(a) / measure(b)).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{MedianOfOurs(measure) / MedianOfTheirs(measure):F2} ({ratios.Min():F2} to {ratios.Max():F2})");
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered[ordered.Count / 2];
    }
}
