using Millrace.Hosting.Status;

namespace Millrace.Quality.Continuous;

/// <summary>
/// What a test of a table needs to know of it now: the rows that it has had, and how far its newest row is behind the
/// clock.
/// </summary>
/// <param name="Rows">Rows in its topic since ever.</param>
/// <param name="LagMs">The clock less the newest row's time (its event time, else when it was written); null before
/// the first.</param>
internal readonly record struct TableActivity(long Rows, long? LagMs)
{
    public static TableActivity Of(RuntimeStatus status, string table)
    {
        if (status.Models.FirstOrDefault(m => m.Name == table) is { } model)
        {
            return new(model.RowsOut, Lag(status.NowMs, model.MaxEventTimeMs ?? model.LastRowMs));
        }

        SourceStatus source = status.Sources.First(s => s.Name == table);
        return new(source.Records, Lag(status.NowMs, source.MaxEventTimeMs ?? source.LastRecordMs));
    }

    private static long? Lag(long nowMs, long? newestMs) => newestMs is { } newest ? Math.Max(0, nowMs - newest) : null;
}
