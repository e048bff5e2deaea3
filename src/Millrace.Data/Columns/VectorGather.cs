using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data;

/// <summary>
/// Copies selected rows of a vector or batch to another of the same types, in the order of an index array; a row number
/// below zero yields NULL (the missing side of an outer join). Slices of texts are copied, not their bytes: the target
/// then shares the source's buffer. Nested values are copied whole. Source and target must be different objects. No
/// state; safe from any thread.
/// </summary>
public static class VectorGather
{
    /// <summary>Resets the target to <c>rows.Length</c> rows and fills columns, positions and kinds.</summary>
    public static void Gather(Batch source, ReadOnlySpan<int> rows, Batch target)
    {
        target.Reset(rows.Length);
        for (int c = 0; c < target.Columns.Length; c++)
        {
            Gather(source.Columns[c], rows, target.Columns[c]);
        }

        Values(source.Positions, rows, target.Positions);
        if (!source.IsInsertOnly)
        {
            target.UseKinds(rows.Length);
            Values(source.Kinds, rows, target.Kinds);
        }
    }

    /// <summary>Resets the target to <c>rows.Length</c> rows and fills it.</summary>
    public static void Gather(ColumnVector source, ReadOnlySpan<int> rows, ColumnVector target)
    {
        target.Reset(rows.Length);
        Validity(source, rows, target);
        switch (source)
        {
            case FixedVector<long> s:
                Values(s.Values, rows, ((FixedVector<long>)target).Values);
                break;
            case FixedVector<int> s:
                Values(s.Values, rows, ((FixedVector<int>)target).Values);
                break;
            case BytesVector s:
                BytesVector bytes = (BytesVector)target;
                bytes.Data = s.Data;
                Values(s.Starts, rows, bytes.Starts);
                Values(s.Lengths, rows, bytes.Lengths);
                break;
            case FixedVector<byte> s:
                Values(s.Values, rows, ((FixedVector<byte>)target).Values);
                break;
            case FixedVector<double> s:
                Values(s.Values, rows, ((FixedVector<double>)target).Values);
                break;
            case FixedVector<float> s:
                Values(s.Values, rows, ((FixedVector<float>)target).Values);
                break;
            case FixedVector<Int128> s:
                Values(s.Values, rows, ((FixedVector<Int128>)target).Values);
                break;
            case ListVector s:
                Lists(s, rows, (ListVector)target);
                break;
            case RowVector s:
                Fields(s, rows, (RowVector)target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(source), source.GetType().Name, "unknown storage");
        }
    }

    /// <summary>
    /// The same for an array beside a batch's columns; a row number outside the source yields any value.
    /// </summary>
    public static void Values<T>(T[] source, ReadOnlySpan<int> rows, T[] target)
        where T : unmanaged
    {
        ref T values = ref MemoryMarshal.GetArrayDataReference(source);
        ref T to = ref MemoryMarshal.GetReference(target.AsSpan(0, rows.Length));
        ref int numbers = ref MemoryMarshal.GetReference(rows);
        int i = 0;
        for (; i <= rows.Length - NearRows.Length; i += NearRows.Length)
        {
            if (NearRows.AreNear(ref numbers, i, source.Length))
            {
                NearRows.Copy(ref values, ref numbers, i, ref to);
            }
            else
            {
                Each(source, ref numbers, ref to, i, i + NearRows.Length);
            }
        }

        Each(source, ref numbers, ref to, i, rows.Length);
    }

    // Any value will do for a NULL: no jump depends on which rows of an outer join met nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Each<T>(T[] source, ref int rows, ref T target, int from, int to)
        where T : unmanaged
    {
        ref T values = ref MemoryMarshal.GetArrayDataReference(source);
        for (int i = from; i < to; i++)
        {
            int row = Unsafe.Add(ref rows, i);
            int at = row & ~(row >> 31);
            Unsafe.Add(ref target, i) = (uint)at < (uint)source.Length ? Unsafe.Add(ref values, at) : default;
        }
    }

    private static void Validity(ColumnVector source, ReadOnlySpan<int> rows, ColumnVector target)
    {
        if (!source.HasNulls && rows.IndexOfAnyExceptInRange(0, int.MaxValue) < 0)
        {
            return;
        }

        target.MakeNullable(rows.Length);
        Span<ulong> words = target.Validity;
        for (int i = 0; i < rows.Length; i += NearRows.Length)
        {
            ulong valid = ValidOf(source, rows.Slice(i, Math.Min(NearRows.Length, rows.Length - i)));
            words[i >> 6] &= ~((~valid & 0xFF) << (i & 63));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ValidOf(ColumnVector source, ReadOnlySpan<int> rows)
    {
        if (rows.Length < NearRows.Length)
        {
            return EachValid(source, rows);
        }

        ref int numbers = ref MemoryMarshal.GetReference(rows);
        return !source.HasNulls ? ~Vector256.LoadUnsafe(ref numbers).ExtractMostSignificantBits()
            : NearRows.AreNear(ref numbers, 0, int.MaxValue)
            ? NearRows.Bits(source.ValidFrom(numbers), ref numbers, 0)
            : EachValid(source, rows);
    }

    private static ulong EachValid(ColumnVector source, ReadOnlySpan<int> rows)
    {
        ulong valid = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            int row = rows[k];
            int missing = row >> 31;
            valid |= (source.ValidBit(row & ~missing) & ~(ulong)missing) << k;
        }

        return valid;
    }

    private static void Fields(RowVector source, ReadOnlySpan<int> rows, RowVector target)
    {
        for (int f = 0; f < source.Fields.Length; f++)
        {
            Gather(source.Fields[f], rows, target.Fields[f]);
        }
    }

    private static void Lists(ListVector source, ReadOnlySpan<int> rows, ListVector target)
    {
        int total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int length = rows[i] < 0 || source.IsNull(rows[i]) ? 0 : source.Lengths[rows[i]];
            target.Starts[i] = total;
            target.Lengths[i] = length;
            total += length;
        }

        int[] children = ArrayPool<int>.Shared.Rent(total);
        int n = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < target.Lengths[i]; k++)
            {
                children[n++] = source.Starts[rows[i]] + k;
            }
        }

        Gather(source.Elements, children.AsSpan(0, total), target.Elements);
        if (source.Values is not null)
        {
            Gather(source.Values, children.AsSpan(0, total), target.Values!);
        }

        target.ElementCount = total;
        ArrayPool<int>.Shared.Return(children);
    }
}
