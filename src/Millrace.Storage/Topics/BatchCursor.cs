using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <summary>
/// Walks the batches of a partition from an offset to the committed end, through all segments, checking each. A batch
/// that is not intact is a <see cref="DamageFault"/>, or passed over where the log says so; in a derived partition that
/// another process writes it may be that process's unfinished tail, which is an end.
/// </summary>
internal sealed class BatchCursor(PartitionLog log, long fromOffset, int chunkBytes)
{
    private readonly BatchWindow window = new(chunkBytes);
    private Segment? segment;
    private bool seeking = true;
    private bool indexed;
    private RecordBatchHeader header;
    private long nextOffset = fromOffset;
    private long expected;

    public RecordBatchHeader Header => header;

    /// <summary>The batch as it lies in the file; valid until the next move.</summary>
    public ReadOnlySpan<byte> Batch => window.Buffer.AsSpan(window.Start - header.TotalBytes, header.TotalBytes);

    /// <summary>The buffer that holds the batch, and where in it the batch begins.</summary>
    public (byte[] Buffer, int Start) Bytes => (window.Buffer, window.Start - header.TotalBytes);

    /// <summary>The file that holds the batch.</summary>
    public string Path => segment!.File.Path;

    /// <summary>The byte where the batch begins in its file.</summary>
    public long Position => window.Position - header.TotalBytes;

    /// <summary>The offset after the batch, or, before the first, the one to begin with.</summary>
    public long NextOffset => nextOffset;

    /// <summary>Moves to the next committed batch; false when there is none yet.</summary>
    /// <exception cref="OffsetOutOfRangeFault">Retention has removed it.</exception>
    public bool MoveNext()
    {
        while (true)
        {
            try
            {
                return Advance();
            }
            catch (ObjectDisposedException) when (IsGone())
            {
                // Retention or compaction has closed the segment; what has taken its place decides.
                segment = null;
            }
        }
    }

    private bool IsGone()
    {
        Segment gone = segment!;
        return log.Segments.IndexOf(gone) < 0 && log.Segments.Length > 0;
    }

    private bool Advance()
    {
        while (nextOffset < log.CommittedEnd)
        {
            if (!EnterSegment())
            {
                continue;
            }

            BatchStatus status = Check(window.Peek(out header));
            if (status != BatchStatus.Valid)
            {
                // What was read ahead may have been half written then; read it anew before it is called damage.
                window.Forget();
                status = Check(window.Peek(out header));
            }

            if (status != BatchStatus.Valid && indexed)
            {
                // The index misled; without it the walk from the segment's start decides.
                window.Seek(segment!.File, 0);
                expected = segment.BaseOffset;
                indexed = false;
                continue;
            }

            if (status != BatchStatus.Valid)
            {
                if (PassDamage(status))
                {
                    continue;
                }

                return false;
            }

            indexed = false;
            expected = header.NextOffset;
            window.Advance(header.TotalBytes);
            if (header.NextOffset > nextOffset)
            {
                seeking = false;
                nextOffset = header.NextOffset;
                return true;
            }
        }

        window.Forget();
        return false;
    }

    private BatchStatus Check(BatchStatus status)
    {
        bool follows = seeking ? header.BaseOffset <= nextOffset : header.BaseOffset == nextOffset;
        return status == BatchStatus.Valid && !follows ? BatchStatus.BadOffset : status;
    }

    // The segment with the greatest base offset not above the next offset; entering one starts where the index says.
    private bool EnterSegment()
    {
        ReadOnlySpan<Segment> segments = log.Segments;
        int i = segments.Length - 1;
        while (i >= 0 && segments[i].BaseOffset > nextOffset)
        {
            i--;
        }

        if (i < 0)
        {
            if (nextOffset < log.StartOffset)
            {
                throw new OffsetOutOfRangeFault(log.Topic, log.Partition, nextOffset, log.StartOffset);
            }

            long next = segments.Length > 0 ? segments[0].BaseOffset : log.CommittedEnd;
            log.Pass(log.Unreadables(nextOffset, next, log.Directory, -1, PartitionLog.NoSegment));
            nextOffset = next;
            return false;
        }

        if (segments[i] != segment)
        {
            segment = segments[i];
            seeking |= segment.BaseOffset < nextOffset;
            long start = seeking ? segment.Lookup(nextOffset) : 0;
            indexed = start > 0;
            expected = segment.BaseOffset;
            window.Seek(segment.File, start);
        }

        return true;
    }

    // Goes on behind a damaged place; false where another process may be about to write it. What lies before the offset
    // that is looked for is nobody's loss here.
    private bool PassDamage(BatchStatus status)
    {
        ReadOnlySpan<Segment> segments = log.Segments;
        int at = segments.IndexOf(segment!);
        bool last = at + 1 >= segments.Length;
        long limit = last ? log.CommittedEnd : segments[at + 1].BaseOffset;
        long from = seeking ? expected : nextOffset;
        BatchPlace? place = BatchSearch.Find(segment!.File, window.Position, from, limit);
        if (place is null && last && log.IsReadOnly && log.Kind == TopicKind.Derived)
        {
            return false;
        }

        long to = place?.BaseOffset ?? limit;
        if (to > nextOffset)
        {
            log.Pass(log.Unreadables(from, to, segment.File.Path, window.Position, status.Words()));
            nextOffset = to;
        }

        expected = to;
        window.Seek(segment.File, place?.Position ?? segment.File.Length);
        return true;
    }
}
