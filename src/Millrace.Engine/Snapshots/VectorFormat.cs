using System.Runtime.CompilerServices;
using Millrace.Data;

namespace Millrace.Engine.Snapshots;

/// <summary>
/// How values of a column stand in a snapshot: a bit for each that says whether it is there, then values of fixed width
/// as they lie in memory, texts with their lengths, lists as their lengths and then all their elements, rows field by
/// field. Unlike key bytes this keeps the order of a MAP's entries.
/// </summary>
internal static class VectorFormat
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Save(ColumnVector column, ReadOnlySpan<int> rows, SnapshotWriter target)
    {
        SaveNulls(column, rows, target);
        switch (column)
        {
            case FixedVector<byte> c:
                SaveFixed(c, rows, target);
                break;
            case FixedVector<int> c:
                SaveFixed(c, rows, target);
                break;
            case FixedVector<long> c:
                SaveFixed(c, rows, target);
                break;
            case FixedVector<float> c:
                SaveFixed(c, rows, target);
                break;
            case FixedVector<double> c:
                SaveFixed(c, rows, target);
                break;
            case FixedVector<Int128> c:
                SaveFixed(c, rows, target);
                break;
            case BytesVector c:
                foreach (int row in rows)
                {
                    target.Bytes(c.IsNull(row) ? default : c.Slice(row));
                }

                break;
            case ListVector c:
                SaveLists(c, rows, target);
                break;
            case RowVector c:
                foreach (ColumnVector field in c.Fields)
                {
                    Save(field, rows, target);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.GetType().Name, "unknown storage");
        }
    }

    /// <summary>Fills rows 0 to <paramref name="count"/> of a column.</summary>
    public static void Load(ColumnVector column, int count, ref SnapshotReader source)
    {
        ReadOnlySpan<byte> known = source.Take((count + 7) >> 3);
        column.Reset(count);
        switch (column)
        {
            case FixedVector<byte> c:
                LoadFixed(c, count, ref source);
                break;
            case FixedVector<int> c:
                LoadFixed(c, count, ref source);
                break;
            case FixedVector<long> c:
                LoadFixed(c, count, ref source);
                break;
            case FixedVector<float> c:
                LoadFixed(c, count, ref source);
                break;
            case FixedVector<double> c:
                LoadFixed(c, count, ref source);
                break;
            case FixedVector<Int128> c:
                LoadFixed(c, count, ref source);
                break;
            case BytesVector c:
                c.BeginAppend();
                for (int row = 0; row < count; row++)
                {
                    c.Append(row, source.Bytes());
                }

                break;
            case ListVector c:
                LoadLists(c, count, ref source);
                break;
            case RowVector c:
                foreach (ColumnVector field in c.Fields)
                {
                    Load(field, count, ref source);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.GetType().Name, "unknown storage");
        }

        LoadNulls(column, count, known);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SaveNulls(ColumnVector column, ReadOnlySpan<int> rows, SnapshotWriter target)
    {
        Span<byte> known = target.Reserve((rows.Length + 7) >> 3);
        known.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            known[i >> 3] |= (byte)((column.IsNull(rows[i]) ? 0 : 1) << (i & 7));
        }
    }

    private static void LoadNulls(ColumnVector column, int count, ReadOnlySpan<byte> known)
    {
        for (int row = 0; row < count; row++)
        {
            if ((known[row >> 3] >> (row & 7) & 1) == 0)
            {
                column.SetNull(row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SaveFixed<T>(FixedVector<T> column, ReadOnlySpan<int> rows, SnapshotWriter target)
        where T : unmanaged
    {
        foreach (int row in rows)
        {
            target.Fixed(column.IsNull(row) ? default : column.Values[row]);
        }
    }

    private static void LoadFixed<T>(FixedVector<T> column, int count, ref SnapshotReader source)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        ReadOnlySpan<byte> bytes = source.Take(checked(count * size));
        for (int row = 0; row < count; row++)
        {
            column.Values[row] = Unsafe.ReadUnaligned<T>(in bytes[row * size]);
        }
    }

    private static void SaveLists(ListVector column, ReadOnlySpan<int> rows, SnapshotWriter target)
    {
        List<int> elements = [];
        foreach (int row in rows)
        {
            int length = column.IsNull(row) ? 0 : column.Lengths[row];
            target.Count(length);
            for (int i = 0; i < length; i++)
            {
                elements.Add(column.Starts[row] + i);
            }
        }

        int[] all = [.. elements];
        Save(column.Elements, all, target);
        if (column.Values is { } values)
        {
            Save(values, all, target);
        }
    }

    private static void LoadLists(ListVector column, int count, ref SnapshotReader source)
    {
        int total = 0;
        for (int row = 0; row < count; row++)
        {
            column.Starts[row] = total;
            column.Lengths[row] = source.Count(leastBytes: 0);
            total = checked(total + column.Lengths[row]);
        }

        if (total / 8 > source.Remaining)
        {
            throw new SnapshotDamagedException("lists have more elements than the block");
        }

        column.ElementCount = total;
        Load(column.Elements, total, ref source);
        if (column.Values is { } values)
        {
            Load(values, total, ref source);
        }
    }
}
