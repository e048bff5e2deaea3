using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <content>What happens when the log is opened: files are found, their end is found, and what is no log is cut.</content>
public sealed partial class PartitionLog
{
    private PartitionFiles? files;
    private PartitionScan scanned;
    private long recoveredFrom = long.MaxValue;
    private long recoveredTo;
    private Segment? recoveredLast;

    /// <summary>
    /// Says that recovery found the records from an offset on without knowing whether they are on disk.
    /// </summary>
    internal void NoteRecovered(long fromOffset)
    {
        recoveredFrom = fromOffset;
        recoveredLast = Active;
        recoveredTo = Active?.Size ?? 0;
    }

    /// <summary>
    /// Writes the bytes that recovery found once more. After a failed sync the cache may hold, as clean, pages that are
    /// not on disk: without this a new sync would succeed and leave them out.
    /// </summary>
    internal void RewriteRecovered()
    {
        ReadOnlySpan<Segment> all = Segments;
        for (int i = all.IndexOf(recoveredLast); i >= 0 && recoveredFrom < long.MaxValue; i--)
        {
            Segment segment = all[i];
            long from = segment.BaseOffset <= recoveredFrom ? segment.Lookup(recoveredFrom) : 0;
            segment.Rewrite(from, segment == recoveredLast ? recoveredTo : segment.File.Length);
            if (segment.BaseOffset <= recoveredFrom)
            {
                break;
            }
        }

        recoveredFrom = long.MaxValue;
    }

    /// <summary>Opens the files that are there, without looking into them.</summary>
    internal void OpenSegments(bool readOnly)
    {
        IsReadOnly = readOnly;
        directoryDirty = !readOnly;
        for (int tries = 8; ; tries--)
        {
            try
            {
                OpenListed(readOnly);
                return;
            }
            catch (DiskFault fault) when (readOnly && tries > 0 && fault.IsMissing)
            {
                // The process that writes has removed a file since it was listed.
            }
        }
    }

    private void OpenListed(bool readOnly)
    {
        meta = PartitionMeta.Read(disk, directory);
        startOffset = meta.Start;
        cleaned = meta.Cleaned;
        files = PartitionFiles.List(disk, directory, meta.Start);
        segments.Set([.. files.Segments.Select(segment =>
            Segment.OpenExisting(disk, directory, segment.Base, segment.Name, readOnly))]);
    }

    // Finishes what an interrupted retention or compaction left; what it swaps in has another name then.
    private void TidyUp()
    {
        files?.TidyUp();
        files = null;
        foreach (Segment segment in Segments)
        {
            string name = Segment.FileName(segment.BaseOffset, Segment.LogSuffix);
            if (!segment.File.Path.EndsWith(name, StringComparison.Ordinal))
            {
                segments.Replace(
                    [segment], Segment.OpenExisting(disk, directory, segment.BaseOffset, name, readOnly: false));
                segment.Dispose();
            }
        }
    }

    /// <summary>
    /// Finds the end of the intact records, scanning from the segment that holds <paramref name="recoveryPoint"/>
    /// (below it everything is known to be on disk). Changes nothing on disk; <see cref="TruncateTo"/> then cuts.
    /// </summary>
    internal PartitionScan Scan(long recoveryPoint)
    {
        ReadOnlySpan<Segment> all = Segments;
        int first = Math.Max(all.Length - 1, 0);
        while (first > 0 && all[first].BaseOffset > recoveryPoint)
        {
            first--;
        }

        // The first segment may begin below the start, where retention was interrupted, but never above it.
        long begin = meta.Start;
        if (first < all.Length && (first > 0 || all[0].BaseOffset <= meta.Start))
        {
            begin = all[first].BaseOffset;
        }

        scanned = new PartitionScan(begin, directory, 0, BatchStatus.Valid);
        for (int i = first; i < all.Length && scanned.Status == BatchStatus.Valid; i++)
        {
            scanned = all[i].BaseOffset == scanned.EndOffset
                ? ScanSegment(all[i])
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
        TidyUp();
        long cut = 0;
        while (Active is { } behind && IsBehind(behind, offset))
        {
            segments.RemoveAfter(Segments is [.., var before, _] ? before : null);
            cut += behind.File.Length;
            behind.Delete();
            directoryDirty = true;
        }

        if (Active is not { } last)
        {
            scanned = new PartitionScan(meta.Start, directory, 0, BatchStatus.Valid);
        }
        else
        {
            if (offset != scanned.EndOffset || scanned.Path != last.File.Path)
            {
                OffsetIndex index = new();
                SegmentScan scan = SegmentScan.Run(last, index, offset);
                last.UseIndex(index);
                scanned = new PartitionScan(scan.NextOffset, last.File.Path, scan.Position, scan.Status);
            }

            if (last.File.Length > scanned.Position)
            {
                cut += last.File.Length - scanned.Position;
                last.Truncate(scanned.Position);
            }
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

    // A log that begins late keeps a segment there, if only an empty one, to say so.
    private bool IsBehind(Segment segment, long end) =>
        segment.BaseOffset >= end && (segment.BaseOffset > meta.Start || meta.Start == 0);
}
