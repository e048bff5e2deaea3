namespace Millrace.Engine.Snapshots;

/// <summary>
/// The values of one dictionary that a snapshot's blocks have brought so far, by the numbers of
/// <see cref="SavedNumbers"/>. Each gets its key here when somebody first has it: a worker reads the values of others
/// too.
/// </summary>
internal sealed class LoadedTexts
{
    private byte[] heap = [];
    private Place[] places = [];
    private int used;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Takes as many values as a block says it has.</summary>
    public void Read(ref SnapshotReader source)
    {
        int more = source.Count();
        Ensure(ref places, checked(Count + more));
        for (; more > 0; more--)
        {
            ReadOnlySpan<byte> value = source.Bytes();
            Ensure(ref heap, checked(used + value.Length));
            value.CopyTo(heap.AsSpan(used));
            places[Count++] = new Place { Start = used, Length = value.Length, Key = -1 };
            used += value.Length;
        }
    }

    /// <summary>Where the key of a value is kept; -1 until somebody has it.</summary>
    public ref int Key(uint number)
    {
        if (number >= (uint)Count)
        {
            throw new SnapshotDamagedException("a value's number is none of its snapshot");
        }

        return ref places[number].Key;
    }

    public ReadOnlySpan<byte> Value(uint number) => heap.AsSpan(places[number].Start, places[number].Length);

    private static void Ensure<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, Math.Max(length, array.Length * 2));
        }
    }

    private struct Place
    {
        public int Start;
        public int Length;
        public int Key;
    }
}
