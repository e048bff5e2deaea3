using Millrace.Data.Keys;

namespace Millrace.Hosting.Views;

/// <summary>
/// The newest rows of a topic within a budget of memory, in the order in which they were appended, with a chain per
/// key. One thread appends and looks up; <see cref="Capture"/> gives what other threads may read.
/// </summary>
internal sealed class RowStore
{
    private readonly long budgetBytes;
    private readonly int chunkBytes;
    private readonly List<RowChunk> chunks = [];
    private readonly KeyIndex index = new();
    private RowChunk? spare;
    private int leases;
    private long chunkMemory;
    private readonly long[] kept;
    private bool isRest;
    private long next;

    /// <param name="budgetBytes">Memory for rows and index.</param>
    /// <param name="partitions">Of the topic.</param>
    public RowStore(long budgetBytes, int partitions = 1)
    {
        this.budgetBytes = budgetBytes;
        kept = new long[partitions];
        chunkBytes = (int)Math.Clamp(budgetBytes / 32, 4 << 10, 1 << 20);
    }

    /// <summary>Memory for rows and index; when more is taken, the oldest rows go.</summary>
    public long BudgetBytes => budgetBytes;

    /// <summary>How many rows were ever appended; the next row's number.</summary>
    public long End => next;

    /// <summary>The number of the oldest row that is still there.</summary>
    public long First => chunks.Count == 0 ? next : chunks[0].FirstNumber;

    /// <summary>Whether no row was ever dropped for want of memory.</summary>
    public bool IsComplete => !isRest && (First == 0 || next == 0);

    public long MemoryBytes => chunkMemory + index.MemoryBytes;

    /// <summary>How many rows of each partition are there: the newest ones.</summary>
    public ReadOnlySpan<long> KeptRows => kept;

    /// <summary>Says, before anybody reads, that the topic has or had older rows than the store gets.</summary>
    public void BeginWithRest() => isRest = true;

    /// <summary>Brings what an append of a key's hash looks up into the cache, for an append soon.</summary>
    public void Prefetch(ulong hash) => index.Prefetch(hash);

    public void Append(ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, long time, int partition = 0) =>
        Append(Hash64.Of(key), key, hasKey, value, time, partition);

    /// <summary>The same where the key's <see cref="Hash64"/> is known.</summary>
    public void Append(
        ulong hash, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, long time, int partition)
    {
        int size = key.Length + value.Length;
        if (chunks.Count == 0 || !chunks[^1].HasRoom(size))
        {
            AddChunk(size);
        }

        RowChunk chunk = chunks[^1];
        long before = chunk.MemoryBytes;
        long previous = hasKey ? index.Exchange(hash, next, First) : -1;
        chunk.Add(partition, key, hasKey, value, time, previous);
        kept[partition]++;
        chunkMemory += chunk.MemoryBytes - before;
        next++;
        while (MemoryBytes > budgetBytes && chunks.Count > 1)
        {
            RemoveOldest();
        }
    }

    /// <summary>The rows of a key, newest first, at most so many; good until the next append.</summary>
    public List<StoredRow> Find(ReadOnlySpan<byte> key, int limit)
    {
        List<StoredRow> found = [];
        long number = index.Find(Hash64.Of(key));
        while (number >= First && found.Count < limit)
        {
            RowChunk chunk = ChunkOf(number);
            RowEntry entry = chunk.Entry((int)(number - chunk.FirstNumber));
            if (chunk.Key(entry).SequenceEqual(key))
            {
                found.Add(new StoredRow(chunk.Value(entry), entry.Time));
            }

            number = entry.Previous;
        }

        return found;
    }

    /// <summary>The rows as they are now; cheap, and readable by any thread until it is disposed.</summary>
    public RowSnapshot Capture()
    {
        Interlocked.Increment(ref leases);
        return new RowSnapshot([.. chunks], chunks.Count == 0 ? 0 : chunks[^1].Count, IsComplete, Return);
    }

    private void Return() => Interlocked.Decrement(ref leases);

    private void AddChunk(int size)
    {
        RowChunk? chunk = size <= chunkBytes ? spare : null;
        spare = chunk is null ? spare : null;
        chunk ??= new RowChunk(Math.Max(chunkBytes, size), kept.Length);
        chunk.Begin(next);
        chunks.Add(chunk);
        chunkMemory += chunk.MemoryBytes;
    }

    // A chunk is used again only when no snapshot is out that might still read it; else the collector takes it.
    private void RemoveOldest()
    {
        RowChunk oldest = chunks[0];
        chunks.RemoveAt(0);
        chunkMemory -= oldest.MemoryBytes;
        for (int p = 0; p < kept.Length; p++)
        {
            kept[p] -= oldest.Counts[p];
        }

        if (Volatile.Read(ref leases) == 0 && oldest.IsOfSize(chunkBytes))
        {
            spare = oldest;
        }
    }

    private RowChunk ChunkOf(long number)
    {
        int low = 0;
        int high = chunks.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (chunks[middle].FirstNumber <= number)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return chunks[low];
    }
}
