namespace Millrace.Hosting.Views;

/// <summary>
/// From a key's hash to the number of its newest row: open addressing with linear probing. Keys with equal hashes share
/// a chain, who walks it compares the keys. Entries whose newest row has gone are dropped when the table is rebuilt.
/// </summary>
internal sealed class KeyIndex
{
    private const long Empty = -1;
    private const int EntryBytes = 16;

    private ulong[] hashes = new ulong[64];
    private long[] newest = CreateSlots(64);
    private int count;

    public long MemoryBytes => (long)newest.Length * EntryBytes;

    /// <summary>The newest row of a hash, or -1.</summary>
    public long Find(ulong hash)
    {
        int slot = Probe(hash);
        return newest[slot];
    }

    /// <summary>Puts a row at the head of its chain and returns the head before it, or -1.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="number">The row, newer than all before.</param>
    /// <param name="firstLive">The oldest row that is still there.</param>
    public long Exchange(ulong hash, long number, long firstLive)
    {
        if (count >= newest.Length / 4 * 3)
        {
            Rebuild(firstLive);
        }

        int slot = Probe(hash);
        long before = newest[slot];
        if (before == Empty)
        {
            hashes[slot] = hash;
            count++;
        }

        newest[slot] = number;
        return before;
    }

    private static long[] CreateSlots(int size)
    {
        long[] slots = new long[size];
        slots.AsSpan().Fill(Empty);
        return slots;
    }

    private int Probe(ulong hash)
    {
        int mask = newest.Length - 1;
        int slot = (int)(hash >> 17) & mask;
        while (newest[slot] != Empty && hashes[slot] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Rebuild(long firstLive)
    {
        int live = 0;
        foreach (long number in newest)
        {
            live += number >= firstLive ? 1 : 0;
        }

        (ulong[] oldHashes, long[] oldNewest) = (hashes, newest);
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, live * 2));
        hashes = new ulong[size];
        newest = CreateSlots(size);
        count = live;
        for (int i = 0; i < oldNewest.Length; i++)
        {
            if (oldNewest[i] >= firstLive)
            {
                int slot = Probe(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                newest[slot] = oldNewest[i];
            }
        }
    }
}
