using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Keys;

/// <summary>
/// One column's part of many keys at once: a pass that sums the sizes, and a pass that writes at per-key cursors.
/// </summary>
internal static class KeyColumn
{
    /// <summary>How many bytes behind each key may be overwritten with anything: a vector, so that short values are
    /// copied whole.</summary>
    public const int Slack = 32;

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
            AddBytes(bytes, from, sizes, isLast);
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

    // No jump in either pass for bytes: which rows are NULL cannot be guessed. A NULL is a marker and no bytes.
    private static void AddBytes(BytesVector column, int from, Span<int> sizes, bool isLast)
    {
        ReadOnlySpan<int> lengths = column.Lengths.AsSpan(from, sizes.Length);
        int header = isLast ? 0 : sizeof(int);
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] += 1 + ((header + lengths[i]) & -(int)column.ValidBit(from + i));
        }
    }

    private static void WriteBytes(BytesVector column, int from, byte[] buffer, Span<int> cursors, bool isLast)
    {
        ReadOnlySpan<int> starts = column.Starts.AsSpan(from, cursors.Length);
        ReadOnlySpan<int> lengths = column.Lengths.AsSpan(from, cursors.Length);
        byte[] data = column.Data;
        int lengthSize = isLast ? 0 : sizeof(int);
        for (int i = 0; i < cursors.Length; i++)
        {
            int valid = (int)column.ValidBit(from + i);
            int length = lengths[i] & -valid;
            int at = cursors[i];
            WriteHeader(buffer, at, length, valid);
            at += 1 + (lengthSize & -valid);
            cursors[i] = at + length;
            if (!TryCopyShort(data, starts[i], length, buffer, at) && length > 0)
            {
                data.AsSpan(starts[i], length).CopyTo(buffer.AsSpan(at));
            }
        }
    }

    // The marker and the length: eight bytes, of which what follows overwrites some.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteHeader(byte[] to, int at, int length, int valid)
    {
        Debug.Assert(to.Length - at > Slack, "there is room behind each key");
        ulong lengthBytes = BitConverter.IsLittleEndian
            ? (ulong)BinaryPrimitives.ReverseEndianness((uint)length) << 8
            : (ulong)length << 24;
        ulong header = lengthBytes | (BitConverter.IsLittleEndian ? (uint)valid : (ulong)valid << 56);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(to), at), header);
    }

    // One load and one store, where both may go beyond the value. A NULL may lie anywhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyShort(byte[] data, int start, int length, byte[] to, int at)
    {
        Debug.Assert(to.Length - at >= Slack, "there is room behind each key");
        if (length > Slack || (ulong)(uint)start + Slack > (uint)data.Length)
        {
            return false;
        }

        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(data), (uint)start)
            .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(to), (nuint)at);
        return true;
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
