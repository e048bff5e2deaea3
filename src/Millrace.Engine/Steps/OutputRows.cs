using Millrace.Storage.Records;

namespace Millrace.Engine;

/// <summary>
/// Encoded rows of a model, in parallel arrays: for each the key and value as they stand in the topic. Arrays may be
/// longer than
/// <see cref="Count"/>. Owned by the engine and overwritten by it.
/// </summary>
public sealed class OutputRows
{
    public int Count { get; internal set; }

    /// <summary>Whether there are values: nobody may have wanted any, see <see cref="IStepOutput.WantsValues"/>.
    /// </summary>
    public bool HasValues { get; internal set; }

    /// <summary>The JSON values, one behind the other.</summary>
    public byte[] Values { get; internal set; } = [];

    /// <summary>Where each row's value starts; it ends where the next one starts, so there is one entry more than
    /// rows.</summary>
    public int[] ValueStarts { get; private set; } = new int[1];

    /// <summary>The bytes that the keys are slices of.</summary>
    public byte[] Keys { get; internal set; } = [];

    public int[] KeyStarts { get; internal set; } = [];

    /// <summary>-1 for a row without a key.</summary>
    public int[] KeyLengths { get; internal set; } = [];

    /// <summary>The partitions: murmur2 of the key, as Kafka's default partitioner; without a key the position's
    /// remainder.</summary>
    public int[] Partitions { get; internal set; } = [];

    /// <summary>The positions of the source records (or ticks) that caused the rows.</summary>
    public long[] Positions { get; internal set; } = [];

    /// <summary>The rows' event times in ms since the epoch, the timestamps of their records: the time column's
    /// value, else of a windowed row its window's end − 1, else 0.</summary>
    public long[] Timestamps { get; internal set; } = [];

    internal void EnsureCapacity(int rows)
    {
        if (Partitions.Length < rows)
        {
            int size = Math.Max(rows, Partitions.Length * 2);
            (KeyStarts, KeyLengths, Partitions) = (new int[size], new int[size], new int[size]);
            (ValueStarts, Timestamps) = (new int[size + 1], new long[size]);
        }
    }

    /// <summary>The rows as records to be written; by number as here.</summary>
    public RecordColumns Records => new()
    {
        Timestamps = Timestamps,
        Keys = Keys,
        KeyStarts = KeyStarts,
        KeyLengths = KeyLengths,
        Values = Values,
        ValueStarts = ValueStarts,
    };

    public ReadOnlySpan<byte> Value(int row) => new(Values, ValueStarts[row], ValueStarts[row + 1] - ValueStarts[row]);

    /// <summary>The key's bytes; empty for a row without a key too.</summary>
    public ReadOnlySpan<byte> Key(int row) => new(Keys, KeyStarts[row], Math.Max(0, KeyLengths[row]));
}
