using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Millrace.Cli.Verbs;

/// <summary>
/// Options whose values are sizes (<c>512MiB</c>, <c>2G</c>) and durations (<c>500ms</c>, <c>30s</c>).
/// </summary>
internal static class Amounts
{
    private static readonly (string Unit, double Factor)[] Sizes =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12),
        ("K", 1L << 10), ("M", 1L << 20), ("G", 1L << 30), ("T", 1L << 40), ("B", 1), ("", 1),
    ];

    private static readonly (string Unit, double Factor)[] Durations =
        [("ms", 1), ("s", 1e3), ("m", 6e4), ("min", 6e4), ("h", 36e5)];

    /// <summary>An option in bytes; null where it is not given.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, Sizes, "a size such as 512MiB or 2G") is { } bytes ? (long)bytes : null,
    };

    /// <summary>An option in time; null where it is not given.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, Durations, "a duration such as 500ms, 30s or 5m") is { } ms
            ? TimeSpan.FromMilliseconds(ms)
            : null,
    };

    private static double? Parse(ArgumentResult result, (string Unit, double Factor)[] units, string wanted)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        string number = text.TrimEnd("BKMGTibmshn".ToCharArray());
        (string Unit, double Factor) unit = Array.Find(units, u => text == number + u.Unit);
        bool isNumber = double.TryParse(
            number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value);
        if (isNumber && unit.Unit is not null && value * unit.Factor is >= 1 and < 9e14)
        {
            return value * unit.Factor;
        }

        result.AddError($"{text} is not {wanted}");
        return null;
    }
}
