using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// A data folder: topics and the ledger that orders their appends, opened by one process.
/// <code>
/// LOCK                                      held while open
/// topics/&lt;topic&gt;/topic.meta                partitions, kind
/// topics/&lt;topic&gt;/&lt;partition&gt;/&lt;offset&gt;.log    segments of Kafka record batches v2 (and .index)
/// ledger/&lt;lsn&gt;.log                          the append order and the step journal
/// snapshots/&lt;number&gt;.snapshot               the engine's state at a position
/// </code>
/// Threads: one commits source records (<see cref="Commit"/>), one advances the engine's steps
/// (<see cref="OpenDerived"/>, <see cref="CommitStep"/>), any number read. A failed write or sync is a
/// <see cref="DiskFault"/>; then nothing of that commit becomes visible and every later append is a
/// <see cref="PoisonedFault"/> until the folder is opened again.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly IDisposable? folderLock;
    private readonly TopicCatalog catalog;
    private readonly Ledger ledger;
    private readonly FolderWriter writer;
    private readonly List<DerivedAppender> appenders = [];

    private DataFolder(string path, DataFolderOptions options, IDisposable? folderLock, FolderOpening opening)
    {
        Path = path;
        this.folderLock = folderLock;
        catalog = opening.Catalog;
        ledger = opening.Ledger;
        Snapshots = opening.Snapshots;
        Recovery = opening.Report;
        writer = new FolderWriter(catalog, ledger, options.Durability);
        Commit = new CommitUnit(writer);
    }

    public string Path { get; }

    /// <summary>What opening found and did.</summary>
    public RecoveryReport Recovery { get; }

    public IReadOnlyList<TopicLog> Topics => catalog.Topics;

    /// <summary>The snapshots of the engine's state.</summary>
    public SnapshotStore Snapshots { get; }

    /// <summary>The unit in which source records are committed; belongs to the committing thread.</summary>
    public CommitUnit Commit { get; }

    /// <summary>Records and ticks at positions below are committed: readable, and durable as promised.</summary>
    public long CommittedPosition => ledger.CommittedPosition;

    /// <summary>The position up to which the last step processed; replay suppresses what it wrote.</summary>
    public long LastStepPosition
    {
        get
        {
            lock (ledger.Gate)
            {
                return ledger.State.StepPosition;
            }
        }
    }

    /// <summary>The last committed clock reading, milliseconds since the epoch; null before the first.</summary>
    public long? LastTick
    {
        get
        {
            lock (ledger.Gate)
            {
                return ledger.State.LastTick == long.MinValue ? null : ledger.State.LastTick;
            }
        }
    }

    /// <summary>The fault that stopped appends, or null.</summary>
    public Exception? Poison => writer.Poison;

    /// <summary>Opens a folder for this process alone, creating and recovering it as needed.</summary>
    /// <exception cref="FolderLockedFault">Another process has it.</exception>
    /// <exception cref="DamageFault">Acknowledged bytes are missing or wrong; nothing was changed.</exception>
    public static DataFolder Open(IDisk disk, string path, DataFolderOptions options)
    {
        disk.CreateDirectory(path);
        IDisposable folderLock = disk.TryLock(path + "/LOCK") ?? throw new FolderLockedFault(path);
        try
        {
            return new DataFolder(path, options, folderLock, FolderOpening.Recover(disk, path, options));
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a folder for reading, also while another process writes it: what its ledger describes at this moment.
    /// Changes nothing on disk. Appending to it is a bug.
    /// </summary>
    public static DataFolder OpenReadOnly(IDisk disk, string path) =>
        new(path, new DataFolderOptions(), null, FolderOpening.Peek(disk, path));

    public bool TryGetTopic(string name, out TopicLog? topic) => catalog.TryGet(name, out topic);

    /// <summary>
    /// The topic of that name, created where missing (durably, before this returns). It takes the settings given, also
    /// when it exists; without them it keeps what it has, at first the defaults.
    /// </summary>
    /// <exception cref="TopicConflictFault">It exists with another partition count or kind.</exception>
    public TopicLog CreateTopic(string name, int partitions, TopicKind kind, TopicSettings? settings = null)
    {
        if (!TopicName.IsLegal(name))
        {
            throw new ArgumentException("not a legal topic name: " + name, nameof(name));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        if (TryGetTopic(name, out TopicLog? existing)
            && (existing!.Partitions.Count != partitions || existing.Kind != kind))
        {
            throw new TopicConflictFault(existing, partitions, kind);
        }

        TopicLog topic = existing ?? writer.CreateTopic(name, new TopicMeta(partitions, kind));
        topic.Settings = settings ?? topic.Settings;
        return topic;
    }

    /// <summary>The records and ticks from a position on, in the one append order.</summary>
    public PositionReader OpenPositions(long fromPosition = 0) => new(catalog, new LedgerCursor(ledger, fromPosition));

    /// <summary>The append order alone: runs and ticks, without the records.</summary>
    public LedgerCursor OpenLedger(long fromPosition = 0) => new(ledger, fromPosition);

    /// <summary>The writer of a derived topic; one per topic, kept by the engine's thread.</summary>
    public DerivedAppender OpenDerived(TopicLog topic)
    {
        DerivedAppender appender = new(topic, writer);
        appenders.Add(appender);
        return appender;
    }

    /// <summary>
    /// Ends a step: writes what the derived appenders hold, journals that everything below
    /// <paramref name="toPosition"/> has been processed, and lets readers see the outputs. Without sync: outputs are a
    /// function of committed inputs, so a lost tail is written again by replay. During a replay of steps that are
    /// journalled already, only missing outputs are written.
    /// </summary>
    public void CommitStep(long toPosition)
    {
        if (toPosition > CommittedPosition)
        {
            throw new ArgumentOutOfRangeException(nameof(toPosition), "a step cannot be ahead of the committed inputs");
        }

        writer.CommitStep(toPosition, appenders);
    }

    /// <summary>
    /// Where the last step left a derived partition; its end may be less when an unsynced tail was lost.
    /// </summary>
    public long StepEnd(PartitionLog partition)
    {
        lock (ledger.Gate)
        {
            return ledger.State.Partitions[partition.Id].End;
        }
    }

    /// <summary>
    /// Makes everything committed so far durable, derived topics included, and notes it in the ledger, so that the next
    /// recovery scans only what comes after. May run on any one thread beside the writers.
    /// </summary>
    public void Flush() => writer.Flush();

    /// <summary>Flushes, then closes: the next opening has nothing to recover.</summary>
    public void Close()
    {
        Flush();
        Dispose();
    }

    /// <summary>
    /// Closes the files without sync, as a killed process would; what was acknowledged is safe as promised.
    /// </summary>
    public void Dispose()
    {
        foreach (TopicLog topic in Topics)
        {
            foreach (PartitionLog partition in topic.Partitions)
            {
                partition.Dispose();
            }
        }

        ledger.Dispose();
        folderLock?.Dispose();
    }
}
