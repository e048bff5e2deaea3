using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Engine.State;

/// <summary>
/// The keys that were seen within a window of time. Times never go back, so keys stand in a ring in order of time, the
/// oldest leave it first, and all that came since any moment lie together. A hash table finds a key's newest entry.
/// Entries are numbered without end. Not thread-safe.
/// </summary>
/// <remarks>
/// The table has open addressing with linear steps; a slot holds the upper half of the hash and the entry's place in
/// the ring + 1. Keys' bytes are a ring too, of which no key lies across the end.
/// </remarks>
internal sealed class SeenKeys
{
    private const int LeastEntries = 32;
    private const int LeastHeap = 1024;

    private ulong[] slots = new ulong[LeastEntries * 2];
    private Entry[] entries = new Entry[LeastEntries];
    private byte[] heap = new byte[LeastHeap];
    private int heapEnd;

    /// <summary>The number of the oldest entry.</summary>
    public long First { get; private set; }

    /// <summary>The number that the next entry gets.</summary>
    public long Next { get; private set; }

    public long StateBytes => (slots.LongLength * sizeof(ulong)) + (entries.LongLength * 24) + heap.LongLength;

    /// <summary>Brings the slot of a hash into the cache, for a look-up soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong hash)
    {
        if (Sse.IsSupported)
        {
            // A hint needs no valid address: the array may move in between.
            Sse.Prefetch0(Unsafe.AsPointer(ref slots[hash & (ulong)(slots.Length - 1)]));
        }
    }

    /// <summary>Takes note of a key, unless it was seen after a time.</summary>
    /// <param name="hash">The key's hash.</param>
    /// <param name="key">The key.</param>
    /// <param name="time">When it is seen now; not less than any time before.</param>
    /// <param name="after">Whoever was seen at this time or earlier is as good as never seen.</param>
    public bool TryAdd(ulong hash, ReadOnlySpan<byte> key, long time, long after)
    {
        int slot = Find(hash, key);
        if (slots[slot] != 0 && entries[PlaceIn(slots[slot])].Time > after)
        {
            return false;
        }

        Add(hash, key, time);
        return true;
    }

    /// <summary>Adds an entry; one of the same key is found no more.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> key, long time)
    {
        if (Next - First == entries.Length)
        {
            Resize(entries.Length * 2);
        }

        int slot = Find(hash, key);
        int place = PlaceOf(Next);
        int start = Reserve(key.Length);
        key.CopyTo(heap.AsSpan(start));
        entries[place] = new Entry { Hash = hash, Time = time, Start = start, Length = key.Length };
        slots[slot] = (hash >> 32 << 32) | (uint)(place + 1);
        Next++;
    }

    /// <summary>An entry that is there.</summary>
    public ReadOnlySpan<byte> Key(long number, out long time)
    {
        ref readonly Entry entry = ref entries[PlaceOf(number)];
        time = entry.Time;
        return heap.AsSpan(entry.Start, entry.Length);
    }

    /// <summary>Forgets entries seen at that time or earlier, of numbers below a limit.</summary>
    public void Forget(long time, long limit)
    {
        while (First < Math.Min(Next, limit) && entries[PlaceOf(First)].Time <= time)
        {
            Remove(PlaceOf(First));
            First++;
        }

        // Far enough from growing again that either is paid for by as many entries that came or went.
        if (entries.Length > LeastEntries && Next - First <= entries.Length / 8)
        {
            Resize((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastEntries, 2 * (Next - First))));
            MoveKeys(new byte[Math.Clamp(2 * LiveBytes(), LeastHeap, heap.Length)]);
        }
    }

    /// <summary>Forgets entries of numbers below a limit. If none is left the next one gets the limit's
    /// number.</summary>
    public void ForgetBelow(long limit)
    {
        Forget(long.MaxValue, limit);
        if (First == Next)
        {
            (First, Next, heapEnd) = (limit, limit, 0);
        }
    }

    private static int PlaceIn(ulong slot) => (int)(uint)slot - 1;

    private int PlaceOf(long number) => (int)(number & (entries.Length - 1));

    // The slot that has the key's newest entry, or the empty one where it belongs.
    private int Find(ulong hash, ReadOnlySpan<byte> key)
    {
        int mask = slots.Length - 1;
        uint tag = (uint)(hash >> 32);
        int at = (int)(hash & (ulong)mask);
        while (slots[at] != 0 && !((uint)(slots[at] >> 32) == tag && IsKey(PlaceIn(slots[at]), key)))
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    private bool IsKey(int place, ReadOnlySpan<byte> key)
    {
        ref readonly Entry entry = ref entries[place];
        return key.SequenceEqual(new ReadOnlySpan<byte>(heap, entry.Start, entry.Length));
    }

    // Behind the slot that becomes empty the next entry of the run that may stand there moves up, and so on.
    private void Remove(int place)
    {
        int mask = slots.Length - 1;
        int at = (int)(entries[place].Hash & (ulong)mask);
        while (slots[at] != 0 && PlaceIn(slots[at]) != place)
        {
            at = (at + 1) & mask;
        }

        if (slots[at] == 0)
        {
            return;
        }

        for (int next = (at + 1) & mask; slots[next] != 0; next = (next + 1) & mask)
        {
            int home = (int)(entries[PlaceIn(slots[next])].Hash & (ulong)mask);
            if (((next - home) & mask) >= ((next - at) & mask))
            {
                slots[at] = slots[next];
                at = next;
            }
        }

        slots[at] = 0;
    }

    private void Resize(int size)
    {
        Entry[] old = entries;
        entries = new Entry[size];
        slots = new ulong[size * 2];
        ulong mask = (ulong)(slots.Length - 1);
        for (long number = First; number < Next; number++)
        {
            Entry entry = old[number & (old.Length - 1)];
            entries[PlaceOf(number)] = entry;
            int slot = Find(entry.Hash, heap.AsSpan(entry.Start, entry.Length));
            slots[slot] = (entry.Hash >> 32 << 32) | (uint)(PlaceOf(number) + 1);
        }
    }

    // Where that many bytes may be written: between the newest and the oldest key.
    private int Reserve(int length)
    {
        int oldest = First == Next ? -1 : entries[PlaceOf(First)].Start;
        bool isWrapped = oldest >= 0 && heapEnd <= oldest;
        if (oldest < 0)
        {
            heapEnd = 0;
        }

        int room = (isWrapped ? oldest : heap.Length) - heapEnd;
        if (room < length)
        {
            if (!isWrapped && oldest >= length)
            {
                heapEnd = 0;
            }
            else
            {
                GrowHeap(length);
            }
        }

        heapEnd += length;
        return heapEnd - length;
    }

    private void GrowHeap(int length)
    {
        int size = Math.Max(checked(heap.Length + length), (int)Math.Min(Array.MaxLength, heap.Length * 2L));
        MoveKeys(new byte[size]);
    }

    private void MoveKeys(byte[] target)
    {
        byte[] old = heap;
        heap = target;
        heapEnd = 0;
        for (long number = First; number < Next; number++)
        {
            ref Entry entry = ref entries[PlaceOf(number)];
            old.AsSpan(entry.Start, entry.Length).CopyTo(heap.AsSpan(heapEnd));
            entry.Start = heapEnd;
            heapEnd += entry.Length;
        }
    }

    private long LiveBytes()
    {
        long bytes = 0;
        for (long number = First; number < Next; number++)
        {
            bytes += entries[PlaceOf(number)].Length;
        }

        return bytes;
    }

    private struct Entry
    {
        public ulong Hash;
        public long Time;
        public int Start;
        public int Length;
    }
}
