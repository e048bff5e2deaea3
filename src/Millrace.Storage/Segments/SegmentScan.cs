using Millrace.Storage.Records;

namespace Millrace.Storage.Segments;

/// <summary>
/// Walks a segment from its start, or from a batch on that is known, checking every batch (length, magic, checksum,
/// contiguous offsets), up to the first that is not intact. Recovery and index rebuilding are this walk.
/// </summary>
/// <param name="NextOffset">The offset after the last intact batch.</param>
/// <param name="Position">Where the intact batches end.</param>
/// <param name="Status">Why it stopped: <see cref="BatchStatus.Valid"/> at the end of the file.</param>
internal readonly record struct SegmentScan(long NextOffset, long Position, BatchStatus Status)
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>
    /// Looks at a place where no intact batch of the expected offset is; says where to go on, or null to stop.
    /// </summary>
    public delegate BatchPlace? DamageVisitor(long position, long expected, BatchStatus status);

    /// <summary>Scans up to the first bad batch, or to the batch that holds <paramref name="stopAt"/>.</summary>
    public static SegmentScan Run(
        Segment segment, OffsetIndex? index = null, long stopAt = long.MaxValue, DamageVisitor? onDamage = null,
        BatchPlace? start = null)
    {
        long length = segment.File.Length;
        BatchWindow window = new((int)Math.Min(ChunkBytes, length));
        window.Seek(segment.File, start?.Position ?? 0);
        long next = start?.BaseOffset ?? segment.BaseOffset;
        while (window.Position < length)
        {
            BatchStatus status = window.Peek(out RecordBatchHeader header);
            if (status == BatchStatus.Valid && header.BaseOffset != next)
            {
                status = BatchStatus.BadOffset;
            }

            if (status != BatchStatus.Valid)
            {
                if (onDamage?.Invoke(window.Position, next, status) is not { } place)
                {
                    return new SegmentScan(next, window.Position, status);
                }

                next = place.BaseOffset;
                window.Seek(segment.File, place.Position);
                continue;
            }

            if (header.NextOffset > stopAt)
            {
                break;
            }

            index?.Add(header.NextOffset - 1 - segment.BaseOffset, window.Position);
            next = header.NextOffset;
            window.Advance(header.TotalBytes);
        }

        return new SegmentScan(next, window.Position, BatchStatus.Valid);
    }
}
