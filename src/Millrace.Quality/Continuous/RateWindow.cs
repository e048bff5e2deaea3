namespace Millrace.Quality.Continuous;

/// <summary>
/// How many rows came in the last period, from a counter that only grows: keeps one reading per tick for as long as
/// the period and one before. Until the counter has been watched for a whole period there is no rate. Not
/// thread-safe.
/// </summary>
internal sealed class RateWindow(long periodMs)
{
    private readonly Queue<(long AtMs, long Total)> readings = new();
    private (long AtMs, long Total)? oldest;
    private (long AtMs, long Total) newest;

    /// <summary>Takes a reading. Times must not go back.</summary>
    public void Read(long nowMs, long total)
    {
        newest = (nowMs, total);
        readings.Enqueue(newest);
        while (readings.Count > 0 && readings.Peek().AtMs <= nowMs - periodMs)
        {
            oldest = readings.Dequeue();
        }
    }

    /// <summary>Rows in the period before the newest reading, or null before a whole period was watched.</summary>
    public double? RowsPerPeriod => oldest is { } old && newest.AtMs > old.AtMs
        ? (newest.Total - old.Total) * (double)periodMs / (newest.AtMs - old.AtMs)
        : null;
}
