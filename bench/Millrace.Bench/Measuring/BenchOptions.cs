using System.Globalization;

namespace Millrace.Bench.Measuring;

/// <summary>
/// How large a benchmark is: <c>--rounds N --events N --seconds N --rate N --only N --loads N,N</c>; what is not said is the
/// benchmark's own choice.
/// </summary>
public sealed class BenchOptions
{
    private readonly Dictionary<string, string> values = [];

    /// <exception cref="FormatException">An option without a value, or one that is no number.</exception>
    public BenchOptions(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length % 2 != 0)
        {
            throw new FormatException("every option has a value behind it");
        }

        for (int i = 0; i < arguments.Length; i += 2)
        {
            values[arguments[i]] = arguments[i + 1];
        }
    }

    /// <summary>Rounds that count.</summary>
    public int Rounds(int otherwise) => Of("--rounds", otherwise);

    /// <summary>Events of a log.</summary>
    public int Events(int otherwise) => Of("--events", otherwise);

    /// <summary>How long a load lasts.</summary>
    public int Seconds(int otherwise) => Of("--seconds", otherwise);

    /// <summary>Requests per second.</summary>
    public int Rate(int otherwise) => Of("--rate", otherwise);

    /// <summary>Which contender alone is to run, counted from 0.</summary>
    public int Only => Of("--only", 0);

    /// <summary>Which lines of a table of loads are to run, counted from 0: <c>--loads 1,5</c>; null for all.</summary>
    public IReadOnlyList<int>? Loads => values.TryGetValue("--loads", out string? text)
        ? [.. text.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))]
        : null;

    /// <summary>A folder of input, or null.</summary>
    public string? Input => values.GetValueOrDefault("--input");

    /// <summary>A folder with a cluster to run beside: see <c>bench/flink</c>; or null.</summary>
    public string? Cluster => values.GetValueOrDefault("--cluster");

    private int Of(string name, int otherwise) => values.TryGetValue(name, out string? text)
        ? int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
        : otherwise;
}
