using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <summary>
/// One partition: segments of record batches whose offsets follow one another. One writer; readers on any thread see
/// the records below <see cref="CommittedEnd"/>; retention and compaction, on one thread, take from the front.
/// </summary>
public sealed partial class PartitionLog : IDisposable
{
    private readonly IDisk disk;
    private readonly string directory;
    private readonly long defaultSegmentBytes;
    private TopicSettings settings = new();
    private readonly SegmentList segments = new();
    private readonly Lock appending = new();
    private readonly DamageList unreadable = new();
    private PartitionMeta meta = PartitionMeta.Untouched;
    private bool directoryDirty;
    private Segment? named;
    private volatile bool isRemoved;
    private long endOffset;
    private long committedEnd;
    private long startOffset;
    private long cleaned;

    internal PartitionLog(
        IDisk disk, string directory, string topic, int partition, TopicKind kind, long segmentBytes)
    {
        Kind = kind;
        this.disk = disk;
        this.directory = directory;
        defaultSegmentBytes = segmentBytes;
        Topic = topic;
        Partition = partition;
    }

    public string Topic { get; }

    public int Partition { get; }

    public TopicKind Kind { get; }

    /// <summary>The number by which the ledger knows this partition; dense from 0 over the data folder.</summary>
    public int Id { get; internal set; } = -1;

    /// <summary>True once its topic was removed: its records cannot be read any more.</summary>
    public bool IsRemoved => isRemoved;

    /// <summary>The first offset that retention has left: Kafka's log start offset.</summary>
    public long StartOffset => Volatile.Read(ref startOffset);

    /// <summary>
    /// From this offset on every record that was written is there; below, retention or compaction has been at work.
    /// </summary>
    public long WholeFrom => Math.Max(StartOffset, Volatile.Read(ref cleaned));

    /// <summary>The offset the next record gets: Kafka's log end offset. The writer's view.</summary>
    public long EndOffset => Volatile.Read(ref endOffset);

    /// <summary>Readers see the records below: Kafka's high watermark.</summary>
    public long CommittedEnd => Volatile.Read(ref committedEnd);

    /// <summary>True when another process writes this partition, so that its tail may be unfinished.</summary>
    internal bool IsReadOnly { get; private set; }

    /// <summary>Records that turned out unreadable so far and were passed over.</summary>
    public IReadOnlyList<UnreadableRecords> Unreadable => unreadable.Items;

    /// <summary>True to pass over unreadable records instead of throwing.</summary>
    internal bool SkipsDamage { get; init; }

    /// <summary>
    /// Told when it is not known any more where the log begins: then with its first file. Null to throw.
    /// </summary>
    internal Action<DamageFault>? Damaged { get; init; }

    /// <summary>Called when unreadable records are passed over.</summary>
    internal Action? Passed { get; init; }

    internal ReadOnlySpan<Segment> Segments => segments.All;

    internal string Directory => directory;

    /// <summary>The topic's settings.</summary>
    internal TopicSettings Settings
    {
        get => Volatile.Read(ref settings);
        set => Volatile.Write(ref settings, value);
    }

    // The index holds positions of 31 bits, as Kafka's.
    internal long SegmentBytes => Math.Min(Settings.SegmentBytes ?? defaultSegmentBytes, int.MaxValue);

    private Segment? Active => segments.Last;

    /// <summary>
    /// A cursor over the records from an offset on, by default the first that is there; sees records as they are
    /// committed.
    /// </summary>
    public PartitionReader OpenReader(long? fromOffset = null) => new(this, fromOffset ?? StartOffset);

    public void Dispose()
    {
        foreach (Segment segment in segments.All)
        {
            segment.Dispose();
        }
    }

    /// <summary>Closes it for good: its topic was removed.</summary>
    internal void Remove()
    {
        isRemoved = true;
        Dispose();
    }

    /// <summary>Notes unreadable records, and throws unless they are to be passed over.</summary>
    internal void Pass(UnreadableRecords found)
    {
        if (!SkipsDamage)
        {
            throw found.ToFault();
        }

        unreadable.Add(found);
        Passed?.Invoke();
    }

    /// <summary>True when all these offsets, the last exclusive, were unreadable and passed over.</summary>
    internal bool HasPassed(long from, long to) => unreadable.Covers(from, to);

    internal UnreadableRecords Unreadables(long from, long to, string path, long position, string reason) =>
        new(Topic, Partition, from, to - 1, path, position, reason);

    /// <summary>
    /// Reads whole batches from the one that holds <paramref name="fromOffset"/> on, as many as fit
    /// <paramref name="maxBytes"/> but at least one, into <paramref name="buffer"/> (grown as needed).
    /// Returns the bytes read; 0 at the committed end.
    /// </summary>
    public int Read(long fromOffset, int maxBytes, ref byte[] buffer)
    {
        BatchCursor cursor = new(this, fromOffset, Math.Min(maxBytes, RecordBatchBuilder.DefaultBatchBytes));
        int length = 0;
        while (cursor.MoveNext() && (length == 0 || length + cursor.Header.TotalBytes <= maxBytes))
        {
            int size = cursor.Header.TotalBytes;
            if (buffer.Length < length + size)
            {
                Array.Resize(ref buffer, Math.Max(length + size, 2 * buffer.Length));
            }

            cursor.Batch.CopyTo(buffer.AsSpan(length));
            length += size;
        }

        return length;
    }

    /// <summary>
    /// About how many bytes the records from an offset on take in the files, from the batch that holds it on; 0 at the
    /// end.
    /// </summary>
    public long BytesFrom(long offset)
    {
        long bytes = 0;
        ReadOnlySpan<Segment> all = Segments;
        for (int i = all.Length - 1; i >= 0 && offset < endOffset; i--)
        {
            bool isFirst = all[i].BaseOffset <= offset;
            bytes += all[i].Size - (isFirst ? all[i].Lookup(offset) : 0);
            if (isFirst)
            {
                break;
            }
        }

        return bytes;
    }

    /// <summary>
    /// Appends encoded batches at the end, giving them their base offsets, all or none; returns where it ended before.
    /// </summary>
    /// <exception cref="DiskFullFault">There was no room; it is as it was.</exception>
    internal LogMark Append(Span<byte> batches)
    {
        lock (appending)
        {
            LogMark mark = new(Active, Active?.Size ?? 0, endOffset);
            try
            {
                AppendAll(batches);
                return mark;
            }
            catch (DiskFault fault) when (fault.IsRefusal)
            {
                TakeBack(mark);
                throw new DiskFullFault(fault);
            }
        }
    }

    /// <summary>
    /// Takes back appends that no reader has seen. Synced, so that they cannot come back under later ones.
    /// </summary>
    internal void TakeBack(in LogMark mark)
    {
        lock (appending)
        {
            foreach (Segment added in segments.RemoveAfter(mark.Active))
            {
                added.Delete();
                directoryDirty = true;
            }

            if (mark.Active is { } active && active.File.Length > mark.Size)
            {
                active.Truncate(mark.Size);
            }

            Volatile.Write(ref endOffset, mark.EndOffset);
            Sync();
        }
    }

    private void AppendAll(Span<byte> batches)
    {
        int from = 0;
        int at = 0;
        while (at < batches.Length)
        {
            BatchStatus status = RecordBatchHeader.TryRead(batches[at..], out RecordBatchHeader header);
            if (status != BatchStatus.Valid || header.TotalBytes > batches.Length - at)
            {
                throw new ArgumentException("not whole record batches: " + status, nameof(batches));
            }

            long size = Active is null ? 0 : Active.Size + at - from;
            if (Active is null || Active.IsClosed || (size > 0 && IsFull(Active, size, header)))
            {
                Flush(batches[from..at]);
                from = at;
                Roll();
            }

            RecordBatchHeader.SetBaseOffset(batches[at..], endOffset);
            Active!.NoteBatch(endOffset + header.LastOffsetDelta, Active.Size + at - from, header.MaxTimestamp);
            Volatile.Write(ref endOffset, endOffset + header.LastOffsetDelta + 1);
            at += header.TotalBytes;
        }

        Flush(batches[from..]);
    }

    private bool IsFull(Segment active, long size, in RecordBatchHeader header) =>
        size + header.TotalBytes > SegmentBytes
        || (active.FirstTimestamp() is { } first && header.MaxTimestamp > first
            && (ulong)(header.MaxTimestamp - first) > (ulong)Settings.SegmentMs);

    /// <summary>Makes everything appended so far durable.</summary>
    internal void Sync()
    {
        if (directoryDirty)
        {
            disk.SyncDirectory(directory);
            directoryDirty = false;
        }

        ReadOnlySpan<Segment> all = Segments;
        for (int i = all.Length - 1; i >= 0 && all[i].IsDirty; i--)
        {
            all[i].Sync();
        }
    }

    /// <summary>
    /// Has the disk begin with what was appended, where it is so much that it is worth it. One thread at a time, also
    /// beside the writer.
    /// </summary>
    internal void WriteBehind(int atLeast)
    {
        ReadOnlySpan<Segment> all = Segments;
        for (int i = all.Length - 1; i >= 0 && all[i].WriteBehind(atLeast); i--)
        {
        }
    }

    /// <summary>
    /// Syncs what lies at or above an offset, from any thread beside the writer, whose own account of what is
    /// unsynced stays as it is.
    /// </summary>
    internal void SyncFrom(long offset)
    {
        RewriteRecovered();
        ReadOnlySpan<Segment> all = Segments;
        if (all.Length > 0 && all[^1] != named)
        {
            disk.SyncDirectory(directory);
            named = all[^1];
        }

        for (int i = all.Length - 1; i >= 0; i--)
        {
            all[i].File.Sync();
            if (all[i].BaseOffset <= offset)
            {
                break;
            }
        }

        if (all.Length > 0)
        {
            all[^1].SaveIndex();
        }
    }

    /// <summary>Lets readers see everything appended so far.</summary>
    internal void Publish() => Volatile.Write(ref committedEnd, endOffset);

    /// <summary>Lets readers see what is below an offset, of a partition that another process writes.</summary>
    internal void PublishUpTo(long offset)
    {
        endOffset = offset;
        Publish();
    }

    private void Flush(ReadOnlySpan<byte> batches)
    {
        if (!batches.IsEmpty)
        {
            Active!.Append(batches);
        }
    }

    private void Roll()
    {
        Active?.Seal();
        Segment next = Segment.Create(disk, directory, endOffset);
        directoryDirty = true;
        segments.Add(next);
    }
}
