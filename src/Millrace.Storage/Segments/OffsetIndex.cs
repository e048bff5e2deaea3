using System.Buffers.Binary;

namespace Millrace.Storage.Segments;

/// <summary>
/// Kafka's sparse offset index of a segment: (last offset of a batch relative to the segment's base i32, byte position
/// of that batch i32), ascending.
/// A hint only: readers check the batch they find, so a stale or damaged index costs time, never a wrong answer.
/// One writer appends while readers look up.
/// </summary>
internal sealed class OffsetIndex
{
    /// <summary>Bytes of log between two entries, as in Kafka's <c>index.interval.bytes</c>.</summary>
    public const int IntervalBytes = 4096;

    public const int EntryBytes = 8;

    private long[] entries = new long[8];
    private int count;
    private long lastPosition = -IntervalBytes;

    /// <summary>Notes a batch by its last offset; an entry is made when the last one lies an interval behind.</summary>
    public void Add(long relativeOffset, long position)
    {
        if (position - lastPosition < IntervalBytes)
        {
            return;
        }

        long[] target = entries;
        if (count == target.Length)
        {
            target = new long[2 * count];
            entries.AsSpan().CopyTo(target);
            Volatile.Write(ref entries, target);
        }

        target[count] = (relativeOffset << 32) | (uint)position;
        lastPosition = position;
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>Forgets the batches at and behind a position: they were taken back.</summary>
    public void TruncateTo(long position)
    {
        int kept = count;
        while (kept > 0 && (uint)entries[kept - 1] >= position)
        {
            kept--;
        }

        lastPosition = kept > 0 ? (uint)entries[kept - 1] : -IntervalBytes;
        Volatile.Write(ref count, kept);
    }

    /// <summary>Position of the last indexed batch that ends at or before the offset; 0 when none does.</summary>
    public long Lookup(long relativeOffset)
    {
        int low = 0;
        int high = Volatile.Read(ref count) - 1;
        long[] source = Volatile.Read(ref entries);
        long found = 0;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (source[middle] >> 32 <= relativeOffset)
            {
                found = (uint)source[middle];
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return found;
    }

    /// <summary>True when a batch of that last offset is noted at that position.</summary>
    public bool Holds(long relativeOffset, long position) =>
        Lookup(relativeOffset) == position && (relativeOffset == 0 || Lookup(relativeOffset - 1) != position);

    /// <summary>The entries from one on as their file has them; beside the writer.</summary>
    public byte[] Encode(int from = 0)
    {
        int to = Volatile.Read(ref count);
        long[] source = Volatile.Read(ref entries);
        byte[] bytes = new byte[Math.Max(to - from, 0) * EntryBytes];
        for (int i = from; i < to; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan((i - from) * EntryBytes), source[i]);
        }

        return bytes;
    }

    /// <summary>
    /// Reads what <see cref="Encode"/> wrote; null when it cannot be the index of a log of that length.
    /// </summary>
    public static OffsetIndex? Decode(ReadOnlySpan<byte> bytes, long logLength)
    {
        OffsetIndex index = new();
        long last = -1;
        for (; bytes.Length >= EntryBytes; bytes = bytes[EntryBytes..])
        {
            long entry = BinaryPrimitives.ReadInt64BigEndian(bytes);
            bool ascends = entry > last && (uint)entry < logLength && (last < 0 || (uint)entry > (uint)last);
            if (!ascends)
            {
                return null;
            }

            index.Add(entry >> 32, (uint)entry);
            last = entry;
        }

        return bytes.IsEmpty && index.count > 0 ? index : null;
    }
}
