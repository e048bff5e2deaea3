using System.Globalization;

namespace Millrace.Bench.Measuring;

/// <summary>Least, median and greatest of what the rounds gave.</summary>
public readonly record struct Spread(double Min, double Median, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        return new Spread(sorted[0], median, sorted[^1]);
    }

    /// <summary>Three cells of a table.</summary>
    public string Cells(string format) => string.Join(
        " | ", new[] { Min, Median, Max }.Select(v => v.ToString(format, CultureInfo.InvariantCulture)));
}
