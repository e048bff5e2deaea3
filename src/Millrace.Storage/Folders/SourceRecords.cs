using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// The records of one source topic in a <see cref="PositionBatch"/>, as columns in order of position. Keys and values
/// are slices of the batch's one buffer; a length of -1 is null.
/// </summary>
public sealed class SourceRecords
{
    private long[] positions = [];
    private long[] offsets = [];
    private long[] timestamps = [];
    private int[] partitions = [];
    private int[] keyStarts = [];
    private int[] keyLengths = [];
    private int[] valueStarts = [];
    private int[] valueLengths = [];

    internal SourceRecords(TopicLog topic) => Topic = topic;

    public TopicLog Topic { get; }

    public int Count { get; private set; }

    public ReadOnlySpan<long> Positions => positions.AsSpan(0, Count);

    /// <summary>Partition within the topic.</summary>
    public ReadOnlySpan<int> Partitions => partitions.AsSpan(0, Count);

    public ReadOnlySpan<long> Offsets => offsets.AsSpan(0, Count);

    /// <summary>Milliseconds since the epoch.</summary>
    public ReadOnlySpan<long> Timestamps => timestamps.AsSpan(0, Count);

    public ReadOnlySpan<int> KeyStarts => keyStarts.AsSpan(0, Count);

    public ReadOnlySpan<int> KeyLengths => keyLengths.AsSpan(0, Count);

    public ReadOnlySpan<int> ValueStarts => valueStarts.AsSpan(0, Count);

    public ReadOnlySpan<int> ValueLengths => valueLengths.AsSpan(0, Count);

    internal void Clear() => Count = 0;

    /// <summary>Makes room for as many more records.</summary>
    internal void Reserve(int more)
    {
        int needed = Count + more;
        if (needed <= positions.Length)
        {
            return;
        }

        int size = Math.Max(needed, Math.Max(2 * positions.Length, 256));
        Array.Resize(ref positions, size);
        Array.Resize(ref offsets, size);
        Array.Resize(ref timestamps, size);
        Array.Resize(ref partitions, size);
        Array.Resize(ref keyStarts, size);
        Array.Resize(ref keyLengths, size);
        Array.Resize(ref valueStarts, size);
        Array.Resize(ref valueLengths, size);
    }

    /// <summary>Adds the reader's record, whose key and value come to lie so much further than in the reader's
    /// buffer. There is room for it.</summary>
    internal void Add(long position, PartitionReader reader, int shift)
    {
        ref readonly RecordSlices slices = ref reader.Slices;
        int i = Count++;
        positions[i] = position;
        partitions[i] = reader.Partition;
        offsets[i] = reader.Offset;
        timestamps[i] = reader.Timestamp;
        keyStarts[i] = slices.KeyStart + shift;
        keyLengths[i] = slices.KeyLength;
        valueStarts[i] = slices.ValueStart + shift;
        valueLengths[i] = slices.ValueLength;
    }
}
