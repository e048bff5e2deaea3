using System.Globalization;
using Millrace.Projects;

namespace Millrace.Quality.Continuous;

/// <summary>
/// The rules of freshness, lag and throughput as pure functions of what was measured: they return how it is and say
/// it in words. Ages and lags are milliseconds.
/// </summary>
internal static class Judgement
{
    public static (Health Health, string Message) Freshness(FreshnessDefinition bounds, long ageMs, bool anyRecord)
    {
        string age = anyRecord ? $"newest record {Seconds(ageMs)} old" : $"no record for {Seconds(ageMs)}";
        if (bounds.ErrorAfterMs is { } error && ageMs > error)
        {
            return (Health.Error, $"{age}, error after {Seconds(error)}");
        }

        return bounds.WarnAfterMs is { } warn && ageMs > warn
            ? (Health.Warning, $"{age}, warn after {Seconds(warn)}")
            : (Health.Ok, age);
    }

    /// <summary>Lag is measured over the table's own time column; of another one nothing can be said.</summary>
    public static (Health Health, string Message) MaxLag(
        MaxLagAssertion bound, long? lagMs, string? timeColumn) => lagMs switch
    {
        _ when bound.Column is { } other && other != timeColumn =>
            (Health.Unknown, $"max_lag is measured over {timeColumn ?? "the record's time"} only, not over {other}"),
        null => (Health.Unknown, "no row yet"),
        { } lag when lag > bound.MaxLagMs =>
            (Health.Error, $"lag {Seconds(lag)}, at most {Seconds(bound.MaxLagMs)} allowed"),
        { } lag => (Health.Ok, $"lag {Seconds(lag)}"),
    };

    public static (Health Health, string Message) Throughput(ThroughputAssertion bounds, double? rows)
    {
        string period = bounds.PerMs == 60_000 ? "minute" : bounds.PerMs == 1000 ? "second" : Seconds(bounds.PerMs);
        if (rows is not { } rate)
        {
            return (Health.Unknown, $"watched for less than a {period}");
        }

        string measured = string.Create(CultureInfo.InvariantCulture, $"{rate:0.#} rows per {period}");
        if (bounds.Min is { } min && rate < min)
        {
            return (Health.Error, string.Create(CultureInfo.InvariantCulture, $"{measured}, at least {min} wanted"));
        }

        return bounds.Max is { } max && rate > max
            ? (Health.Error, string.Create(CultureInfo.InvariantCulture, $"{measured}, at most {max} wanted"))
            : (Health.Ok, measured);
    }

    private static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.#} s");
}
