using Millrace.Hosting.Collecting;

namespace Millrace.Hosting.Running;

/// <summary>What became of a request to append.</summary>
public enum AppendOutcome
{
    /// <summary>The records are committed: durable as configured.</summary>
    Committed,

    /// <summary>Too much is waiting for the disk; nothing was taken, try again later.</summary>
    QueueFull,

    /// <summary>The process uses as much memory as it may; nothing was taken, try again later.</summary>
    MemoryFull,

    /// <summary>The disk is nearly full; nothing was taken, try again when there is room.</summary>
    DiskFull,

    /// <summary>A record is longer than allowed; nothing was taken.</summary>
    RecordTooLarge,

    /// <summary>The source is unknown; nothing was taken.</summary>
    UnknownSource,

    /// <summary>The source is no versioned table, or the text is no key of it, so nothing can be deleted; nothing was
    /// taken.</summary>
    NotVersioned,

    /// <summary>The runtime is faulted or stopped. Whether the records were taken is not known.</summary>
    Unavailable,
}

/// <summary>The answer to a request to append.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Accepted">Records that the models will see.</param>
/// <param name="Rejected">Records that they will not, in order.</param>
/// <param name="EndPosition">The position behind the request's last record; -1 when nothing was committed. A reader
/// that waits for <see cref="MillraceRuntime.WaitForAsync"/> of it sees what it wrote.</param>
public sealed record AppendResult(
    AppendOutcome Outcome, int Accepted, IReadOnlyList<RejectedRecord> Rejected, long EndPosition)
{
    internal static AppendResult Refused(AppendOutcome outcome) => new(outcome, 0, [], -1);
}
