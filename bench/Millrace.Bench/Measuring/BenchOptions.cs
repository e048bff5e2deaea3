using System.Globalization;

namespace Millrace.Bench.Measuring;

/// <summary>
/// How large a benchmark is: <c>--rounds N --events N --seconds N --rate N --only N</c>; what is not said is the
/// benchmark's own choice.
/// </summary>
public sealed class BenchOptions
{
    private readonly Dictionary<string, int> values = [];

    /// <exception cref="FormatException">An option without a number.</exception>
    public BenchOptions(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length % 2 != 0)
        {
            throw new FormatException("every option has a number behind it");
        }

        for (int i = 0; i < arguments.Length; i += 2)
        {
            values[arguments[i]] = int.Parse(
                arguments[i + 1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
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

    private int Of(string name, int otherwise) => values.GetValueOrDefault(name, otherwise);
}
