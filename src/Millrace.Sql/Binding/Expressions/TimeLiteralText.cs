using System.Globalization;
using System.Text.RegularExpressions;
using Millrace.Data.Time;

namespace Millrace.Sql.Binding;

/// <summary>
/// The texts of DATE and TIMESTAMP literals: <c>yyyy-M-d</c>, then optionally <c>H:m:s[.f]</c>. Unlike a CAST, a
/// literal is strict: no February 30, no hour 25. More than nine fraction digits are cut.
/// </summary>
internal static partial class TimeLiteralText
{
    private const string Day = "(?<y>[0-9]{4})-(?<m>[0-9]{1,2})-(?<d>[0-9]{1,2})";

    public static bool TryDate(string text, out int days)
    {
        Match match = DateForm().Match(text);
        return TryDays(match, out days) && match.Length == text.Length;
    }

    public static bool TryTimestamp(string text, out long millis, out int precision)
    {
        Match match = TimestampForm().Match(text);
        (millis, precision) = (0, 0);
        if (!TryDays(match, out int days))
        {
            return false;
        }

        (int hour, int minute, int second) = (Number(match, "h"), Number(match, "i"), Number(match, "s"));
        string fraction = match.Groups["f"].Value;
        fraction = fraction.Length > 9 ? fraction[..9] : fraction;
        precision = fraction.Length;
        int milli = int.Parse((fraction + "000")[..3], CultureInfo.InvariantCulture);
        millis = (((((days * 24L) + hour) * 60) + minute) * 60 + second) * 1000 + milli;
        return hour < 24 && minute < 60 && second < 60;
    }

    /// <summary>Milliseconds of the day; a fraction is read and dropped.</summary>
    public static bool TryTime(string text, out int millis)
    {
        Match match = TimeForm().Match(text);
        (int hour, int minute, int second) = (Number(match, "h"), Number(match, "i"), Number(match, "s"));
        millis = ((((hour * 60) + minute) * 60) + second) * 1000;
        return match.Success && hour < 24 && minute < 60 && second < 60;
    }

    private static bool TryDays(Match match, out int days)
    {
        (int year, int month, int day) = (Number(match, "y"), Number(match, "m"), Number(match, "d"));
        bool isDate = match.Success && month is >= 1 and <= 12 && day >= 1 && day <= CivilDate.DaysInMonth(year, month);
        days = isDate ? (int)CivilDate.ToDays(year, month, day) : 0;
        return isDate;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<h>[0-9]{1,2}):(?<i>[0-9]{1,2}):(?<s>[0-9]{1,2})(\.[0-9]*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimeForm();

    [GeneratedRegex("^" + Day + "$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DateForm();

    [GeneratedRegex(
        "^" + Day + @"( (?<h>[0-9]{1,2}):(?<i>[0-9]{1,2}):(?<s>[0-9]{1,2})(\.(?<f>[0-9]*))?)?$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TimestampForm();
}
