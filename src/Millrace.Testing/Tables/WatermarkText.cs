using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Testing.Tables;

/// <summary>A watermark as DDL writes it: a column, or a column less an interval.</summary>
/// <param name="Column">The time column.</param>
/// <param name="DelayMs">How far out of order rows may come, in ms.</param>
public sealed partial record WatermarkText(string Column, long DelayMs)
{
    /// <summary>Reads <c>ts</c> or <c>ts - INTERVAL '5' SECOND</c>; null for anything else.</summary>
    public static WatermarkText? Parse(string text)
    {
        Match match = Form().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        string column = match.Groups["column"].Value.Trim('`');
        return match.Groups["amount"].Success
            ? new(column, (long)(decimal.Parse(match.Groups["amount"].Value, CultureInfo.InvariantCulture)
                * UnitMs(match.Groups["unit"].Value)))
            : new(column, 0);
    }

    private static long UnitMs(string unit) => unit.ToUpperInvariant() switch
    {
        "SECOND" => 1_000,
        "MINUTE" => 60_000,
        "HOUR" => 3_600_000,
        _ => 86_400_000,
    };

    [GeneratedRegex(
        @"^(?<column>`[^`]+`|\w+)"
            + @"(\s*-\s*INTERVAL\s*'(?<amount>\d+(\.\d{1,3})?)'\s*(?<unit>SECOND|MINUTE|HOUR|DAY)S?)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
