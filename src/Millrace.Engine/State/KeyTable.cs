using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Engine.State;

/// <summary>
/// A hash table from key bytes to dense numbers 0, 1, 2, … in the order of first appearance; keys are copied. Open
/// addressing with linear steps; a slot holds the upper half of the hash and the number + 1, so that most misses end
/// without touching a key. Any number of readers, or one writer.
/// </summary>
internal sealed class KeyTable
{
    private const int InitialSlots = 64;
    private const int SmallestToShrink = 4096;

    // Slots, entries and keys of half as many fit the first cache and what is next to it.
    private const int SmallestToFetch = 2048;

    private const int PageBytes = 4096;

    private ulong[] slots = new ulong[InitialSlots];
    private Entry[] entries = new Entry[InitialSlots / 2];
    private byte[] heap = [];
    private int used;

    public int Count { get; private set; }

    /// <summary>Whether it is so large that a look-up does better to fetch ahead.</summary>
    public bool IsLarge => slots.Length > SmallestToFetch;

    public long StateBytes => (slots.LongLength * sizeof(ulong)) + (entries.LongLength * 16) + heap.LongLength;

    public ReadOnlySpan<byte> Key(int number)
    {
        ref readonly Entry entry = ref entries[number];
        return new ReadOnlySpan<byte>(heap, entry.Start, entry.Length);
    }

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

    /// <summary>The same for what the slot leads to: the entry. When the slot has had time to come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchEntry(ulong hash)
    {
        int number = (int)(uint)slots[hash & (ulong)(slots.Length - 1)] - 1;
        if (Sse.IsSupported && number >= 0)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref entries[number]));
        }
    }

    /// <summary>
    /// The same for what the entry leads to: the key's bytes. Returns the number in the slot, mostly that of the key,
    /// or -1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe int PrefetchKey(ulong hash)
    {
        int number = (int)(uint)slots[hash & (ulong)(slots.Length - 1)] - 1;
        if (Sse.IsSupported && number >= 0)
        {
            ref byte start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(heap), entries[number].Start);
            Sse.Prefetch0(Unsafe.AsPointer(ref start));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, 64)));
        }

        return number;
    }

    /// <summary>The number of a key, or -1.</summary>
    public int Find(ulong hash, ReadOnlySpan<byte> key)
    {
        ulong mask = (ulong)(slots.Length - 1);
        uint tag = (uint)(hash >> 32);
        for (ulong at = hash & mask; ; at = (at + 1) & mask)
        {
            ulong slot = slots[at];
            if (slot == 0)
            {
                return -1;
            }

            if ((uint)(slot >> 32) == tag && IsKey((int)(uint)slot - 1, key))
            {
                return (int)(uint)slot - 1;
            }
        }
    }

    /// <summary>The number of a key, which is added when it is new: then the number is the old
    /// <see cref="Count"/>.</summary>
    public int FindOrAdd(ulong hash, ReadOnlySpan<byte> key)
    {
        ulong mask = (ulong)(slots.Length - 1);
        uint tag = (uint)(hash >> 32);
        for (ulong at = hash & mask; ; at = (at + 1) & mask)
        {
            ulong slot = slots[at];
            if (slot == 0)
            {
                slots[at] = ((ulong)tag << 32) | (uint)(Count + 1);
                return Add(hash, key);
            }

            if ((uint)(slot >> 32) == tag && IsKey((int)(uint)slot - 1, key))
            {
                return (int)(uint)slot - 1;
            }
        }
    }

    /// <summary>Makes room for that many keys.</summary>
    public void EnsureCapacity(int keys)
    {
        if (entries.Length <= keys)
        {
            Grow((int)BitOperations.RoundUpToPowerOf2((uint)keys + 1));
        }
    }

    /// <summary>Forgets all keys. The memory is kept for as many again, unless they were far fewer than there is room
    /// for.</summary>
    public void Clear()
    {
        if (entries.Length > SmallestToShrink && Count < entries.Length / 8)
        {
            slots = new ulong[InitialSlots];
            entries = new Entry[InitialSlots / 2];
            heap = [];
        }
        else
        {
            Array.Clear(slots);
        }

        Count = 0;
        used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsKey(int number, ReadOnlySpan<byte> key)
    {
        ref readonly Entry entry = ref entries[number];
        return entry.Length == key.Length
            && IsSame(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(heap), entry.Start), key);
    }

    // Keys of usual lengths by a few pieces that may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSame(ref byte known, ReadOnlySpan<byte> key)
    {
        ref byte start = ref MemoryMarshal.GetReference(key);
        if (key.Length is >= 16 and <= 64)
        {
            // Four pieces, of which the two in between move apart from 32 bytes on.
            int over = key.Length - 32;
            int less = over & (over >> 31);
            Vector128<byte> ends = Difference(ref known, ref start, 0)
                | Difference(ref known, ref start, key.Length - Vector128<byte>.Count);
            Vector128<byte> between = Difference(ref known, ref start, Vector128<byte>.Count + less)
                | Difference(ref known, ref start, over - less);
            return (ends | between) == Vector128<byte>.Zero;
        }

        if (key.Length is >= 8 and < 16)
        {
            int last = key.Length - sizeof(ulong);
            ulong first = Unsafe.ReadUnaligned<ulong>(ref start) ^ Unsafe.ReadUnaligned<ulong>(ref known);
            return (first | (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, last))
                ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref known, last)))) == 0;
        }

        if (key.Length is >= 4 and < 8)
        {
            int last = key.Length - sizeof(uint);
            uint first = Unsafe.ReadUnaligned<uint>(ref start) ^ Unsafe.ReadUnaligned<uint>(ref known);
            return (first | (Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, last))
                ^ Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref known, last)))) == 0;
        }

        return key.Length is >= 1 and < 4
            ? ((start ^ known) | (Unsafe.Add(ref start, key.Length >> 1) ^ Unsafe.Add(ref known, key.Length >> 1))
                | (Unsafe.Add(ref start, key.Length - 1) ^ Unsafe.Add(ref known, key.Length - 1))) == 0
            : key.SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref known, key.Length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Difference(ref byte known, ref byte key, int at) =>
        Vector128.LoadUnsafe(ref known, (nuint)at) ^ Vector128.LoadUnsafe(ref key, (nuint)at);

    private int Add(ulong hash, ReadOnlySpan<byte> key)
    {
        if (heap.Length - used < key.Length)
        {
            Array.Resize(ref heap, Math.Max(used + key.Length, Math.Max(1024, heap.Length * 2)));
        }

        key.CopyTo(heap.AsSpan(used));
        entries[Count] = new Entry { Hash = hash, Start = used, Length = key.Length };
        used += key.Length;
        Count++;
        if (Count == entries.Length)
        {
            Grow(entries.Length * 2);
        }

        return Count - 1;
    }

    // At most half full, so that runs of taken slots stay short.
    private void Grow(int size)
    {
        Array.Resize(ref entries, size);
        slots = new ulong[size * 2];
        Touch(slots);
        ulong mask = (ulong)(slots.Length - 1);
        for (int number = 0; number < Count; number++)
        {
            ulong at = entries[number].Hash & mask;
            while (slots[at] != 0)
            {
                at = (at + 1) & mask;
            }

            slots[at] = (entries[number].Hash >> 32 << 32) | (uint)(number + 1);
        }
    }

    // A page that is read before it is written costs two faults: one for zeros that all share, and one that has every
    // processor forget those.
    private static void Touch(ulong[] fresh)
    {
        for (int at = 0; at < fresh.Length; at += PageBytes / sizeof(ulong))
        {
            fresh[at] = 0;
        }
    }

    private struct Entry
    {
        public ulong Hash;
        public int Start;
        public int Length;
    }
}
