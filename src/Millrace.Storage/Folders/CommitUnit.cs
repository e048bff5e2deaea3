using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Collects source records and clock readings in arrival order and commits them as one group: all or nothing, also
/// when the process dies. Reusable; one thread. No allocation per record once its buffers have grown. Keep a unit below
/// 1 GiB.
/// </summary>
public sealed class CommitUnit
{
    private readonly FolderWriter writer;
    private readonly LedgerEncoder entry = new();
    private readonly LedgerEncoder items = new();
    private readonly List<(PartitionLog Log, RecordBatchBuilder Builder)> touched = [];
    private RecordBatchBuilder?[] builders = [];
    private int runId = -1;
    private long runCount;
    private int stickyTurn;

    internal CommitUnit(FolderWriter writer) => this.writer = writer;

    /// <summary>Records and ticks collected.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of keys and values collected.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>
    /// Adds a record to the partition of its key; without a key, to one that stays the same within a commit, as Kafka's
    /// sticky partitioner does. Timestamps are milliseconds since the epoch.
    /// </summary>
    public void Add(
        TopicLog topic, long timestamp, NullableBytes key, NullableBytes value,
        ReadOnlySpan<RecordHeader> headers = default)
    {
        int count = topic.Partitions.Count;
        int partition = key.IsNull ? stickyTurn % count : Murmur2.Partition(key.Bytes, count);
        Add(topic[partition], timestamp, key, value, headers);
    }

    /// <summary>Adds a record to a partition of a source topic.</summary>
    public void Add(
        PartitionLog partition, long timestamp, NullableBytes key, NullableBytes value,
        ReadOnlySpan<RecordHeader> headers = default)
    {
        int id = partition.Id;
        RecordBatchBuilder builder = BuilderOf(partition, id);
        if (builder.Count == 0)
        {
            builder.Compression = partition.Settings.Compression;
            touched.Add((partition, builder));
        }

        builder.Append(timestamp, key, value, headers);
        PayloadBytes += key.Bytes.Length + value.Bytes.Length;
        Count++;
        if (id != runId)
        {
            EndRun();
            runId = id;
        }

        runCount++;
    }

    /// <summary>
    /// Adds a reading of the clock (milliseconds since the epoch): an input with a position of its own.
    /// </summary>
    public void AddTick(long clockMs)
    {
        EndRun();
        items.Write(0);
        items.WriteSigned(clockMs);
        Count++;
    }

    /// <summary>
    /// Makes the group durable as the folder's options promise, then visible. Empties the unit, also when it throws;
    /// then the group was not acknowledged, and the folder takes no more.
    /// </summary>
    /// <exception cref="DiskFullFault">There is no room; nothing was changed, and the folder goes on.</exception>
    public CommitResult Commit()
    {
        if (Count == 0)
        {
            throw new InvalidOperationException("nothing to commit");
        }

        try
        {
            EndRun();
            entry.Begin(LedgerEntryKind.Append);
            entry.Write(Count);
            entry.Write(items.Bytes);
            entry.End();
            long end = writer.Commit(touched, entry, Count);
            return new CommitResult(end - Count, Count);
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Drops what was collected.</summary>
    public void Clear()
    {
        foreach ((_, RecordBatchBuilder builder) in touched)
        {
            builder.Clear();
        }

        touched.Clear();
        entry.Clear();
        items.Clear();
        runId = -1;
        runCount = Count = PayloadBytes = 0;
        stickyTurn = (stickyTurn + 1) & int.MaxValue;
    }

    private RecordBatchBuilder BuilderOf(PartitionLog partition, int id)
    {
        if ((uint)id < (uint)builders.Length && builders[id] is { } known)
        {
            return known;
        }

        if (partition.IsReadOnly || partition.Kind != TopicKind.Source)
        {
            throw new ArgumentException("not a source of a writable folder: " + partition.Topic, nameof(partition));
        }

        Array.Resize(ref builders, Math.Max(id + 1, builders.Length));
        return builders[id] = new RecordBatchBuilder();
    }

    private void EndRun()
    {
        if (runCount > 0)
        {
            items.Write(((long)(runId + 1) << 1) | (runCount > 1 ? 1L : 0L));
            if (runCount > 1)
            {
                items.Write(runCount - 2);
            }
        }

        runCount = 0;
        runId = -1;
    }
}
