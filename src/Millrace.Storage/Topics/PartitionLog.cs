using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <summary>
/// One partition: segments of record batches with dense offsets from 0. One writer; readers on any thread see the
/// records below <see cref="CommittedEnd"/>.
/// </summary>
public sealed class PartitionLog : IDisposable
{
    private readonly IDisk disk;
    private readonly string directory;
    private readonly long defaultSegmentBytes;
    private TopicSettings settings = new();
    private Segment[] segments = [];
    private bool directoryDirty;
    private volatile bool isRemoved;
    private long endOffset;
    private long committedEnd;
    private PartitionScan scanned;
    private long recoveredFrom = long.MaxValue;
    private long recoveredTo;
    private int recoveredSegments;

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

    /// <summary>The first offset that is there.</summary>
    public long StartOffset => Volatile.Read(ref segments) is [var first, ..] ? first.BaseOffset : 0;

    /// <summary>The offset the next record gets: Kafka's log end offset. The writer's view.</summary>
    public long EndOffset => Volatile.Read(ref endOffset);

    /// <summary>Readers see the records below: Kafka's high watermark.</summary>
    public long CommittedEnd => Volatile.Read(ref committedEnd);

    /// <summary>True when another process writes this partition, so that its tail may be unfinished.</summary>
    internal bool IsReadOnly { get; private set; }

    internal ReadOnlySpan<Segment> Segments => Volatile.Read(ref segments);

    internal string Directory => directory;

    /// <summary>The topic's settings.</summary>
    internal TopicSettings Settings
    {
        get => Volatile.Read(ref settings);
        set => Volatile.Write(ref settings, value);
    }

    // The index holds positions of 31 bits, as Kafka's.
    private long SegmentBytes => Math.Min(Settings.SegmentBytes ?? defaultSegmentBytes, int.MaxValue);

    private Segment? Active => segments is [.., var last] ? last : null;

    /// <summary>A cursor over the records from an offset on; sees records as they are committed.</summary>
    public PartitionReader OpenReader(long fromOffset = 0) => new(this, fromOffset);

    public void Dispose()
    {
        foreach (Segment segment in segments)
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

    /// <summary>Appends encoded batches at the end, giving them their base offsets; returns the first.</summary>
    internal long Append(Span<byte> batches)
    {
        long first = endOffset;
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
            if (Active is null || (size > 0 && size + header.TotalBytes > SegmentBytes))
            {
                Flush(batches[from..at]);
                from = at;
                Roll();
            }

            RecordBatchHeader.SetBaseOffset(batches[at..], endOffset);
            Active!.NoteBatch(endOffset + header.LastOffsetDelta, Active.Size + at - from);
            Volatile.Write(ref endOffset, endOffset + header.LastOffsetDelta + 1);
            at += header.TotalBytes;
        }

        Flush(batches[from..]);
        return first;
    }

    /// <summary>Makes everything appended so far durable.</summary>
    internal void Sync()
    {
        if (directoryDirty)
        {
            disk.SyncDirectory(directory);
            directoryDirty = false;
        }

        for (int i = segments.Length - 1; i >= 0 && segments[i].IsDirty; i--)
        {
            segments[i].Sync();
        }
    }

    /// <summary>
    /// Syncs what lies at or above an offset, from any thread beside the writer, whose own account of what is
    /// unsynced stays as it is.
    /// </summary>
    internal void SyncFrom(long offset)
    {
        RewriteRecovered();
        disk.SyncDirectory(directory);
        ReadOnlySpan<Segment> all = Segments;
        for (int i = all.Length - 1; i >= 0; i--)
        {
            all[i].File.Sync();
            if (all[i].BaseOffset <= offset)
            {
                break;
            }
        }
    }

    /// <summary>
    /// Says that recovery found the records from an offset on without knowing whether they are on disk.
    /// </summary>
    internal void NoteRecovered(long fromOffset)
    {
        recoveredFrom = fromOffset;
        recoveredTo = segments is [.., var last] ? last.Size : 0;
        recoveredSegments = segments.Length;
    }

    /// <summary>
    /// Writes the bytes that recovery found once more. After a failed sync the cache may hold, as clean, pages that are
    /// not on disk: without this a new sync would succeed and leave them out.
    /// </summary>
    internal void RewriteRecovered()
    {
        for (int i = recoveredSegments - 1; i >= 0 && recoveredFrom < long.MaxValue; i--)
        {
            Segment segment = Segments[i];
            long from = segment.BaseOffset <= recoveredFrom ? segment.Lookup(recoveredFrom) : 0;
            segment.Rewrite(from, i == recoveredSegments - 1 ? recoveredTo : segment.File.Length);
            if (segment.BaseOffset <= recoveredFrom)
            {
                break;
            }
        }

        recoveredFrom = long.MaxValue;
    }

    /// <summary>Lets readers see everything appended so far.</summary>
    internal void Publish() => Volatile.Write(ref committedEnd, endOffset);

    /// <summary>Lets readers see what is below an offset, of a partition that another process writes.</summary>
    internal void PublishUpTo(long offset)
    {
        endOffset = offset;
        Publish();
    }

    /// <summary>Opens the files that are there, without looking into them.</summary>
    internal void OpenSegments(bool readOnly)
    {
        IsReadOnly = readOnly;
        directoryDirty = !readOnly;
        long[] offsets = Segment.List(disk, directory);
        segments = [.. offsets.Select(offset => Segment.OpenExisting(disk, directory, offset, readOnly))];
    }

    /// <summary>
    /// Finds the end of the intact records, scanning from the segment that holds <paramref name="recoveryPoint"/>
    /// (below it everything is known to be on disk). Changes nothing on disk; <see cref="TruncateTo"/> then cuts.
    /// </summary>
    internal PartitionScan Scan(long recoveryPoint)
    {
        int first = Math.Max(segments.Length - 1, 0);
        while (first > 0 && segments[first].BaseOffset > recoveryPoint)
        {
            first--;
        }

        scanned = new PartitionScan(
            first < segments.Length && segments[first].BaseOffset <= recoveryPoint ? segments[first].BaseOffset : 0,
            directory, 0, BatchStatus.Valid);
        for (int i = first; i < segments.Length && scanned.Status == BatchStatus.Valid; i++)
        {
            scanned = segments[i].BaseOffset == scanned.EndOffset
                ? ScanSegment(segments[i])
                : scanned with { Status = BatchStatus.BadOffset };
        }

        return scanned;
    }

    /// <summary>
    /// Cuts the log so that it ends at the offset, which <see cref="Scan"/> found intact, or at the start of the batch
    /// that holds it; returns the bytes cut. Synced before it returns, so that what was cut cannot come back under
    /// later appends.
    /// </summary>
    internal long TruncateTo(long offset)
    {
        long cut = 0;
        int kept = segments.Length;
        for (; kept > 0 && segments[kept - 1].BaseOffset >= offset; kept--)
        {
            cut += segments[kept - 1].File.Length;
            segments[kept - 1].Delete();
            directoryDirty = true;
        }

        Volatile.Write(ref segments, segments[..kept]);
        if (kept == 0)
        {
            scanned = default;
        }
        else if (offset != scanned.EndOffset || scanned.Path != segments[^1].File.Path)
        {
            OffsetIndex index = new();
            SegmentScan scan = SegmentScan.Run(segments[^1], index, offset);
            segments[^1].UseIndex(index);
            scanned = new PartitionScan(scan.NextOffset, segments[^1].File.Path, scan.Position, scan.Status);
        }

        if (kept > 0 && segments[^1].File.Length > scanned.Position)
        {
            cut += segments[^1].File.Length - scanned.Position;
            segments[^1].Truncate(scanned.Position);
        }

        Volatile.Write(ref endOffset, scanned.EndOffset);
        Volatile.Write(ref committedEnd, Math.Min(committedEnd, endOffset));
        if (cut > 0)
        {
            Sync();
        }

        return cut;
    }

    private PartitionScan ScanSegment(Segment segment)
    {
        OffsetIndex index = new();
        SegmentScan scan = SegmentScan.Run(segment, index);
        segment.UseIndex(index);
        segment.MarkDirty();
        return new PartitionScan(scan.NextOffset, segment.File.Path, scan.Position, scan.Status);
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
        Volatile.Write(ref segments, [.. segments, next]);
    }
}
