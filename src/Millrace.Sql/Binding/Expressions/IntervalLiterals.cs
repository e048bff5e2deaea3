using System.Globalization;
using System.Text.RegularExpressions;

namespace Millrace.Sql.Binding;

/// <summary>The text of an interval literal by its unit: <c>'5' MINUTE</c>, <c>'1 12:30' DAY TO MINUTE</c>.</summary>
internal static partial class IntervalLiterals
{
    /// <summary>The fields in the order of the standard, with their milliseconds.</summary>
    private static readonly (string Unit, long Millis)[] DayTime =
        [("DAY", 86_400_000), ("HOUR", 3_600_000), ("MINUTE", 60_000), ("SECOND", 1_000)];

    /// <summary>An example of the text for a unit, for messages.</summary>
    public static string Form(string start, string end) => (start, end) switch
    {
        ("YEAR", "MONTH") => "1-2",
        ("DAY", "HOUR") => "1 02",
        ("DAY", "MINUTE") => "1 02:03",
        ("DAY", "SECOND") => "1 02:03:04.5",
        ("HOUR", "MINUTE") => "02:03",
        ("HOUR", "SECOND") => "02:03:04.5",
        ("MINUTE", "SECOND") => "03:04.5",
        _ => "5",
    };

    /// <summary>Months of an interval of years and months.</summary>
    public static IntervalParse Months(string text, string start, string end)
    {
        Match match = start == end ? OneField().Match(text) : YearMonth().Match(text);
        if (!match.Success || match.Groups["fraction"].Success)
        {
            return IntervalParse.Bad;
        }

        long lead = Number(match, "lead");
        long months = start == "YEAR" ? lead * 12 : lead;
        long second = start == end ? 0 : Number(match, "second");
        return second > 11 ? IntervalParse.Bad : new IntervalParse(Signed(match, months + second), lead, false);
    }

    /// <summary>Milliseconds of an interval of days to seconds.</summary>
    public static IntervalParse Millis(string text, string start, string end)
    {
        int first = Array.FindIndex(DayTime, u => u.Unit == start);
        int last = Array.FindIndex(DayTime, u => u.Unit == end);
        Match match = Fields().Match(text);
        string[] fields = [.. match.Groups["field"].Captures.Select(c => c.Value)];
        bool hasDay = match.Groups["day"].Success;
        bool fits = match.Success && last >= first && fields.Length == last - first + 1
            && hasDay == (start == "DAY" && last > first)
            && (end == "SECOND" || !match.Groups["fraction"].Success);
        if (!fits)
        {
            return IntervalParse.Bad;
        }

        long millis = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            long value = Number(fields[i]);
            long limit = first + i == 1 ? 23 : 59;
            if (i > 0 && (value > limit || fields[i].Length > 2))
            {
                return IntervalParse.Bad;
            }

            millis += value * DayTime[first + i].Millis;
        }

        string fraction = match.Groups["fraction"].Value;
        millis += Number(fraction.PadRight(3, '0')[..3]);
        bool isTooFine = fraction.Length > 3 && fraction[3..].Any(c => c != '0');
        return new IntervalParse(Signed(match, millis), Number(fields[0]), isTooFine);
    }

    private static long Signed(Match match, long value) => match.Groups["minus"].Success ? -value : value;

    private static long Number(Match match, string group) => Number(match.Groups[group].Value);

    /// <summary>More digits than any field may have are cut: the caller's check of the digits refuses them.</summary>
    private static long Number(string digits) =>
        long.Parse(digits.Length > 12 ? digits[..12] : digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<minus>-)?(?<lead>\d+)(?<fraction>\.\d+)?\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OneField();

    [GeneratedRegex(@"^\s*(?<minus>-)?(?<lead>\d+)-(?<second>\d{1,2})\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YearMonth();

    [GeneratedRegex(
        @"^\s*(?<minus>-)?(?<field>\d+)((?<day> )(?<field>\d+))?(:(?<field>\d+))*(\.(?<fraction>\d{1,9}))?\s*$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fields();
}

/// <summary>What an interval's text is.</summary>
/// <param name="Value">Months or milliseconds; null when the text does not fit the unit.</param>
/// <param name="Lead">The leading field, whose digits are limited.</param>
/// <param name="IsTooFine">Whether there is less than a millisecond in it.</param>
internal readonly record struct IntervalParse(long? Value, long Lead, bool IsTooFine)
{
    public static readonly IntervalParse Bad = new(null, 0, false);
}
