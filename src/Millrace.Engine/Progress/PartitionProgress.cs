namespace Millrace.Engine.Progress;

/// <summary>What is known of one partition's event time.</summary>
internal struct PartitionProgress
{
    public static readonly PartitionProgress Unseen = new()
    {
        Watermark = long.MinValue,
        LastClock = long.MinValue,
    };

    public long Watermark;

    /// <summary>The clock reading before its last record; <see cref="long.MinValue"/> when there was none
    /// yet.</summary>
    public long LastClock;

    /// <summary>Whether it has had a record with a time.</summary>
    public bool IsSeen;

    public bool IsIdle;

    /// <summary>Whether its watermark counts; false from its return from idleness until it has caught up.</summary>
    public bool IsAligned;
}
