using System.Buffers.Binary;

namespace Millrace.Data.Keys;

/// <summary>
/// One column's part of many keys at once: a pass that sums the sizes, and a pass that writes at per-key cursors.
/// </summary>
internal static class KeyColumn
{
    public static void AddSizes(ColumnVector column, int from, Span<int> sizes, bool isLast)
    {
        int width = KeyValue.FixedWidth(column);
        if (width >= 0)
        {
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] += column.IsNull(from + i) ? 1 : 1 + width;
            }
        }
        else if (column is BytesVector bytes)
        {
            int header = isLast ? 1 : 5;
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] += bytes.IsNull(from + i) ? 1 : header + bytes.Lengths[from + i];
            }
        }
        else
        {
            for (int i = 0; i < sizes.Length; i++)
            {
                sizes[i] += KeyValue.Size(column, from + i);
            }
        }
    }

    public static void Write(ColumnVector column, int from, byte[] buffer, Span<int> cursors, bool isLast)
    {
        switch (column)
        {
            case BytesVector c:
                WriteBytes(c, from, buffer, cursors, isLast);
                break;
            case FixedVector<long> c:
                WriteLongs(c, from, buffer, cursors);
                break;
            default:
                for (int i = 0; i < cursors.Length; i++)
                {
                    cursors[i] += KeyValue.Write(column, from + i, buffer.AsSpan(cursors[i]));
                }

                break;
        }
    }

    private static void WriteBytes(BytesVector column, int from, byte[] buffer, Span<int> cursors, bool isLast)
    {
        for (int i = 0; i < cursors.Length; i++)
        {
            int at = cursors[i];
            if (column.IsNull(from + i))
            {
                buffer[at] = 0;
                cursors[i] = at + 1;
                continue;
            }

            ReadOnlySpan<byte> value = column.Slice(from + i);
            buffer[at++] = 1;
            if (!isLast)
            {
                BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), value.Length);
                at += 4;
            }

            value.CopyTo(buffer.AsSpan(at));
            cursors[i] = at + value.Length;
        }
    }

    private static void WriteLongs(FixedVector<long> column, int from, byte[] buffer, Span<int> cursors)
    {
        long[] values = column.Values;
        for (int i = 0; i < cursors.Length; i++)
        {
            int at = cursors[i];
            if (column.IsNull(from + i))
            {
                buffer[at] = 0;
                cursors[i] = at + 1;
                continue;
            }

            buffer[at] = 1;
            BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(at + 1), values[from + i] ^ long.MinValue);
            cursors[i] = at + 9;
        }
    }
}
