using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Keys;

/// <summary>
/// Writes keys of texts and byte strings alone, in the format that <see cref="KeyEncoder"/> defines. Key by key, so
/// that whole vectors can be stored: what is too much is overwritten by what follows.
/// </summary>
internal static class TextKeys
{
    private const int HeaderSize = 1 + sizeof(int);

    /// <summary>Fills starts and lengths of as many keys as there is room for in them.</summary>
    /// <param name="columns">The columns, each with the same rows.</param>
    /// <param name="from">The row of the first key.</param>
    /// <param name="buffer">Where the keys go; grows as needed.</param>
    /// <param name="starts">Per key where it begins.</param>
    /// <param name="lengths">Per key how long it is.</param>
    public static void Write(
        ReadOnlySpan<BytesVector> columns, int from, ref byte[] buffer, Span<int> starts, Span<int> lengths)
    {
        int room = (columns.Length + 1) * (HeaderSize + Vector256<byte>.Count);
        byte[] to = buffer;
        int at = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            int start = at;
            int row = from + i;
            to = Ensure(to, at, room);
            for (int c = 0; c < columns.Length; c++)
            {
                // No jump: which rows are NULL cannot be guessed. A NULL is a marker and no bytes.
                BytesVector column = columns[c];
                int valid = (int)column.ValidBit(row);
                int length = column.Lengths[row] & -valid;
                at = WriteHeader(to, at, length, valid, isLast: c == columns.Length - 1);
                if (!TryCopyShort(column, row, length, to, at))
                {
                    to = CopyLong(column, row, length, to, at, room);
                }

                at += length;
            }

            starts[i] = start;
            lengths[i] = at - start;
        }

        buffer = to;
    }

    // Not inlined, nor what makes room: the loop needs the registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] CopyLong(BytesVector column, int row, int length, byte[] to, int at, int room)
    {
        if (length > 0)
        {
            to = Ensure(to, at, length + room);
            column.Slice(row).CopyTo(to.AsSpan(at));
        }

        return to;
    }

    // The marker and, but for NULL and the last column, the length: eight bytes, of which what follows overwrites some.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteHeader(byte[] to, int at, int length, int valid, bool isLast)
    {
        Debug.Assert(to.Length - at >= sizeof(ulong), "there is room for each header");
        ulong lengthBytes = BitConverter.IsLittleEndian
            ? (ulong)BinaryPrimitives.ReverseEndianness((uint)length) << 8
            : (ulong)length << 24;
        ulong header = lengthBytes | (BitConverter.IsLittleEndian ? (uint)valid : (ulong)valid << 56);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(to), at), header);
        return at + 1 + (isLast ? 0 : valid * sizeof(int));
    }

    // One load and one store, where both may go beyond the value. A NULL may lie anywhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyShort(BytesVector column, int row, int length, byte[] to, int at)
    {
        Debug.Assert(to.Length - at >= Vector256<byte>.Count, "there is room for a vector of each value");
        uint start = (uint)column.Starts[row];
        if (length > Vector256<byte>.Count || (ulong)start + (uint)Vector256<byte>.Count > (uint)column.Data.Length)
        {
            return false;
        }

        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column.Data), start)
            .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(to), (nuint)at);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte[] Ensure(byte[] buffer, int used, int more) =>
        buffer.Length - used >= more ? buffer : Grown(buffer, used, more);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] Grown(byte[] buffer, int used, int more)
    {
        Array.Resize(ref buffer, Math.Max(checked(used + more), buffer.Length * 2));
        return buffer;
    }
}
