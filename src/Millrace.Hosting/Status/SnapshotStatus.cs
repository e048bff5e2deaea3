namespace Millrace.Hosting.Status;

/// <summary>The snapshots of the engine's state that this process has taken. Times in ms.</summary>
public sealed record SnapshotStatus
{
    /// <summary>Whether one is being written.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>The number of the last one's file; null before the first.</summary>
    public long? Number { get; init; }

    /// <summary>The place in the log that it describes.</summary>
    public long Position { get; init; }

    /// <summary>Whether it needs no earlier one.</summary>
    public bool IsFull { get; init; }

    /// <summary>The size of its file.</summary>
    public long Bytes { get; init; }

    /// <summary>When it became durable, since the epoch.</summary>
    public long? TakenMs { get; init; }

    /// <summary>From its beginning until it was durable; steps went on meanwhile.</summary>
    public double DurationMs { get; init; }

    /// <summary>
    /// The longest time between two steps that went into it. What a step copied before it changed it is part of the
    /// step, and of this nothing.
    /// </summary>
    public double LongestPauseMs { get; init; }

    /// <summary>How many this process has taken.</summary>
    public long Taken { get; init; }

    /// <summary>How many did not come to be; each is tried again later.</summary>
    public long Failures { get; init; }

    /// <summary>Why the last of these did not.</summary>
    public string? LastFailure { get; init; }
}
