namespace Millrace.Hosting.Collecting;

/// <summary>
/// The records of one request, ready to commit: values as slices of the request's body, keys copied. Filled by the
/// thread of the request, then read by the writer's.
/// </summary>
internal sealed class CollectedRecords(ReadOnlyMemory<byte> body)
{
    private readonly List<CollectedRecord> records = [];
    private byte[] keys = [];
    private int keysLength;

    /// <summary>
    /// The timestamp of the records, ms since the epoch; null for the time at which they are committed.
    /// </summary>
    public long? Timestamp { get; init; }

    /// <summary>By record, where they do not come from a client; else null.</summary>
    public List<RecordOrigin>? Origins { get; init; }

    public int Count => records.Count;

    /// <summary>Bytes of values and keys.</summary>
    public long Bytes { get; private set; }

    public void Add(BodySlice value, ReadOnlySpan<byte> key, bool hasKey)
    {
        records.Add(new CollectedRecord(value.Start, value.Length, keysLength, hasKey ? key.Length : -1));
        Bytes += Math.Max(0, value.Length) + key.Length;
        if (keys.Length - keysLength < key.Length)
        {
            Array.Resize(ref keys, Math.Max(keys.Length * 2, keysLength + Math.Max(key.Length, 256)));
        }

        key.CopyTo(keys.AsSpan(keysLength));
        keysLength += key.Length;
    }

    /// <summary>Adds a deletion: a record with a key and a null value.</summary>
    public void AddTombstone(ReadOnlySpan<byte> key) => Add(new BodySlice(0, -1), key, hasKey: true);

    public bool HasKey(int record) => records[record].KeyLength >= 0;

    public bool HasValue(int record) => records[record].Length >= 0;

    public ReadOnlySpan<byte> Key(int record) =>
        keys.AsSpan(records[record].KeyStart, Math.Max(0, records[record].KeyLength));

    public ReadOnlySpan<byte> Value(int record) =>
        body.Span.Slice(records[record].Start, Math.Max(0, records[record].Length));

    private readonly record struct CollectedRecord(int Start, int Length, int KeyStart, int KeyLength);
}
