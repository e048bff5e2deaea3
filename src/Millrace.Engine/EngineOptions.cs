namespace Millrace.Engine;

/// <summary>How an engine works. Only the session zone is part of what rows mean; the rest trades speed.</summary>
public sealed record EngineOptions
{
    public static readonly EngineOptions Default = new();

    /// <summary>The zone in which windows over TIMESTAMP_LTZ lie and TUMBLE_START is shown.</summary>
    public TimeZoneInfo SessionZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How many records a worker takes through the graph at once: what stays in its cache.</summary>
    public int RowsPerLane { get; init; } = 1024;

    /// <summary>Below this many records per worker one worker does it alone.</summary>
    public int FewestRowsPerLane { get; init; } = 256;

    /// <summary>How many bytes of a snapshot are loaded at once: enough that every worker finds some for it, little
    /// enough that they are in the cache still. A larger block is loaded alone.</summary>
    public int RestoreBytes { get; init; } = 1 << 20;

    /// <summary>Whether what operators hand to each other is checked: schema, order, watermarks. For tests; costs
    /// time.</summary>
    public bool CheckProtocol { get; init; }
}
