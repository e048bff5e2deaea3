using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Millrace.Data.Keys;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// A set of values for every group, in the order of insertion: the state of DISTINCT and COLLECT. A set is one block
/// of values, looked through while it is small; beyond <see cref="SmallCount"/> values it also has a hash table that
/// repeats them with their positions, so that finding one costs one line of the cache. An empty set takes 8 bytes. Not
/// thread-safe; reading is.
/// </summary>
/// <remarks>
/// Where nobody asks for the order and values are numbers of a dictionary, a set that holds a good part of all of them
/// becomes a map of bits: it takes no more room than the block and the table would.
/// </remarks>
/// <param name="codes">What numbers the values, where the order of insertion does not count; else null.</param>
internal sealed class GroupSets<T>(ValueCodec<T>? codes = null)
    where T : unmanaged, IEquatable<T>
{
    /// <summary>Up to so many values a set has no hash table.</summary>
    public const int SmallCount = 32;

    /// <summary>Up to so many values are copied at once, whatever lies behind.</summary>
    public static readonly int Slack = Vector256<byte>.Count / Unsafe.SizeOf<T>();

    private const int SmallestMap = 16;
    private const int Granule = 2;
    private const int FarAhead = 16;
    private const int NearAhead = 6;

    private readonly BlockArena<T> values = new(Granule);
    private readonly BlockArena<Place> tables = new(Granule);

    private readonly CodeMaps maps = new();

    // A set's size and block side by side: finding a set costs one line of the cache. The complement of a map's handle
    // stands for the block.
    private Head[] heads = [];

    // The groups' hash tables; of no length before the first set grows large.
    private int[] tableHandles = [];

    // The values of the map that was asked for last.
    private int[] listed = [];

    public long Bytes => values.Bytes + tables.Bytes + maps.Bytes
        + (((heads.LongLength * 2) + tableHandles.LongLength) * sizeof(int));

    public void EnsureGroups(int groups) => GroupArray.Ensure(ref heads, groups);

    /// <summary>Whether there are maps among the sets.</summary>
    public bool HasMaps => maps.Bytes > 0;

    /// <summary>How many values a group has.</summary>
    public int Count(int group) => heads[group].Count;

    /// <summary>A group's values, in the order in which they came unless they are a map; good until the next
    /// call.</summary>
    public ReadOnlySpan<T> Values(int group)
    {
        Head head = heads[group];
        return head.Count == 0 ? default : head.IsMap ? Listed(head) : values.Get(head.Handle, head.Count);
    }

    /// <summary>Copies a group's values; what <see cref="Slack"/> says may be written behind them.</summary>
    public void CopyTo(int group, ref T target)
    {
        Head head = heads[group];
        if (head.Count == 0)
        {
            return;
        }

        if (!head.IsMap && head.Count <= Slack)
        {
            ref byte first = ref Unsafe.As<T, byte>(ref values.First(head.Handle));
            Vector256.LoadUnsafe(ref first).StoreUnsafe(ref Unsafe.As<T, byte>(ref target));
            return;
        }

        Values(group).CopyTo(MemoryMarshal.CreateSpan(ref target, head.Count));
    }

    /// <summary>Has the processor fetch what the first values of a group's set are in.</summary>
    public unsafe void Prefetch(int group)
    {
        Head head = heads[group];
        if (Sse.IsSupported && head.Count > 0)
        {
            ref byte first = ref head.IsMap
                ? ref maps.First(~head.Handle)
                : ref Unsafe.As<T, byte>(ref values.First(head.Handle));
            Sse.Prefetch0(Unsafe.AsPointer(ref first));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, 64)));
        }
    }

    /// <summary>
    /// For a walk over rows: has the processor fetch what the next rows' sets need, first where they are described,
    /// then their values, or where in its table a large set would have the value, so that the misses of several rows
    /// overlap.
    /// </summary>
    public unsafe void PrefetchAhead(ReadOnlySpan<int> groups, ReadOnlySpan<T> keys, int row)
    {
        if (!Sse.IsSupported || row + FarAhead >= groups.Length)
        {
            return;
        }

        // A hint needs no valid address: the arrays may move in between.
        Sse.Prefetch0(Unsafe.AsPointer(ref heads[groups[row + FarAhead]]));
        int group = groups[row + NearAhead];
        Head near = heads[group];
        if (near.IsMap)
        {
            maps.Prefetch(~near.Handle, Unsafe.BitCast<T, int>(keys[row + NearAhead]));
        }
        else if (near.Count > SmallCount)
        {
            PrefetchPlace(group, near.Count, keys[row + NearAhead]);
        }
        else if (near.Count > 0)
        {
            ref T first = ref values.First(near.Handle);
            Sse.Prefetch0(Unsafe.AsPointer(ref first));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, near.Count)));
        }
    }

    // Apart, so that the walk saves no registers for it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void PrefetchPlace(int group, int count, T value)
    {
        int slot = Hash(value) & (TableSize(count) - 1);
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref tables.First(tableHandles[group]), slot)));
    }

    /// <summary>Puts a value into a group's set unless it is there; whether it was not.</summary>
    /// <param name="group">The group.</param>
    /// <param name="value">The value.</param>
    /// <param name="position">Its place in the order of insertion; -1 in a map.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(int group, T value, out int position)
    {
        Head head = heads[group];
        if (head.IsMap)
        {
            position = -1;
            return AddCode(ref heads[group], Unsafe.BitCast<T, int>(value));
        }

        position = head.Count > SmallCount ? Find(group, head.Count, value)
            : head.Count > 0 ? FindSmall(ref values.First(head.Handle), head.Count, value)
            : -1;
        if (position >= 0)
        {
            return false;
        }

        position = head.Count;
        Append(group, value);
        return true;
    }

    /// <summary>Takes rows apart: those whose set is a map, and the others, each in order.</summary>
    public unsafe void Split(
        ReadOnlySpan<int> groups,
        ReadOnlySpan<T> values,
        ReadOnlySpan<int> rows,
        RowList<T> inLists,
        RowList<T> inMaps)
    {
        inLists.EnsureCapacity(rows.Length);
        inMaps.EnsureCapacity(rows.Length);
        int mapped = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (Sse.IsSupported && i + FarAhead < groups.Length)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref heads[groups[i + FarAhead]]));
            }

            inMaps.Put(mapped, groups[i], values[i], rows[i]);
            inLists.Put(i - mapped, groups[i], values[i], rows[i]);
            mapped += heads[groups[i]].Handle >>> 31;
        }

        inMaps.Count = mapped;
        inLists.Count = rows.Length - mapped;
    }

    /// <summary>Puts values into maps; those that were not there go to <paramref name="added"/>.</summary>
    public void AddToMaps(RowList<T> list, RowList<T> added)
    {
        ReadOnlySpan<int> groups = list.Groups;
        ReadOnlySpan<T> values = list.Keys;
        ReadOnlySpan<int> rows = list.Rows;
        int count = added.Count;
        for (int i = 0; i < groups.Length; i++)
        {
            if (Sse.IsSupported && i + FarAhead < groups.Length)
            {
                maps.Prefetch(~heads[groups[i + FarAhead]].Handle, Unsafe.BitCast<T, int>(values[i + FarAhead]));
            }

            added.Put(count, groups[i], values[i], rows[i]);
            count += AddCode(ref heads[groups[i]], Unsafe.BitCast<T, int>(values[i])) ? 1 : 0;
        }

        added.Count = count;
    }

    /// <summary>Gives an empty set its values, all different, in their order.</summary>
    public void Fill(int group, ReadOnlySpan<T> set)
    {
        if (set.IsEmpty)
        {
            return;
        }

        heads[group] = new Head { Count = set.Length, Handle = values.Allocate(Capacity(set.Length)) };
        set.CopyTo(values.Get(heads[group].Handle, set.Length));
        if (set.Length > SmallCount)
        {
            Rebuild(group, set.Length, set.Length);
        }
    }

    public void Clear(int group)
    {
        Head head = heads[group];
        if (head.IsMap)
        {
            maps.Free(~head.Handle);
        }
        else if (head.Count > 0)
        {
            FreeList(group, head);
        }

        heads[group] = default;
    }

    /// <summary>The size of the block of a set of that many values: it doubles.</summary>
    public static int Capacity(int count) => Math.Max(Granule, (int)BitOperations.RoundUpToPowerOf2((uint)count));

    private static int TableSize(int count) => Capacity(count) * 2;

    private static int Hash(T value)
    {
        ulong bits = Unsafe.SizeOf<T>() switch
        {
            1 => Unsafe.BitCast<T, byte>(value),
            4 => Unsafe.BitCast<T, uint>(value),
            8 => Unsafe.BitCast<T, ulong>(value),
            _ => Fold(Unsafe.BitCast<T, UInt128>(value)),
        };
        return (int)Hash64.Of(bits);
    }

    private static ulong Fold(UInt128 value) => Hash64.Combine((ulong)(value >> 64), (ulong)value);

    // At most SmallCount values. Those of the usual size are compared all at once: what lies behind them may be read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FindSmall(ref T first, int count, T value)
    {
        if (Unsafe.SizeOf<T>() != sizeof(int))
        {
            return MemoryMarshal.CreateReadOnlySpan(ref first, count).IndexOf(value);
        }

        ref int start = ref Unsafe.As<T, int>(ref first);
        Vector256<int> wanted = Vector256.Create(Unsafe.BitCast<T, int>(value));
        ulong equal = Equal(ref start, wanted);
        if (count > SmallCount / 2)
        {
            equal |= Equal(ref Unsafe.Add(ref start, SmallCount / 2), wanted) << (SmallCount / 2);
        }

        equal &= (1UL << count) - 1;
        return equal == 0 ? -1 : BitOperations.TrailingZeroCount(equal);
    }

    // Which of half as many numbers as are compared at most.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Equal(ref int start, Vector256<int> wanted) =>
        Vector256.Equals(Vector256.LoadUnsafe(ref start), wanted).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(Vector256.LoadUnsafe(ref start, 8), wanted).ExtractMostSignificantBits() << 8);

    private int Find(int group, int count, T value)
    {
        ref Place table = ref tables.First(tableHandles[group]);
        int mask = TableSize(count) - 1;
        for (int slot = Hash(value) & mask; ; slot = (slot + 1) & mask)
        {
            Place place = Unsafe.Add(ref table, slot);
            if (place.Next == 0 || place.Value.Equals(value))
            {
                return place.Next - 1;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AddCode(ref Head head, int code)
    {
        int handle = ~head.Handle;
        bool isNew = maps.Add(ref handle, code);
        head.Handle = ~handle;
        head.Count += isNew ? 1 : 0;
        return isNew;
    }

    // Not inlined where sets are looked through: that loop needs the registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Append(int group, T value)
    {
        ref Head head = ref heads[group];
        int count = head.Count;
        if (count >= SmallestMap && count == Capacity(count) && IsDense(count))
        {
            ToMap(group);
            AddCode(ref head, Unsafe.BitCast<T, int>(value));
            return;
        }

        if (count == 0)
        {
            head.Handle = values.Allocate(Capacity(1));
        }
        else if (count == Capacity(count))
        {
            Grow(group, count);
        }

        values.Get(head.Handle, count + 1)[count] = value;
        head.Count = count + 1;
        if (count >= SmallCount)
        {
            Index(tables.Get(tableHandles[group], TableSize(count + 1)), value, count);
        }
    }

    // Whether a bit for each number there is takes no more room than twice the block, and the table that goes with it.
    private bool IsDense(int count) =>
        codes is { Bound: > 0 and var bound } && bound <= (long)count * (count < SmallCount ? 64 : 320);

    private void ToMap(int group)
    {
        Head head = heads[group];
        int map = maps.Create(MemoryMarshal.Cast<T, int>(values.Get(head.Handle, head.Count)), codes!.Bound);
        FreeList(group, head);
        heads[group].Handle = ~map;
    }

    private ReadOnlySpan<T> Listed(Head head)
    {
        GroupArray.Ensure(ref listed, head.Count + CodeMaps.Slack);
        maps.CopyTo(~head.Handle, listed);
        return MemoryMarshal.Cast<int, T>(listed.AsSpan(0, head.Count));
    }

    private void FreeList(int group, Head head)
    {
        values.Free(head.Handle, Capacity(head.Count));
        if (head.Count > SmallCount)
        {
            tables.Free(tableHandles[group], TableSize(head.Count));
        }
    }

    // The block is full: twice the room, and with it a new table if the set has one.
    private void Grow(int group, int count)
    {
        int old = heads[group].Handle;
        int grown = values.Allocate(count * 2);
        values.Get(old, count).CopyTo(values.Get(grown, count));
        values.Free(old, count);
        heads[group].Handle = grown;
        if (count > SmallCount)
        {
            tables.Free(tableHandles[group], TableSize(count));
        }

        if (count >= SmallCount)
        {
            Rebuild(group, count, count + 1);
        }
    }

    // A new table of the set's values, as large as that of a set of "room" values is.
    private void Rebuild(int group, int count, int room)
    {
        GroupArray.Ensure(ref tableHandles, Math.Max(group + 1, heads.Length));
        int size = TableSize(room);
        tableHandles[group] = tables.Allocate(size);
        Span<Place> table = tables.Get(tableHandles[group], size);
        table.Clear();
        ReadOnlySpan<T> set = values.Get(heads[group].Handle, count);
        for (int i = 0; i < set.Length; i++)
        {
            Index(table, set[i], i);
        }
    }

    private static void Index(Span<Place> table, T value, int position)
    {
        int slot = Hash(value) & (table.Length - 1);
        while (table[slot].Next != 0)
        {
            slot = (slot + 1) & (table.Length - 1);
        }

        table[slot] = new Place { Value = value, Next = position + 1 };
    }

    // A value and the position behind its own; 0 where there is none.
    private struct Place
    {
        public T Value;
        public int Next;
    }

    private struct Head
    {
        public int Count;
        public int Handle;

        public readonly bool IsMap => Handle < 0;
    }
}
