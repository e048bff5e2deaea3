namespace Millrace.Demo;

/// <summary>
/// How busy a shop is over the hours of a day (UTC), as a factor of the mean: a trough at night, a peak in the evening.
/// </summary>
internal static class DailyShape
{
    private const long DayMs = 86_400_000;
    private const long HourMs = 3_600_000;

    private static readonly double[] Hours = Normalized(
        [0.45, 0.35, 0.30, 0.28, 0.30, 0.40, 0.60, 0.80, 0.95, 1.05, 1.15, 1.25,
         1.30, 1.20, 1.15, 1.15, 1.20, 1.35, 1.55, 1.75, 1.80, 1.55, 1.10, 0.70]);

    public static double At(long ms)
    {
        long inDay = ((ms % DayMs) + DayMs) % DayMs;
        int hour = (int)(inDay / HourMs);
        double part = (double)(inDay % HourMs) / HourMs;
        return (Hours[hour] * (1 - part)) + (Hours[(hour + 1) % 24] * part);
    }

    private static double[] Normalized(double[] hours) => [.. hours.Select(h => h / hours.Average())];
}
