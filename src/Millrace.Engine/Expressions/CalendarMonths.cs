namespace Millrace.Engine.Expressions;

/// <summary>Adds months in the proleptic Gregorian calendar; a day that the month has not becomes its last.</summary>
internal static class CalendarMonths
{
    private const long MsPerDay = 86_400_000;
    private const long DaysPerEra = 146_097;

    public static long AddToTimestamp(long ms, long months)
    {
        long day = Math.DivRem(ms, MsPerDay, out long time);
        if (time < 0)
        {
            day--;
            time += MsPerDay;
        }

        return (AddToDay(day, months) * MsPerDay) + time;
    }

    /// <summary>Days since 1970-01-01.</summary>
    public static long AddToDay(long day, long months)
    {
        (long year, int month, int dayOfMonth) = ToDate(day);
        long total = (year * 12) + month - 1 + months;
        long newYear = FloorDivide(total, 12);
        int newMonth = (int)(total - (newYear * 12)) + 1;
        return FromDate(newYear, newMonth, Math.Min(dayOfMonth, DaysIn(newYear, newMonth)));
    }

    // Years begin in March here, so that the leap day comes last; eras are 400 years.
    private static (long Year, int Month, int Day) ToDate(long epochDay)
    {
        long z = epochDay + 719_468;
        long era = FloorDivide(z, DaysPerEra);
        long dayOfEra = z - (era * DaysPerEra);
        long yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        long dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        int shifted = (int)(((5 * dayOfYear) + 2) / 153);
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        int day = (int)(dayOfYear - (((153 * shifted) + 2) / 5)) + 1;
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    private static long FromDate(long year, int month, int day)
    {
        long y = month <= 2 ? year - 1 : year;
        long era = FloorDivide(y, 400);
        long yearOfEra = y - (era * 400);
        long dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        long dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * DaysPerEra) + dayOfEra - 719_468;
    }

    private static int DaysIn(long year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    private static long FloorDivide(long value, long divisor) =>
        (value / divisor) - (value % divisor < 0 ? 1 : 0);
}
