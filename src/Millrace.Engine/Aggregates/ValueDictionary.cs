using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Millrace.Data.Keys;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Byte strings as numbers: each distinct string once, counted by those who hold its number, forgotten with the last of
/// them. Compared by all their bytes. Numbers are used again. Not thread-safe; reading is.
/// </summary>
internal sealed class ValueDictionary
{
    private const int Granule = 8;
    private const int None = -1;

    private readonly BlockArena<byte> arena = new(Granule);
    private readonly Stack<int> free = new();
    private Entry[] entries = [];
    private int[] buckets = [];
    private int used;

    public long Bytes => arena.Bytes + (entries.LongLength * 20) + (buckets.LongLength * sizeof(int));

    /// <summary>How many strings there are.</summary>
    public int Count => used - free.Count;

    /// <summary>All numbers are below it.</summary>
    public int Bound => used;

    public ReadOnlySpan<byte> Get(int id) => arena.Get(entries[id].Handle, entries[id].Length);

    /// <summary>The hash by which a string is looked up.</summary>
    public static uint Hash(ReadOnlySpan<byte> value) => (uint)Hash64.Of(value);

    /// <summary>
    /// Has the processor fetch what a look-up of this hash begins with, so that the misses of several overlap.
    /// </summary>
    public unsafe void PrefetchBucket(uint hash)
    {
        // A hint needs no valid address: the arrays may move in between.
        if (Sse.IsSupported && buckets.Length > 0)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref buckets[hash & (buckets.Length - 1)]));
        }
    }

    /// <summary>The same for the entry that the bucket names.</summary>
    public unsafe void PrefetchEntry(uint hash)
    {
        if (Sse.IsSupported && buckets.Length > 0 && buckets[hash & (buckets.Length - 1)] - 1 is >= 0 and var id)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref entries[id]));
        }
    }

    /// <summary>The same for the bytes that the entry names.</summary>
    public unsafe void PrefetchBytes(uint hash)
    {
        if (Sse.IsSupported && buckets.Length > 0 && buckets[hash & (buckets.Length - 1)] - 1 is >= 0 and var id
            && entries[id].Hash == hash)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref MemoryMarshal.GetReference(arena.Get(entries[id].Handle, 1))));
        }
    }

    /// <summary>The number of a string; a new one has no holders and must get one, or be released.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> value) => FindOrAdd(value, Hash(value));

    /// <summary>The same where the string's hash is known.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> value, uint hash)
    {
        if (buckets.Length > 0)
        {
            for (int id = buckets[hash & (buckets.Length - 1)] - 1; id != None; id = entries[id].Next)
            {
                if (entries[id].Hash == hash && Get(id).SequenceEqual(value))
                {
                    return id;
                }
            }
        }

        return Add(value, hash);
    }

    /// <summary>One holder more.</summary>
    public void Hold(int id) => entries[id].Holders++;

    /// <summary>One holder less; the last one's going frees the number and the bytes.</summary>
    public void Release(int id)
    {
        ref Entry entry = ref entries[id];
        if (--entry.Holders > 0)
        {
            return;
        }

        ref int link = ref buckets[entry.Hash & (buckets.Length - 1)];
        if (link - 1 == id)
        {
            link = entry.Next + 1;
        }
        else
        {
            int before = link - 1;
            while (entries[before].Next != id)
            {
                before = entries[before].Next;
            }

            entries[before].Next = entry.Next;
        }

        arena.Free(entry.Handle, Math.Max(1, entry.Length));
        free.Push(id);
    }

    private int Add(ReadOnlySpan<byte> value, uint hash)
    {
        if (Count >= buckets.Length)
        {
            Rehash(Math.Max(16, buckets.Length * 2));
        }

        if (!free.TryPop(out int id))
        {
            id = used++;
            GroupArray.Ensure(ref entries, used);
        }

        int handle = arena.Allocate(Math.Max(1, value.Length));
        value.CopyTo(arena.Get(handle, value.Length));
        ref int bucket = ref buckets[hash & (buckets.Length - 1)];
        entries[id] = new Entry { Hash = hash, Handle = handle, Length = value.Length, Next = bucket - 1 };
        bucket = id + 1;
        return id;
    }

    private void Rehash(int size)
    {
        int[] old = buckets;
        buckets = new int[size];
        foreach (int head in old)
        {
            for (int id = head - 1; id != None;)
            {
                int next = entries[id].Next;
                ref int bucket = ref buckets[entries[id].Hash & (size - 1)];
                entries[id].Next = bucket - 1;
                bucket = id + 1;
                id = next;
            }
        }
    }

    private struct Entry
    {
        public uint Hash;
        public int Handle;
        public int Length;
        public int Holders;
        public int Next;
    }
}
