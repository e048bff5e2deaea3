namespace Millrace.Hosting.Views;

/// <summary>
/// From a key's hash to the number of its newest row: open addressing with linear probing. Keys with equal hashes share
/// a chain, who walks it compares the keys. Entries whose newest row has gone are dropped when the table is rebuilt.
/// </summary>
internal sealed class KeyIndex
{
    private const long Empty = -1;
    private const int EntryBytes = 16;

    // Hash and number side by side: finding a key costs one line of the cache.
    private Slot[] slots = CreateSlots(64);
    private int count;

    public long MemoryBytes => (long)slots.Length * EntryBytes;

    /// <summary>The newest row of a hash, or -1.</summary>
    public long Find(ulong hash) => Probe(hash).Newest;

    /// <summary>Puts a row at the head of its chain and returns the head before it, or -1.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="number">The row, newer than all before.</param>
    /// <param name="firstLive">The oldest row that is still there.</param>
    public long Exchange(ulong hash, long number, long firstLive)
    {
        if (count >= slots.Length / 4 * 3)
        {
            Rebuild(firstLive);
        }

        ref Slot slot = ref Probe(hash);
        long before = slot.Newest;
        count += before == Empty ? 1 : 0;
        slot = new Slot(hash, number);
        return before;
    }

    private static Slot[] CreateSlots(int size)
    {
        Slot[] slots = new Slot[size];
        slots.AsSpan().Fill(new Slot(0, Empty));
        return slots;
    }

    private ref Slot Probe(ulong hash)
    {
        int mask = slots.Length - 1;
        int slot = (int)(hash >> 17) & mask;
        while (slots[slot].Newest != Empty && slots[slot].Hash != hash)
        {
            slot = (slot + 1) & mask;
        }

        return ref slots[slot];
    }

    private void Rebuild(long firstLive)
    {
        Slot[] old = slots;
        int live = old.Count(s => s.Newest >= firstLive);
        slots = CreateSlots((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, live * 2)));
        count = live;
        foreach (Slot slot in old)
        {
            if (slot.Newest >= firstLive)
            {
                Probe(slot.Hash) = slot;
            }
        }
    }

    private readonly record struct Slot(ulong Hash, long Newest);
}
