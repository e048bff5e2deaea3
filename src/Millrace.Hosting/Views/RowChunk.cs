namespace Millrace.Hosting.Views;

/// <summary>Where a row lies in its chunk, when it is of, and the row before it with the same key.</summary>
/// <param name="Start">The key's first byte; the value follows it.</param>
/// <param name="KeyLength">-1 for a row without a key.</param>
/// <param name="ValueLength">Bytes of the JSON value.</param>
/// <param name="Time">The record's timestamp, ms since the epoch: of a windowed row its window.</param>
/// <param name="Previous">The number of the next older row of the same key, or -1.</param>
internal readonly record struct RowEntry(int Start, int KeyLength, int ValueLength, long Time, long Previous);

/// <summary>
/// A stretch of rows with consecutive numbers in one array of bytes. Written by one thread; what was there when a
/// reader got the count stays as it is, so readers need no lock, until the chunk begins anew.
/// </summary>
internal sealed class RowChunk(int bytes, int partitions)
{
    public const int EntryBytes = 32;

    private readonly byte[] data = GC.AllocateUninitializedArray<byte>(bytes);
    private readonly int[] counts = new int[partitions];
    private RowEntry[] entries = new RowEntry[16];
    private int used;

    public long FirstNumber { get; private set; }

    public int Count { get; private set; }

    public long MemoryBytes => data.Length + ((long)entries.Length * EntryBytes);

    /// <summary>How many of its rows stand in each partition of the topic.</summary>
    public ReadOnlySpan<int> Counts => counts;

    /// <summary>Empties it, for rows from a number on. Nobody may be reading it.</summary>
    public void Begin(long firstNumber)
    {
        FirstNumber = firstNumber;
        Count = 0;
        used = 0;
        counts.AsSpan().Clear();
    }

    public bool IsOfSize(int bytes) => data.Length == bytes;

    public bool HasRoom(int size) => data.Length - used >= size;

    public void Add(
        int partition, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, long time, long previous)
    {
        if (Count == entries.Length)
        {
            RowEntry[] larger = new RowEntry[entries.Length * 2];
            entries.CopyTo(larger, 0);
            Volatile.Write(ref entries, larger);
        }

        entries[Count] = new RowEntry(used, hasKey ? key.Length : -1, value.Length, time, previous);
        key.CopyTo(data.AsSpan(used));
        value.CopyTo(data.AsSpan(used + key.Length));
        used += key.Length + value.Length;
        counts[partition]++;
        Count++;
    }

    public RowEntry Entry(int index) => Volatile.Read(ref entries)[index];

    public ReadOnlySpan<byte> Key(in RowEntry entry) => data.AsSpan(entry.Start, Math.Max(0, entry.KeyLength));

    public ReadOnlyMemory<byte> Value(in RowEntry entry) =>
        data.AsMemory(entry.Start + Math.Max(0, entry.KeyLength), entry.ValueLength);
}
