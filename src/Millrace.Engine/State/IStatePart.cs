using Millrace.Engine.Snapshots;

namespace Millrace.Engine.State;

/// <summary>
/// The state of one operator, as snapshots see it. Between steps, on the engine's thread: <see cref="Begin"/>,
/// <see cref="AdvanceShared"/> and <see cref="Advance"/> until all is written, <see cref="End"/>. Before its first step
/// it may be loaded: heads and blocks of a chain of snapshots in their order, then <see cref="FinishLoad"/>.
/// </summary>
internal interface IStatePart
{
    /// <summary>Unique within its model or source; also for users.</summary>
    string Name { get; }

    /// <summary>The version of what it writes.</summary>
    int FormatVersion { get; }

    /// <summary>What the state's form depends on, in words; state goes to a part of the same signature only.</summary>
    string Signature { get; }

    /// <summary>What it keeps now.</summary>
    OperatorStatistics Count();

    /// <summary>Marks what is to be written and writes what is small to the head.</summary>
    /// <param name="number">The part's number, with which its blocks begin.</param>
    /// <param name="isFull">Everything; else what changed since the last time.</param>
    /// <param name="head">Where the small things go.</param>
    void Begin(int number, bool isFull, SnapshotWriter head);

    /// <summary>How many things the snapshot has still to look at.</summary>
    long Left { get; }

    /// <summary>After <see cref="Begin"/>, for a snapshot that is given up then: writes a block of nothing, so that
    /// what writes the first real one is compiled.</summary>
    void Rehearse();

    /// <summary>Before <see cref="Advance"/> of any part: writes what goes before all else, in blocks of about that
    /// many bytes, and gives them to the sink; returns how many they were.</summary>
    int AdvanceShared(int maxBytes, ISnapshotSink sink, out bool isDone)
    {
        isDone = true;
        return 0;
    }

    /// <summary>Gives blocks that steps had to write first to the sink, of about that many bytes; returns how many
    /// they were.</summary>
    int Drain(int maxBytes, ISnapshotSink sink);

    /// <summary>Writes blocks of about that many bytes and gives them to the sink; returns how many they were. Done
    /// when nothing waits either.</summary>
    int Advance(int maxBytes, ISnapshotSink sink, out bool isDone);

    /// <summary>Forgets what was still to be written, if anything.</summary>
    void End();

    /// <summary>Why a head's state does not fit, beyond the signature; null when it does. Changes nothing.</summary>
    string? WhyNot(SnapshotReader head);

    /// <summary>Takes a snapshot's head; what it lacks of what was loaded before is gone.</summary>
    void LoadHead(SnapshotReader head);

    /// <summary>Takes blocks, behind their numbers, in their order; they are good during the call.</summary>
    void Load(IReadOnlyList<ReadOnlyMemory<byte>> blocks);

    /// <summary>All blocks have come.</summary>
    /// <exception cref="SnapshotDamagedException">They were not all that the last head speaks of.</exception>
    void FinishLoad();
}
