using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <content>What happens when the log is opened: files are found, and their end, and what is no log is cut.</content>
public sealed partial class PartitionLog
{
    /// <summary>What is wrong where records must be and no file is.</summary>
    internal const string NoSegment = "their segment is missing";

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
        files = ListFiles();
        startOffset = meta.Start;
        cleaned = meta.Cleaned;
        segments.Set([.. files.Segments.Select(segment =>
            Segment.OpenExisting(disk, directory, segment.Base, segment.Name, readOnly))]);
    }

    private PartitionFiles ListFiles()
    {
        try
        {
            meta = PartitionMeta.Read(disk, directory);
            return PartitionFiles.List(disk, directory, meta.Start);
        }
        catch (DamageFault fault) when (Damaged is not null)
        {
            Damaged(fault);
            PartitionFiles all = PartitionFiles.List(disk, directory, 0);
            meta = PartitionMeta.Untouched with { Start = all.Segments.Select(s => s.Base).FirstOrDefault() };
            return all;
        }
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
    /// Finds the end of the intact records, scanning from the segment that holds <paramref name="required"/>: what is
    /// below must be there, or is damage. Changes nothing on disk; <see cref="TruncateTo"/> then cuts.
    /// </summary>
    /// <exception cref="DamageFault">Records below cannot be read, and are not to be passed over.</exception>
    internal PartitionScan Scan(long required)
    {
        ReadOnlySpan<Segment> all = Segments;
        scanned = new PartitionScan(meta.Start, directory, -1, BatchStatus.Valid);
        Require(Math.Min(required, all.Length > 0 ? all[0].BaseOffset : 0));
        int first = Math.Max(all.Length - 1, 0);
        while (first > 0 && all[first].BaseOffset > required)
        {
            first--;
        }

        // The first segment may begin below the start, where retention was interrupted, but never above it.
        long begin = meta.Start;
        if (first < all.Length && (first > 0 || all[0].BaseOffset <= meta.Start))
        {
            begin = all[first].BaseOffset;
        }

        scanned = new PartitionScan(begin, directory, -1, BatchStatus.Valid);
        for (int i = first; i < all.Length; i++)
        {
            Require(Math.Min(required, all[i].BaseOffset));
            if (scanned.Status != BatchStatus.Valid)
            {
                break;
            }

            scanned = all[i].BaseOffset == scanned.EndOffset
                ? ScanSegment(all[i], required)
                : scanned with { Status = BatchStatus.BadOffset };
        }

        Require(required);
        return scanned;
    }

    /// <summary>
    /// Where the files end, whatever should be there: damage before that is passed over. Changes nothing.
    /// </summary>
    /// <param name="required">Below, records must be there.</param>
    internal long FindEnd(long required)
    {
        if (Active is not { } last)
        {
            return Scan(required).EndOffset;
        }

        for (required = Math.Max(required, last.BaseOffset); ;)
        {
            PartitionScan found = Scan(required);
            if (found.Status == BatchStatus.Valid
                || BatchSearch.Find(last.File, found.Position, found.EndOffset, long.MaxValue) is not { } next)
            {
                return found.EndOffset;
            }

            required = next.BaseOffset + 1;
        }
    }

    // What the files that were scanned so far do not hold of what must be there: passed over, or a fault.
    private void Require(long required)
    {
        if (scanned.EndOffset < required)
        {
            string reason = scanned.Position < 0 ? NoSegment : scanned.Status.Words();
            Pass(Unreadables(scanned.EndOffset, required, scanned.Path, scanned.Position, reason));
            scanned = scanned with { EndOffset = required, Status = BatchStatus.Valid };
        }
    }

    /// <summary>
    /// False when a batch holds the offset and records before it, so that no cut can end the log there. Reads only.
    /// </summary>
    internal bool CanEndAt(long offset)
    {
        Segment? last = null;
        foreach (Segment segment in Segments)
        {
            last = segment.BaseOffset < offset ? segment : last;
        }

        if (last is null)
        {
            return true;
        }

        BatchPlace start = last.FindStart(offset, out _);
        SegmentScan scan = SegmentScan.Run(
            last, stopAt: offset, onDamage: (at, expected, _) => FindNext(last, at, expected, offset), start: start);
        return scan.NextOffset == offset || EndsBadly(last, scan.Status, scan.Position);
    }

    /// <summary>
    /// Cuts the log so that it ends at the offset, which <see cref="Scan"/> found intact, or at the start of the batch
    /// that holds it; returns the bytes cut. To be followed by <see cref="Sync"/> before anything is appended, also
    /// when there was nothing to cut: a process that died may have cut here without a sync, and what it cut would come
    /// back under later appends.
    /// </summary>
    internal long TruncateTo(long offset)
    {
        // A copy of the data folder may have come without the folders of partitions that held nothing.
        disk.CreateDirectory(directory);
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
            scanned = new PartitionScan(meta.Start, directory, -1, BatchStatus.Valid);
            Require(offset);
        }
        else
        {
            cut += TruncateLast(last, offset);
        }

        Volatile.Write(ref endOffset, scanned.EndOffset);
        Volatile.Write(ref committedEnd, Math.Min(committedEnd, endOffset));
        Active?.MarkDirty();
        return cut;
    }

    private long TruncateLast(Segment last, long offset)
    {
        if (offset != scanned.EndOffset || scanned.Path != last.File.Path)
        {
            scanned = ScanSegment(last, offset, offset);
            if (EndsBadly(last, scanned.Status, scanned.Position))
            {
                Require(offset);
            }
        }

        // What is behind the last intact batch of a damaged log stays as it is, for whoever wants to look at it.
        long cut = last.IsClosed ? 0 : last.File.Length - scanned.Position;
        if (cut > 0)
        {
            last.Truncate(scanned.Position);
        }

        return cut;
    }

    private PartitionScan ScanSegment(Segment segment, long required, long stopAt = long.MaxValue)
    {
        BatchPlace start = segment.FindStart(required, out OffsetIndex index);
        SegmentScan scan = SegmentScan.Run(
            segment, index, stopAt, (position, expected, _) => FindNext(segment, position, expected, required), start);
        segment.UseIndex(index);
        segment.MarkDirty();
        if (SkipsDamage && scan.NextOffset < required && EndsBadly(segment, scan.Status, scan.Position))
        {
            segment.Close();
        }

        return new PartitionScan(scan.NextOffset, segment.File.Path, scan.Position, scan.Status);
    }

    private static bool EndsBadly(Segment segment, BatchStatus status, long position) =>
        status != BatchStatus.Valid || position == segment.File.Length;

    // Where records that must be there go on behind damage; null where none do, or where nothing must be there.
    private BatchPlace? FindNext(Segment segment, long position, long expected, long required)
    {
        ReadOnlySpan<Segment> all = Segments;
        int next = all.IndexOf(segment) + 1;

        // What follows right behind all that must be there is as good as it would be behind an intact log: it may have
        // been acknowledged too.
        long limit = next < all.Length ? Math.Min(all[next].BaseOffset, required + 1) : required + 1;
        BatchPlace? place = expected < Math.Min(limit, required)
            ? BatchSearch.Find(segment.File, position, expected, limit)
            : null;
        if (place is { } found)
        {
            Pass(Unreadables(expected, found.BaseOffset, segment.File.Path, position, "damaged bytes"));
        }

        return place;
    }

    // A log that begins late keeps a segment there, if only an empty one, to say so.
    private bool IsBehind(Segment segment, long end) =>
        segment.BaseOffset >= end && (segment.BaseOffset > meta.Start || meta.Start == 0);
}
