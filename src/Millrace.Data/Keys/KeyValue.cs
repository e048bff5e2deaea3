using System.Buffers.Binary;

namespace Millrace.Data.Keys;

/// <summary>
/// One value's key bytes, in the format that <see cref="KeyEncoder"/> defines, texts always with their length.
/// </summary>
internal static class KeyValue
{
    /// <summary>The bytes of a value that is not NULL, without its marker; -1 where they depend on the value.</summary>
    public static int FixedWidth(ColumnVector column) => column switch
    {
        FixedVector<byte> => 1,
        FixedVector<int> or FixedVector<float> => 4,
        FixedVector<long> or FixedVector<double> => 8,
        FixedVector<Int128> => 16,
        _ => -1,
    };

    public static int Size(ColumnVector column, int row)
    {
        if (column.IsNull(row))
        {
            return 1;
        }

        int width = FixedWidth(column);
        return width >= 0 ? 1 + width : column switch
        {
            BytesVector c => 5 + c.Lengths[row],
            RowVector c => 1 + c.Fields.Sum(f => Size(f, row)),
            ListVector c => ListSize(c, row),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column.GetType().Name, "unknown storage"),
        };
    }

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(ColumnVector column, int row, Span<byte> to)
    {
        if (column.IsNull(row))
        {
            to[0] = 0;
            return 1;
        }

        to[0] = 1;
        Span<byte> body = to[1..];
        switch (column)
        {
            case FixedVector<byte> c:
                body[0] = c.Values[row];
                return 2;
            case FixedVector<int> c:
                BinaryPrimitives.WriteInt32BigEndian(body, c.Values[row] ^ int.MinValue);
                return 5;
            case FixedVector<long> c:
                BinaryPrimitives.WriteInt64BigEndian(body, c.Values[row] ^ long.MinValue);
                return 9;
            case FixedVector<float> c:
                BinaryPrimitives.WriteInt32BigEndian(body, Ordered(c.Values[row]));
                return 5;
            case FixedVector<double> c:
                BinaryPrimitives.WriteInt64BigEndian(body, Ordered(c.Values[row]));
                return 9;
            case FixedVector<Int128> c:
                BinaryPrimitives.WriteInt128BigEndian(body, c.Values[row] ^ Int128.MinValue);
                return 17;
            case BytesVector c:
                BinaryPrimitives.WriteInt32BigEndian(body, c.Lengths[row]);
                c.Slice(row).CopyTo(body[4..]);
                return 5 + c.Lengths[row];
            case RowVector c:
                return 1 + WriteFields(c, row, body);
            case ListVector c:
                return 1 + WriteList(c, row, body);
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.GetType().Name, "unknown storage");
        }
    }

    private static int WriteFields(RowVector column, int row, Span<byte> to)
    {
        int at = 0;
        foreach (ColumnVector field in column.Fields)
        {
            at += Write(field, row, to[at..]);
        }

        return at;
    }

    private static int ListSize(ListVector column, int row)
    {
        int size = 5;
        for (int i = 0; i < column.Lengths[row]; i++)
        {
            size += Size(column.Elements, column.Starts[row] + i);
            size += column.Values is null ? 0 : Size(column.Values, column.Starts[row] + i);
        }

        return size;
    }

    private static int WriteList(ListVector column, int row, Span<byte> to)
    {
        int count = column.Lengths[row];
        int start = column.Starts[row];
        BinaryPrimitives.WriteInt32BigEndian(to, count);
        if (column.Values is not null)
        {
            return 4 + WriteSorted(column, start, count, to[4..]);
        }

        int at = 4;
        for (int i = 0; i < count; i++)
        {
            at += Write(column.Elements, start + i, to[at..]);
        }

        return at;
    }

    // Entries have no order, so that of their bytes makes equal maps equal keys.
    private static int WriteSorted(ListVector column, int start, int count, Span<byte> to)
    {
        byte[][] entries = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            entries[i] = new byte[Size(column.Elements, start + i) + Size(column.Values!, start + i)];
            int used = Write(column.Elements, start + i, entries[i]);
            Write(column.Values!, start + i, entries[i].AsSpan(used));
        }

        Array.Sort(entries, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        int at = 0;
        foreach (byte[] entry in entries)
        {
            entry.CopyTo(to[at..]);
            at += entry.Length;
        }

        return at;
    }

    // IEEE bits in an order that compares as unsigned: positives get the sign bit, negatives are complemented. One
    // NaN for all.
    private static int Ordered(float value)
    {
        int bits = float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToInt32Bits(value);
        return bits < 0 ? ~bits : bits ^ int.MinValue;
    }

    private static long Ordered(double value)
    {
        long bits = double.IsNaN(value) ? 0x7FF8000000000000 : BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? ~bits : bits ^ long.MinValue;
    }
}
