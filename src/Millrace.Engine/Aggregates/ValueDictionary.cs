using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Millrace.Data;
using Millrace.Data.Keys;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Byte strings as numbers: each distinct string once, counted by those who hold its number, forgotten with the last of
/// them. Compared by all their bytes, of which short ones have all in their entry. Numbers are used again. Not
/// thread-safe; reading is.
/// </summary>
internal sealed class ValueDictionary
{
    private const int Granule = 8;
    private const int None = -1;

    // Strings: fewer fit the first cache and what is next to it.
    private const int SmallestToFetch = 2048;

    private readonly BlockArena<byte> arena = new(Granule);
    private readonly Stack<int> free = new();
    private Entry[] entries = [];
    private int[] buckets = [];
    private int used;

    public ValueDictionary()
    {
        Saver = new DictionarySaver(this);
    }

    public long Bytes =>
        arena.Bytes + (entries.LongLength * 40) + (buckets.LongLength * sizeof(int)) + Saver.StateBytes;

    /// <summary>Writes the strings to snapshots.</summary>
    public DictionarySaver Saver { get; }

    /// <summary>How many strings there are.</summary>
    public int Count => used - free.Count;

    /// <summary>Whether there are so many that a look-up does better to fetch ahead.</summary>
    public bool IsLarge => used >= SmallestToFetch;

    /// <summary>All numbers are below it.</summary>
    public int Bound => used;

    public ReadOnlySpan<byte> Get(int id) => arena.Get(entries[id].Handle, entries[id].Text.Length);

    /// <summary>What a string is looked up by.</summary>
    public static Probe ProbeOf(ReadOnlySpan<byte> value)
    {
        if (value.Length > Hash64.ShortLength)
        {
            uint hash = (uint)Hash64.Of(value, out (ulong First, ulong Last) ends);
            return new Probe { First = ends.First, Last = ends.Last, Hash = hash, Length = value.Length };
        }

        Span<byte> padded = stackalloc byte[Hash64.ShortLength];
        padded.Clear();
        value.CopyTo(padded);
        return Short(Vector128.Create<byte>(padded), value.Length);
    }

    /// <summary>The same for a text of a column: a short one mostly without a jump that depends on it.</summary>
    /// <remarks>Written where it is needed: a copy would wait for all its parts to be stored.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ProbeOf(BytesVector column, int row, out Probe probe)
    {
        int start = column.Starts[row];
        int length = column.Lengths[row];
        if (length > Hash64.ShortLength || start > column.Data.Length - Hash64.ShortLength)
        {
            probe = ProbeOf(column.Slice(row));
            return;
        }

        Vector128<byte> bytes = Vector128.LoadUnsafe(
            ref MemoryMarshal.GetArrayDataReference(column.Data), (nuint)start);
        Vector128<byte> inside = Vector128.LessThan(Vector128<byte>.Indices, Vector128.Create((byte)length));
        Vector128<ulong> halves = (bytes & inside).AsUInt64();
        probe.First = halves[0];
        probe.Last = halves[1];
        probe.Hash = (uint)Hash64.Combine(halves[0], halves[1]);
        probe.Length = length;
    }

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
            Sse.Prefetch0(Unsafe.AsPointer(ref entries[id].Text));
            Sse.Prefetch0(Unsafe.AsPointer(ref entries[id].Next));
        }
    }

    /// <summary>The same for the bytes that the entry names, where it does not hold them all.</summary>
    public unsafe void PrefetchBytes(in Probe probe)
    {
        if (Sse.IsSupported && probe.Length > Hash64.ShortLength && buckets.Length > 0
            && buckets[probe.Hash & (buckets.Length - 1)] - 1 is >= 0 and var id && entries[id].Text.Hash == probe.Hash)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref arena.First(entries[id].Handle)));
        }
    }

    /// <summary>The number of a string; a new one has no holders and must get one, or be released.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> value)
    {
        Probe probe = ProbeOf(value);
        for (int id = First(probe); id != None; id = entries[id].Next)
        {
            if (IsAlike(id, probe) && (probe.Length <= Hash64.ShortLength || IsLong(id, value)))
            {
                return id;
            }
        }

        return Add(value, probe);
    }

    /// <summary>The same for a text of a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(BytesVector column, int row, in Probe probe)
    {
        for (int id = First(probe); id != None; id = entries[id].Next)
        {
            if (IsAlike(id, probe) && (probe.Length <= Hash64.ShortLength || IsLong(id, column.Slice(row))))
            {
                return id;
            }
        }

        return Add(column.Slice(row), probe);
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

        Saver.Remove(id);
        ref int link = ref buckets[entry.Text.Hash & (buckets.Length - 1)];
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

        arena.Free(entry.Handle, Math.Max(1, entry.Text.Length));
        free.Push(id);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Probe Short(Vector128<byte> bytes, int length)
    {
        (ulong first, ulong last) = (bytes.AsUInt64()[0], bytes.AsUInt64()[1]);
        return new Probe { First = first, Last = last, Hash = (uint)Hash64.Combine(first, last), Length = length };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int First(in Probe probe)
    {
        int[] heads = buckets;
        return heads.Length == 0 ? None : heads[probe.Hash & (heads.Length - 1)] - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsAlike(int id, in Probe probe)
    {
        ref readonly Probe text = ref entries[id].Text;
        return text.First == probe.First && text.Last == probe.Last && text.Length == probe.Length;
    }

    private bool IsLong(int id, ReadOnlySpan<byte> value) => Get(id).SequenceEqual(value);

    private int Add(ReadOnlySpan<byte> value, in Probe probe)
    {
        // At most half as many as there are buckets, and of few an eighth: hardly any of them are in chains.
        if (Count >= buckets.Length / (used < SmallestToFetch ? 8 : 2))
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
        ref int bucket = ref buckets[probe.Hash & (buckets.Length - 1)];
        entries[id] = new Entry { Text = probe, Handle = handle, Next = bucket - 1 };
        bucket = id + 1;
        Saver.Add(id);
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
                ref int bucket = ref buckets[entries[id].Text.Hash & (size - 1)];
                entries[id].Next = bucket - 1;
                bucket = id + 1;
                id = next;
            }
        }
    }

    /// <summary>A string's hash, length, and its first and last bytes: all that it is, if it is short, filled up with
    /// zeros.</summary>
    internal struct Probe
    {
        public ulong First;
        public ulong Last;
        public uint Hash;
        public int Length;
    }

    private struct Entry
    {
        public Probe Text;
        public int Handle;
        public int Holders;
        public int Next;
    }
}
