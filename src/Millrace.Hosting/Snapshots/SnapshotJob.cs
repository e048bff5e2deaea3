using Millrace.Engine;
using Millrace.Hosting.Running;
using Millrace.Storage.Snapshots;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// A snapshot under way. The engine's thread serialises it, slice by slice between steps; another one writes what comes
/// and makes it durable. What the two tell each other are the flags.
/// </summary>
internal sealed class SnapshotJob(ProjectRun run, EngineSnapshot state, SnapshotInfo info, BlockQueue blocks)
{
    private volatile bool isSerialised;
    private volatile bool isEnded;
    private volatile bool isGivenUp;

    /// <summary>Whose state it is.</summary>
    public ProjectRun Run => run;

    /// <summary>The engine's thread only.</summary>
    public EngineSnapshot State => state;

    /// <summary>
    /// Its place, and what it says beside the state: that is written here, where it costs the engine nothing.
    /// </summary>
    public SnapshotInfo Describe() => info with { Metadata = Metadata.Write(run.Graph) };

    public required SnapshotMetadata Metadata { get; init; }

    public BlockQueue Blocks => blocks;

    /// <summary>When it was begun, in the clock's timestamps.</summary>
    public required long BegunAt { get; init; }

    /// <summary>How much is serialised between two steps. Each snapshot learns it anew: what groups took at the end of
    /// the last one says nothing of the dictionaries with which the next begins. The engine's thread only.</summary>
    public required SliceSize Slice { get; init; }

    /// <summary>The longest time between two steps that went into it.</summary>
    public TimeSpan LongestPause { get; private set; }

    /// <summary>All blocks are in the queue.</summary>
    public bool IsSerialised => isSerialised;

    /// <summary>Nobody writes it any more.</summary>
    public bool IsEnded => isEnded;

    /// <summary>Its run is no more: what is written shall be dropped.</summary>
    public bool IsGivenUp => isGivenUp;

    /// <summary>As it is listed; null when it did not come to be. After the end.</summary>
    public SnapshotInfo? Completed { get; private set; }

    /// <summary>Notes how long steps have waited for it.</summary>
    public void NotePause(TimeSpan pause) => LongestPause = pause > LongestPause ? pause : LongestPause;

    public void EndSerialising() => isSerialised = true;

    public void GiveUp() => isGivenUp = true;

    public void End(SnapshotInfo? completed)
    {
        Completed = completed;
        isEnded = true;
    }
}
