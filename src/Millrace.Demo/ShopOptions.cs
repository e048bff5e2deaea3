namespace Millrace.Demo;

/// <summary>
/// What a <see cref="ShopGenerator"/> makes. The events are a function of these values alone. Times are milliseconds
/// since the epoch, rates are per second of event time, shares are between 0 and 1.
/// </summary>
public sealed record ShopOptions
{
    /// <summary>The event time of the first event. The caller's choice: the generator knows no clock.</summary>
    public long StartMs { get; init; } = 1_704_103_200_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Visitors that exist; they come back, some much more often than others.</summary>
    public int Users { get; init; } = 5_000;

    public int Products { get; init; } = 1_000;

    /// <summary>Events per second of event time, averaged over a day.</summary>
    public double EventsPerSecond { get; init; } = 100;

    /// <summary>Whether the rate follows the hours of a day (UTC), or is flat.</summary>
    public bool DailyShape { get; init; } = true;

    /// <summary>Events arrive up to this much behind the time that they carry.</summary>
    public int JitterMs { get; init; } = 1_500;

    /// <summary>Events that arrive 1 to 60 minutes behind their time: a phone that was offline.</summary>
    public double LateShare { get; init; } = 0.002;

    /// <summary>Lines that no decoder takes: cut off, not JSON, an impossible time.</summary>
    public double BadShare { get; init; } = 0.001;

    /// <summary>Events without an event or session id, which a careful model drops.</summary>
    public double IncompleteShare { get; init; } = 0.002;

    /// <summary>Products whose price changes, per second of event time.</summary>
    public double PriceChangesPerSecond { get; init; } = 0.05;

    /// <summary>The share of products that the catalogue does not know.</summary>
    public double UnlistedShare { get; init; } = 0.03;
}
