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
/// <see cref="PoisonedFault"/> until the folder is opened again. Only when the disk is full, and that can be told and
/// taken back before anything was promised, it is a <see cref="DiskFullFault"/> and the folder goes on: the next append
/// finds room or does not.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>What to say where there is none.</summary>
    internal const string NoFolder = "there is no ledger in it: not a data folder, or one that cannot be read";

    private readonly IDisposable? folderLock;
    private readonly TopicCatalog catalog;
    private readonly Ledger ledger;
    private readonly FolderWriter writer;
    private readonly SpaceGuard space;
    private readonly FolderRetention retention;
    private readonly FolderCompaction compaction;
    private volatile DerivedAppender[] appenders = [];

    private DataFolder(
        IDisk disk, string path, DataFolderOptions options, IDisposable? folderLock, FolderOpening opening)
    {
        Path = path;
        this.folderLock = folderLock;
        catalog = opening.Catalog;
        ledger = opening.Ledger;
        Snapshots = opening.Snapshots;
        Recovery = opening.Report;
        space = new SpaceGuard(disk, path, options.Reserve);
        writer = new FolderWriter(catalog, ledger, options.Durability, space);
        retention = new FolderRetention(catalog, writer);
        compaction = new FolderCompaction(catalog, writer, space);
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

    /// <summary>Inputs at positions below are not in the ledger any more; 0 until some were dropped.</summary>
    public long FirstPosition
    {
        get
        {
            lock (ledger.Gate)
            {
                return ledger.State.FirstPosition;
            }
        }
    }

    /// <summary>What the folder runs; number 0 and no bytes before the first deployment.</summary>
    public FolderDeployment Deployment
    {
        get
        {
            lock (ledger.Gate)
            {
                return new FolderDeployment(ledger.State.DeploymentNumber, ledger.State.Deployment);
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
            return new DataFolder(disk, path, options, folderLock, FolderOpening.Recover(disk, path, options));
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
    /// <exception cref="DiskFault">There is none.</exception>
    public static DataFolder OpenReadOnly(IDisk disk, string path, bool skipDamaged = false) =>
        TryOpenReadOnly(disk, path, skipDamaged)
        ?? throw new DiskFault(
            path, DiskFault.OpenFolder, 0, NoFolder);

    /// <summary>
    /// The same; null when there is none yet: nothing at all, or what a process left that died while it made it.
    /// </summary>
    public static DataFolder? TryOpenReadOnly(IDisk disk, string path, bool skipDamaged = false) =>
        FolderPeek.Open(disk, path, skipDamaged) is { } opening
            ? new DataFolder(disk, path, new DataFolderOptions(), null, opening)
            : null;

    /// <summary>
    /// Acknowledged records that turned out unreadable so far and were passed over, as
    /// <see cref="DataFolderOptions.SkipDamaged"/> says; grows when readers meet more.
    /// </summary>
    public IReadOnlyList<UnreadableRecords> Unreadable =>
        [.. Topics.SelectMany(topic => topic.Partitions).SelectMany(partition => partition.Unreadable)];

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

        bool isThere = existing is not null && existing.Partitions[0].Id >= 0;
        TopicLog topic = isThere ? existing! : writer.CreateTopic(name, new TopicMeta(partitions, kind));
        topic.Settings = settings ?? topic.Settings;
        return topic;
    }

    /// <summary>
    /// Removes a topic and its files for good; false when there is none. Durably decided before the first file goes,
    /// so that an opening after a crash finishes it. A topic created later under the name is another one. The positions
    /// of a source's records stay, and readers of positions pass over them. Nobody may be writing it; who reads it gets
    /// an <see cref="ObjectDisposedException"/>.
    /// </summary>
    public bool RemoveTopic(string name)
    {
        if (!TryGetTopic(name, out TopicLog? topic))
        {
            return false;
        }

        appenders = [.. appenders.Where(appender => appender.Topic != topic)];
        writer.RemoveTopic(topic!);
        return true;
    }

    /// <summary>
    /// Stores what the folder runs from now on, in place of what it ran before: durable when this returns. Returns its
    /// number, one more than the last one's.
    /// </summary>
    public long CommitDeployment(ReadOnlySpan<byte> bytes) => writer.CommitDeployment(bytes);

    /// <summary>
    /// Says that nobody needs the inputs below a position any more: ledger files that hold only such go.
    /// <see cref="FirstPosition"/> tells what is left. Nobody may be reading below the position.
    /// </summary>
    public void DropLedgerBefore(long position) => writer.DropLedgerBefore(position);

    /// <summary>The records and ticks from a position on, in the one append order.</summary>
    /// <param name="skipRemoved">
    /// What to do where retention or compaction has removed records: pass over their positions, or throw
    /// <see cref="OffsetOutOfRangeFault"/>, the default.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">It lies before <see cref="FirstPosition"/>.</exception>
    public PositionReader OpenPositions(long fromPosition = 0, bool skipRemoved = false) =>
        new(catalog, OpenLedger(fromPosition), skipRemoved);

    /// <summary>The append order alone: runs and ticks, without the records.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies before <see cref="FirstPosition"/>.</exception>
    public LedgerCursor OpenLedger(long fromPosition = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromPosition, FirstPosition);
        return new LedgerCursor(ledger, fromPosition);
    }

    /// <summary>
    /// The writer of a derived topic; one per topic, kept by the engine's thread. Detached it takes no part in
    /// <see cref="CommitStep"/>: another thread may fill it beside the steps, until <see cref="Attach"/>.
    /// </summary>
    public DerivedAppender OpenDerived(TopicLog topic, bool attach = true)
    {
        DerivedAppender appender = new(topic, writer);
        if (attach)
        {
            Attach(appender);
        }

        return appender;
    }

    /// <summary>
    /// Lets an appender take part in the steps: the next <see cref="CommitStep"/> makes all that it has written the
    /// ledger's. Between steps, on the thread of the steps, to which it belongs from then on.
    /// </summary>
    public void Attach(DerivedAppender appender)
    {
        appender.IsAttached = true;
        appenders = [.. appenders.Where(other => other != appender), appender];
    }

    /// <summary>
    /// Takes an appender out of the steps, between them, on their thread; what it holds waits for nobody any more.
    /// </summary>
    public void Detach(DerivedAppender appender)
    {
        appender.IsAttached = false;
        appenders = [.. appenders.Where(other => other != appender)];
    }

    /// <summary>
    /// Ends a step: writes what the derived appenders hold, journals that everything below
    /// <paramref name="toPosition"/> has been processed, and lets readers see the outputs. Without sync: outputs are a
    /// function of committed inputs, so a lost tail is written again by replay. During a replay of steps that are
    /// journalled already, only missing outputs are written.
    /// </summary>
    /// <exception cref="DiskFullFault">
    /// There is no room for the outputs; they are kept in memory, the step is not committed, and calling again, with
    /// this or a later position, is all it takes once there is room.
    /// </exception>
    public void CommitStep(long toPosition)
    {
        if (toPosition > CommittedPosition)
        {
            throw new ArgumentOutOfRangeException(nameof(toPosition), "a step cannot be ahead of the committed inputs");
        }

        writer.CommitStep(toPosition, appenders);
    }

    /// <summary>Bytes free on the disk of the folder, for this process.</summary>
    public long FreeBytes => space.FreeBytes;

    /// <summary>Bytes that commits leave free: with less, <see cref="CommitUnit.Commit"/> refuses.</summary>
    public long ReserveBytes => space.ReserveBytes;

    /// <summary>
    /// Removes the segments that topics let go by age and size (<see cref="TopicSettings"/>), the oldest first, and
    /// says which. Durably noted before files go, so that it may be interrupted anywhere. Readers that are behind get
    /// <see cref="OffsetOutOfRangeFault"/>. On one thread, the one that compacts, beside the writers.
    /// </summary>
    /// <param name="nowMs">The time, milliseconds since the epoch.</param>
    /// <param name="neededFrom">
    /// From which offset on somebody still needs a partition: what the oldest kept snapshot says. Nothing at or above
    /// is removed, whatever the settings say.
    /// </param>
    /// <exception cref="DiskFullFault">There is no room for the note; later, perhaps.</exception>
    public IReadOnlyList<SegmentsRemoved> ApplyRetention(long nowMs, Func<PartitionLog, long> neededFrom) =>
        retention.Run(nowMs, neededFrom);

    /// <summary>
    /// How many records <see cref="ApplyRetention"/> would remove, but for those of segments that it ends first: what a
    /// different need would let go. On its thread.
    /// </summary>
    public long CountExpired(long nowMs, Func<PartitionLog, long> neededFrom) =>
        retention.CountExpired(nowMs, neededFrom);

    /// <summary>
    /// Does a slice of compaction in the topics that ask for it (<see cref="TopicSettings.Cleanup"/>): of each key the
    /// last record stays. Returns false when there is nothing to do now. Sealed segments are written anew beside the
    /// old ones, which it may do while anybody reads and writes, then take their place; it may be interrupted anywhere.
    /// Offsets and positions of what stays do not change. On one thread, that of <see cref="ApplyRetention"/>, which
    /// also ends segments that are old enough.
    /// </summary>
    /// <param name="nowMs">The time, milliseconds since the epoch.</param>
    /// <param name="neededFrom">As for <see cref="ApplyRetention"/>: at or above nothing is compacted.</param>
    /// <param name="maxBytes">About how much to read in the slice; a swap of files is a slice of its own.</param>
    /// <exception cref="DiskFullFault">There is no room; what was begun is dropped.</exception>
    /// <exception cref="DamageFault">A record cannot be read; its partition is left alone from now on.</exception>
    public bool Compact(long nowMs, Func<PartitionLog, long> neededFrom, int maxBytes = 1 << 20) =>
        compaction.Run(nowMs, neededFrom, maxBytes);

    /// <summary>Whether <see cref="Compact"/> would have something to do if the disk had room. On its thread.</summary>
    public bool CanCompact(long nowMs, Func<PartitionLog, long> neededFrom) =>
        compaction.IsWanted(nowMs, neededFrom);

    /// <summary>Bytes that compaction has given back since the opening; of the thread that compacts.</summary>
    public long CompactedBytes => compaction.FreedBytes;

    /// <summary>
    /// Says, before a replay, that it may give other rows than were written: then those that are there stay, are not
    /// compared, and only what a loss of power took is written. So it is also where damaged inputs were passed over.
    /// </summary>
    public void LetReplayDiffer() => writer.LetReplayDiffer();

    /// <summary>Whether the replay may give other rows than were written.</summary>
    public bool MayReplayDiffer => writer.MayReplayDiffer;

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
    /// recovery scans only what comes after. May run on any thread beside the writers.
    /// </summary>
    public void Flush() => writer.Settle();

    /// <summary>
    /// The same without haste, one partition at each call, so that commits never wait for long; true when all are
    /// durable that were written before the first.
    /// </summary>
    public bool FlushNext() => writer.FlushNext();

    /// <summary>
    /// Has the disk begin with what is not durable yet, without waiting for it, so that commits never find it busy with
    /// a heap of old bytes. To be called some times a second, by the thread that flushes.
    /// </summary>
    public void WriteBehind() => writer.WriteBehind();

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
