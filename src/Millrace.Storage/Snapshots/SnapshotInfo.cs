namespace Millrace.Storage.Snapshots;

/// <summary>
/// A snapshot of the engine's state: which place of the log it describes, for which deployment, and which older
/// snapshots it builds upon. Immutable.
/// </summary>
/// <param name="Position">The state is that after all inputs below this position of the ledger.</param>
/// <param name="Deployment">Number of the deployment whose engine wrote it.</param>
public sealed record SnapshotInfo(long Position, long Deployment)
{
    /// <summary>The number of its file; given by the store, never reused while a file has it.</summary>
    public long Number { get; init; }

    /// <summary>Numbers of the snapshots it builds upon, oldest first; empty when it holds the whole state.</summary>
    public IReadOnlyList<long> Chain { get; init; } = [];

    /// <summary>What its writer wants to find again beside the state, e.g. the topics' offsets.</summary>
    public ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>Bytes of its own file, without those it builds upon.</summary>
    public long Bytes { get; init; }

    /// <summary>Blocks of state in its own file.</summary>
    public long Blocks { get; init; }

    /// <summary>Why it cannot be used, as a sentence's end; null when nothing is known to be wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>True when it holds the whole state by itself.</summary>
    public bool IsFull => Chain.Count == 0;
}
