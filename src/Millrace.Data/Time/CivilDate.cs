namespace Millrace.Data.Time;

/// <summary>
/// Days since 1970-01-01 to year, month, day and back, in the proleptic Gregorian calendar, for all years of ±292
/// million. The year is counted from March, so that the leap day is its last. No state; safe from any thread.
/// </summary>
public static class CivilDate
{
    public const long MillisPerDay = 86_400_000;

    private const int DaysPerEra = 146_097;

    /// <summary>The day number of a date that exists.</summary>
    public static long ToDays(long year, int month, int day)
    {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = FloorDiv(marchYear, 400);
        int yearOfEra = (int)(marchYear - era * 400);
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DaysPerEra + dayOfEra - 719_468;
    }

    /// <summary>The date of a day number.</summary>
    public static (long Year, int Month, int Day) FromDays(long days)
    {
        long shifted = days + 719_468;
        long era = FloorDiv(shifted, DaysPerEra);
        int dayOfEra = (int)(shifted - era * DaysPerEra);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
    }

    public static bool IsLeap(long year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInMonth(long year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>The quotient rounded toward negative infinity.</summary>
    public static long FloorDiv(long value, long by)
    {
        long quotient = value / by;
        return (value % by != 0 && (value ^ by) < 0) ? quotient - 1 : quotient;
    }
}
