namespace Millrace.Engine;

/// <summary>
/// Records of one source topic for one step: slices of one buffer and parallel arrays. The buffer may be replaced by
/// the caller's own (<see cref="Buffer"/>) or filled by <see cref="Append"/>; it is read only during the step.
/// </summary>
public sealed class TopicRecords
{
    private byte[] own = [];
    private int used;

    /// <summary>The bytes that values and keys are slices of.</summary>
    public byte[] Buffer { get; set; } = [];

    public int Count { get; private set; }

    /// <summary>Where each record's value starts in the buffer.</summary>
    public int[] Starts { get; private set; } = [];

    /// <summary>Each value's length; -1 for a null value (a tombstone).</summary>
    public int[] Lengths { get; private set; } = [];

    /// <summary>Where each record's key starts in the buffer.</summary>
    public int[] KeyStarts { get; private set; } = [];

    /// <summary>Each key's length; -1 for no key.</summary>
    public int[] KeyLengths { get; private set; } = [];

    /// <summary>The timestamps that the log has given the records, ms since the epoch.</summary>
    public long[] Timestamps { get; private set; } = [];

    /// <summary>The partitions that the records are in.</summary>
    public int[] Partitions { get; private set; } = [];

    /// <summary>The records' places in the append order, ascending.</summary>
    public long[] Positions { get; private set; } = [];

    public void Clear()
    {
        Count = 0;
        used = 0;
    }

    /// <summary>Adds a record whose value and key are slices of <see cref="Buffer"/>; a length of -1 stands for
    /// null.</summary>
    public void Add(int start, int length, int keyStart, int keyLength, long timestamp, int partition, long position)
    {
        int at = Count;
        if (at == Positions.Length)
        {
            Grow(Math.Max(256, at * 2));
        }

        Starts[at] = start;
        Lengths[at] = length;
        KeyStarts[at] = keyStart;
        KeyLengths[at] = keyLength;
        Timestamps[at] = timestamp;
        Partitions[at] = partition;
        Positions[at] = position;
        Count = at + 1;
    }

    /// <summary>
    /// Adds records whose values and keys are slices of <see cref="Buffer"/>, as <see cref="Add"/> does: one from each
    /// entry of the columns.
    /// </summary>
    public void AddRange(
        ReadOnlySpan<int> starts,
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<int> keyStarts,
        ReadOnlySpan<int> keyLengths,
        ReadOnlySpan<long> timestamps,
        ReadOnlySpan<int> partitions,
        ReadOnlySpan<long> positions)
    {
        int at = Count;
        Count += starts.Length;
        if (Count > Positions.Length)
        {
            Grow(Math.Max(Count, Positions.Length * 2));
        }

        starts.CopyTo(Starts.AsSpan(at));
        lengths.CopyTo(Lengths.AsSpan(at));
        keyStarts.CopyTo(KeyStarts.AsSpan(at));
        keyLengths.CopyTo(KeyLengths.AsSpan(at));
        timestamps.CopyTo(Timestamps.AsSpan(at));
        partitions.CopyTo(Partitions.AsSpan(at));
        positions.CopyTo(Positions.AsSpan(at));
    }

    /// <summary>Copies a record into the own buffer and adds it. Not to be mixed with a buffer of the
    /// caller's.</summary>
    public void Append(
        ReadOnlySpan<byte> value, ReadOnlySpan<byte> key, bool hasKey, long timestamp, int partition, long position)
    {
        int start = Copy(value);
        int keyStart = Copy(key);
        Add(start, value.Length, keyStart, hasKey ? key.Length : -1, timestamp, partition, position);
    }

    /// <summary>Copies a record with a null value, a deletion by key, into the own buffer and adds it.</summary>
    public void AppendTombstone(ReadOnlySpan<byte> key, long timestamp, int partition, long position)
    {
        int keyStart = Copy(key);
        Add(keyStart, -1, keyStart, key.Length, timestamp, partition, position);
    }

    private int Copy(ReadOnlySpan<byte> bytes)
    {
        if (own.Length - used < bytes.Length)
        {
            Array.Resize(ref own, Math.Max(used + bytes.Length, Math.Max(4096, own.Length * 2)));
        }

        bytes.CopyTo(own.AsSpan(used));
        Buffer = own;
        used += bytes.Length;
        return used - bytes.Length;
    }

    private void Grow(int size)
    {
        (Starts, Lengths) = (Resized(Starts, size), Resized(Lengths, size));
        (KeyStarts, KeyLengths) = (Resized(KeyStarts, size), Resized(KeyLengths, size));
        (Timestamps, Positions) = (Resized(Timestamps, size), Resized(Positions, size));
        Partitions = Resized(Partitions, size);
    }

    private static T[] Resized<T>(T[] array, int size)
    {
        Array.Resize(ref array, size);
        return array;
    }
}
