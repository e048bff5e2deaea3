using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Segments;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Compaction;

/// <summary>
/// One compaction of a partition's sealed segments, in slices: reads the keys of what is new since the last one, then
/// writes the segments anew, group by group, without the records that a later one of the same key supersedes. Records
/// without key stay. A tombstone stays until <c>delete.retention.ms</c> after the first pass that saw it (KIP-534).
/// <code>
/// | clean, from earlier passes | new: its keys are mapped | the rest, and the segment that takes appends |
/// |&lt;------------- written anew, offsets kept -----------&gt;| untouched                                     |
/// </code>
/// </summary>
internal sealed class CompactionPass(PartitionLog log, long limit, long nowMs, int mostKeys)
{
    private const int BytesPerRecord = 16;
    private readonly Segment[] sources = log.SealedBelow(limit);
    private readonly KeyOffsets keys = new(mostKeys);
    private readonly TopicSettings settings = log.Settings;
    private readonly long end = log.EndOfSealed(limit);
    private PartitionReader? reader;
    private IDiskFile? output;
    private SparseBatchWriter? writer;
    private OffsetIndex index = new();
    private long mapEnd = -1;
    private long horizon = long.MaxValue;
    private int groupFrom;
    private int groupTo;

    public PartitionLog Log => log;

    /// <summary>True when retention has taken segments that were still to be written anew.</summary>
    public bool IsStale => groupFrom < sources.Length && log.Segments.IndexOf(sources[groupFrom]) < 0;

    private long GroupNext => groupTo < sources.Length ? sources[groupTo].BaseOffset : end;

    /// <summary>Does about so many bytes of work.</summary>
    public PassProgress Run(long bytes)
    {
        while (bytes > 0)
        {
            if (mapEnd < 0)
            {
                Map(ref bytes);
            }
            else if (output is null && !OpenGroup())
            {
                return PassProgress.Done;
            }
            else if (Copy(ref bytes))
            {
                return PassProgress.Swap;
            }
        }

        return PassProgress.More;
    }

    /// <summary>Puts the output of a group in its place; the bytes by which it is smaller.</summary>
    public long Swap()
    {
        long freed = sources[groupFrom..groupTo].Sum(source => source.File.Length) - output!.Length;
        output.Dispose();
        output = null;
        log.Swap(sources.AsSpan(groupFrom, groupTo - groupFrom), GroupNext, index);
        groupFrom = groupTo;
        return freed;
    }

    /// <summary>Notes how far the partition is clean.</summary>
    public void Finish() => log.NoteCleaned(mapEnd, horizon);

    /// <summary>Drops an unfinished output.</summary>
    public void Abandon()
    {
        if (output is not null)
        {
            output.Dispose();
            output = null;
            log.DropOutput(sources[groupFrom].BaseOffset, GroupNext);
        }
    }

    private void Map(ref long bytes)
    {
        reader ??= log.OpenReader(Math.Max(log.Cleaned, log.StartOffset));
        while (bytes > 0)
        {
            if (!reader.MoveNext() || reader.Offset >= end)
            {
                mapEnd = end;
                return;
            }

            bytes -= SizeOf(reader);
            if (!reader.Key.IsNull && !keys.TryPut(reader.Key.Bytes, reader.Offset))
            {
                mapEnd = reader.Offset;
                return;
            }
        }
    }

    // Small segments, as earlier passes leave them, are put together up to the size of one.
    private bool OpenGroup()
    {
        if (groupFrom == sources.Length || sources[groupFrom].BaseOffset >= mapEnd)
        {
            return false;
        }

        long from = sources[groupFrom].BaseOffset;
        long size = sources[groupFrom].Size;
        groupTo = groupFrom + 1;
        while (groupTo < sources.Length && sources[groupTo].BaseOffset < mapEnd)
        {
            size += sources[groupTo].Size;
            groupTo++;
            if (size > log.SegmentBytes || GroupNext - from > int.MaxValue)
            {
                groupTo--;
                break;
            }
        }

        index = new OffsetIndex();
        output = log.CreateOutput(from, GroupNext);
        writer = new SparseBatchWriter(output, from, index);
        reader = log.OpenReader(from);
        return true;
    }

    // True when the group is written.
    private bool Copy(ref long bytes)
    {
        while (bytes > 0)
        {
            if (!reader!.MoveNext() || reader.Offset >= GroupNext)
            {
                writer!.Finish(GroupNext);
                return true;
            }

            bytes -= SizeOf(reader);
            if (Keeps(reader, out long? deleteHorizon))
            {
                CompressionCodec codec = settings.Compression == CompressionCodec.None
                    ? reader.Batch.Compression
                    : settings.Compression;
                writer!.Add(
                    reader.Offset, reader.Timestamp, reader.Slices, reader.Buffer, codec, deleteHorizon);
                horizon = Math.Min(horizon, reader.Offset < mapEnd ? deleteHorizon ?? horizon : horizon);
            }
        }

        return false;
    }

    private bool Keeps(PartitionReader record, out long? deleteHorizon)
    {
        bool tombstone = record.Value.IsNull && !record.Key.IsNull;
        long? known = record.Batch.DeleteHorizon;
        deleteHorizon = tombstone ? known : null;
        if (record.Key.IsNull || record.Offset >= mapEnd)
        {
            return true;
        }

        deleteHorizon = tombstone ? known ?? nowMs + settings.DeleteRetentionMs : null;
        return !keys.IsSuperseded(record.Key.Bytes, record.Offset)
            && !(tombstone && known is { } time && time <= nowMs);
    }

    private static long SizeOf(PartitionReader record) =>
        record.Slices.End - record.Slices.KeyStart + BytesPerRecord;
}
