using Millrace.Data.Time;

namespace Millrace.Engine.Expressions;

/// <summary>Adds months in the proleptic Gregorian calendar; a day that the month has not becomes its last.</summary>
internal static class CalendarMonths
{
    public static long AddToTimestamp(long ms, long months)
    {
        long day = CivilDate.FloorDiv(ms, CivilDate.MillisPerDay);
        return (AddToDay(day, months) * CivilDate.MillisPerDay) + ms - (day * CivilDate.MillisPerDay);
    }

    /// <summary>Days since 1970-01-01.</summary>
    public static long AddToDay(long day, long months)
    {
        (long year, int month, int dayOfMonth) = CivilDate.FromDays(day);
        long total = (year * 12) + month - 1 + months;
        long newYear = CivilDate.FloorDiv(total, 12);
        int newMonth = (int)(total - (newYear * 12)) + 1;
        return CivilDate.ToDays(newYear, newMonth, Math.Min(dayOfMonth, CivilDate.DaysInMonth(newYear, newMonth)));
    }
}
