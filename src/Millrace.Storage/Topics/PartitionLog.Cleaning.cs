using Millrace.Storage.Disk;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <content>What retention and compaction do to the log, on a thread of their own.</content>
public sealed partial class PartitionLog
{
    /// <summary>Records below were compacted.</summary>
    internal long Cleaned => meta.Cleaned;

    /// <summary>When the first tombstone that compaction has seen may go.</summary>
    internal long Horizon => meta.Horizon;

    /// <summary>Where the records begin that retention keeps: the start of a segment, not above a limit.</summary>
    internal long StartFor(long nowMs, long limit)
    {
        TopicSettings rules = Settings;
        ReadOnlySpan<Segment> all = Segments;
        long start = StartOffset;
        long bytes = 0;
        foreach (Segment segment in all)
        {
            bytes += segment.File.Length;
        }

        for (int i = 0; i + 1 < all.Length && all[i + 1].BaseOffset <= limit && rules.Deletes; i++)
        {
            long size = all[i].File.Length;
            bool old = rules.RetentionMs >= 0 && !all[i].HasRecordSince(nowMs - rules.RetentionMs, size);
            bool much = rules.RetentionBytes >= 0 && bytes - size >= rules.RetentionBytes;
            if (!old && !much)
            {
                break;
            }

            bytes -= size;
            start = all[i + 1].BaseOffset;
        }

        return start;
    }

    /// <summary>
    /// Ends the segment that takes the appends when it is old enough for retention or <c>segment.ms</c> and nothing is
    /// being appended, so that retention and compaction can have it.
    /// </summary>
    internal void RollAged(long nowMs)
    {
        TopicSettings rules = Settings;
        if (Active is not { Size: > 0 and var size } active || EndOffset != CommittedEnd)
        {
            return;
        }

        bool old = active.FirstTimestamp() < nowMs - rules.SegmentMs;
        bool gone = rules.Deletes && rules.RetentionMs >= 0
            && !active.HasRecordSince(nowMs - rules.RetentionMs, size);
        if ((old || gone) && appending.TryEnter())
        {
            try
            {
                TryRoll(active, size);
            }
            finally
            {
                appending.Exit();
            }
        }
    }

    private void TryRoll(Segment active, long size)
    {
        if (active != Active || active.Size != size || endOffset != committedEnd)
        {
            return;
        }

        try
        {
            Roll();
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
            throw new DiskFullFault(fault);
        }

        disk.SyncDirectory(directory);
    }

    /// <summary>
    /// Notes durably that the records below an offset, which begins a segment, are removed, then deletes their files.
    /// Returns the bytes.
    /// </summary>
    internal long RemoveBefore(long offset)
    {
        SaveMeta(meta with { Start = offset });
        Segment[] removed = segments.RemoveBefore(offset);
        long bytes = removed.Sum(segment => segment.File.Length);
        foreach (Segment segment in removed)
        {
            segment.Delete();
        }

        disk.SyncDirectory(directory);
        return bytes;
    }

    /// <summary>The segments that take no more appends and lie below an offset.</summary>
    internal Segment[] SealedBelow(long limit)
    {
        ReadOnlySpan<Segment> all = Segments;
        int count = 0;
        while (count + 1 < all.Length && all[count + 1].BaseOffset <= limit)
        {
            count++;
        }

        return all[..count].ToArray();
    }

    /// <summary>The offset after the last of them.</summary>
    internal long EndOfSealed(long limit)
    {
        ReadOnlySpan<Segment> all = Segments;
        int count = SealedBelow(limit).Length;
        return count > 0 ? all[count].BaseOffset : StartOffset;
    }

    /// <summary>
    /// How much of what compaction could write anew is new since the last time, 0 to 1, or 1 when a tombstone may go.
    /// </summary>
    internal double DirtyRatio(long limit, long nowMs)
    {
        Segment[] all = SealedBelow(limit);
        long end = EndOfSealed(limit);
        long bytes = 0;
        long dirty = 0;
        for (int i = 0; i < all.Length; i++)
        {
            long next = i + 1 < all.Length ? all[i + 1].BaseOffset : end;
            bytes += all[i].Size;
            dirty += next > Cleaned ? all[i].Size : 0;
        }

        return bytes == 0 ? 0 : Horizon <= nowMs ? 1 : (double)dirty / bytes;
    }

    /// <summary>A file for what takes the place of the segments in a range.</summary>
    internal IDiskFile CreateOutput(long from, long next) =>
        disk.Open(OutputPath(from, next, PartitionFiles.CleanedSuffix), DiskOpen.Create);

    /// <summary>Deletes such a file, if the disk lets it; if not, the next opening does.</summary>
    internal void DropOutput(long from, long next)
    {
        try
        {
            disk.Delete(OutputPath(from, next, PartitionFiles.CleanedSuffix));
        }
        catch (DiskFault)
        {
            // It counts for nothing, and something worse has happened that the caller reports.
        }
    }

    /// <summary>
    /// Puts a complete and synced output in the place of segments. It is decided by the rename to <c>.swap</c>; from
    /// then on an opening finishes what is left to do.
    /// </summary>
    internal void Swap(ReadOnlySpan<Segment> old, long next, OffsetIndex index)
    {
        long from = old[0].BaseOffset;
        disk.Rename(
            OutputPath(from, next, PartitionFiles.CleanedSuffix), OutputPath(from, next, PartitionFiles.SwapSuffix));
        disk.SyncDirectory(directory);
        PartitionFiles.Swap(disk, directory, from, next);
        string name = Segment.FileName(from, Segment.LogSuffix);
        Segment swapped = Segment.OpenExisting(disk, directory, from, name, readOnly: false);
        swapped.UseIndex(index);
        segments.Replace(old, swapped);
        foreach (Segment segment in old)
        {
            segment.Dispose();
        }

        SealQuietly(swapped);
    }

    /// <summary>Notes durably how far compaction has come.</summary>
    internal void NoteCleaned(long end, long horizon) =>
        SaveMeta(meta with { Cleaned = Math.Max(end, meta.Cleaned), Horizon = horizon });

    // An index that there is no room for is built when it is needed.
    private static void SealQuietly(Segment segment)
    {
        try
        {
            segment.Seal();
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
        }
    }

    private string OutputPath(long from, long next, string suffix) =>
        directory + "/" + PartitionFiles.RangeName(from, next, suffix);

    private void SaveMeta(PartitionMeta next)
    {
        try
        {
            next.Write(disk, directory);
        }
        catch (DiskFault fault) when (fault.IsRefusal)
        {
            throw new DiskFullFault(fault);
        }

        meta = next;
        Volatile.Write(ref startOffset, next.Start);
        Volatile.Write(ref cleaned, next.Cleaned);
    }
}
