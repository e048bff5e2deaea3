using Millrace.Storage.Disk;
using Millrace.Storage.Segments;

namespace Millrace.Storage.Topics;

/// <content>What retention and compaction do to the log, on a thread of their own.</content>
public sealed partial class PartitionLog
{
    /// <summary>Where the records begin that retention keeps; never above a limit, and the start of a segment.</summary>
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
