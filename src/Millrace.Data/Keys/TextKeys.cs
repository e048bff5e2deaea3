using System.Buffers.Binary;
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
            starts[i] = at;
            to = Ensure(to, at, room);
            for (int c = 0; c < columns.Length; c++)
            {
                BytesVector column = columns[c];
                if (column.IsNull(from + i))
                {
                    to[at++] = 0;
                    continue;
                }

                ReadOnlySpan<byte> value = column.Slice(from + i);
                to[at++] = 1;
                if (c < columns.Length - 1)
                {
                    BinaryPrimitives.WriteInt32BigEndian(to.AsSpan(at), value.Length);
                    at += sizeof(int);
                }

                if (!TryCopyShort(column, from + i, value.Length, to, at))
                {
                    to = Ensure(to, at, value.Length + room);
                    value.CopyTo(to.AsSpan(at));
                }

                at += value.Length;
            }

            lengths[i] = at - starts[i];
        }

        buffer = to;
    }

    // One load and one store, where both may go beyond the value.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyShort(BytesVector column, int row, int length, byte[] to, int at)
    {
        int start = column.Starts[row];
        if (length > Vector256<byte>.Count || start > column.Data.Length - Vector256<byte>.Count
            || at > to.Length - Vector256<byte>.Count)
        {
            return false;
        }

        Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column.Data), (nuint)start)
            .StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(to), (nuint)at);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte[] Ensure(byte[] buffer, int used, int more) =>
        buffer.Length - used >= more ? buffer : Grown(buffer, used, more);

    private static byte[] Grown(byte[] buffer, int used, int more)
    {
        Array.Resize(ref buffer, Math.Max(checked(used + more), buffer.Length * 2));
        return buffer;
    }
}
