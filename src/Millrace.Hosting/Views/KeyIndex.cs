using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>Brings the slot of a hash into the cache, for a look-up soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong hash)
    {
        if (Sse.IsSupported)
        {
            // A hint needs no valid address: the array may move in between.
            Sse.Prefetch0(Unsafe.AsPointer(ref slots[(int)(hash >> 17) & (slots.Length - 1)]));
        }
    }

    /// <summary>Puts a row at the head of its chain and returns the head before it, or -1.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="number">The row, newer than all before.</param>
    /// <param name="firstLive">The oldest row that is still there.</param>
    public long Exchange(ulong hash, long number, long firstLive)
    {
        if (count >= slots.Length / 8 * 5)
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
        int live = 0;
        foreach (Slot slot in slots)
        {
            live += slot.Newest >= firstLive ? 1 : 0;
        }

        count = live;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, live * 2));
        if (size == slots.Length)
        {
            RemoveBefore(firstLive);
            return;
        }

        Slot[] old = slots;
        slots = CreateSlots(size);
        foreach (Slot slot in old)
        {
            if (slot.Newest >= firstLive)
            {
                Probe(slot.Hash) = slot;
            }
        }
    }

    // In place: keys that come and go allocate nothing.
    private void RemoveBefore(long firstLive)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            while (slots[i].Newest != Empty && slots[i].Newest < firstLive)
            {
                Remove(i);
            }
        }
    }

    // Each entry behind the hole that could stand in it moves there, and leaves the next hole.
    private void Remove(int hole)
    {
        int mask = slots.Length - 1;
        for (int at = (hole + 1) & mask; slots[at].Newest != Empty; at = (at + 1) & mask)
        {
            int home = (int)(slots[at].Hash >> 17) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask))
            {
                slots[hole] = slots[at];
                hole = at;
            }
        }

        slots[hole] = new Slot(0, Empty);
    }

    private readonly record struct Slot(ulong Hash, long Newest);
}
