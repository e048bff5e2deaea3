using Millrace.Storage.Disk;

namespace Millrace.Storage.Folders;

/// <summary>How a data folder writes.</summary>
public sealed record DataFolderOptions
{
    /// <summary>What an acknowledgement promises; default <see cref="Durability.Fsync"/>.</summary>
    public Durability Durability { get; init; } = Durability.Fsync;

    /// <summary>Size at which a new segment begins (Kafka's <c>segment.bytes</c>); default 256 MiB.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>
    /// Go on where acknowledged records cannot be read, passing over exactly these: they keep their offsets and
    /// positions, and nobody gets them. Each is listed, in <see cref="RecoveryReport.Skipped"/> or, met later, in
    /// <see cref="DataFolder.Unreadable"/>. Default false: a <see cref="Disk.DamageFault"/>.
    /// </summary>
    public bool SkipDamaged { get; init; }

    /// <summary>Size at which a new ledger file begins; default 16 MiB.</summary>
    public long LedgerFileBytes { get; init; } = 16L << 20;

    /// <summary>
    /// Room that commits leave free on the disk, for step outputs, the ledger and snapshots: below it they are refused
    /// with a <see cref="DiskFullFault"/>. Default null: 64 MiB or one segment, whichever is more; 0: none.
    /// </summary>
    public long? ReserveBytes { get; init; }

    /// <summary>
    /// Calls an action for 0 to count − 1, each once, and returns when all have returned: for what opening may do at
    /// once, the scans of partitions. Default: one after the other.
    /// </summary>
    public Action<int, Action<int>> RunParts { get; init; } = static (count, part) =>
    {
        for (int i = 0; i < count; i++)
        {
            part(i);
        }
    };

    internal long Reserve => ReserveBytes ?? Math.Max(64L << 20, SegmentBytes);
}
