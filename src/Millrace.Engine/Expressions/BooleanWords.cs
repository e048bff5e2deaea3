using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Columns as words of 64 bits, in which three-valued logic is a few operations: per word the rows that are not NULL
/// (<see cref="Known"/>) and those that are TRUE (<see cref="True"/>). Bits of rows behind the batch's end are
/// undefined.
/// </summary>
internal static class BooleanWords
{
    private const ulong Ones = 0x0101010101010101;
    private const ulong Sevens = 0x7F7F7F7F7F7F7F7F;

    // Byte i holds bit i alone.
    private const ulong Diagonal = 0x8040201008040201;

    public static int Count(int rows) => (rows + 63) >> 6;

    /// <summary>The bits of word <paramref name="word"/> that belong to rows of the batch.</summary>
    public static ulong Existing(int rows, int word)
    {
        int left = rows - (word << 6);
        return left >= 64 ? ulong.MaxValue : (1UL << left) - 1;
    }

    /// <summary>The rows of a word that are not NULL.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Known(ColumnVector column, int word)
    {
        Span<ulong> validity = column.Validity;
        return column.HasNulls && (uint)word < (uint)validity.Length ? validity[word] : ulong.MaxValue;
    }

    /// <summary>The rows of a word whose BOOLEAN is TRUE.</summary>
    public static ulong True(ColumnVector column, int word, int rows)
    {
        int from = word << 6;
        byte[] values = ((FixedVector<byte>)column).Values;
        return Pack(values.AsSpan(from, Math.Min(64, rows - from))) & Known(column, word);
    }

    /// <summary>Up to 64 bytes of 0 or 1 as bits.</summary>
    public static ulong Pack(ReadOnlySpan<byte> values)
    {
        ref byte start = ref MemoryMarshal.GetReference(values);
        if (values.Length == 64 && Vector256.IsHardwareAccelerated)
        {
            // The highest bit of each byte is what ExtractMostSignificantBits takes.
            ulong low = (Vector256.LoadUnsafe(ref start) << 7).ExtractMostSignificantBits();
            ulong high = (Vector256.LoadUnsafe(ref start, 32) << 7).ExtractMostSignificantBits();
            return low | high << 32;
        }

        ulong bits = 0;
        for (int i = 0; i < values.Length; i++)
        {
            bits |= (ulong)(values[i] & 1) << i;
        }

        return bits;
    }

    /// <summary>Writes bits as bytes of 0 or 1.</summary>
    public static void Unpack(ulong bits, Span<byte> target)
    {
        int at = 0;
        for (; at + 8 <= target.Length; at += 8)
        {
            // 8 bits, each copied to its own byte and brought down to 0 or 1.
            ulong spread = (bits >> at & 0xFF) * Ones & Diagonal;
            ulong bytes = (spread + Sevens) >> 7 & Ones;
            MemoryMarshal.Write(target[at..], BitConverter.IsLittleEndian ? bytes : BinaryReverse(bytes));
        }

        for (; at < target.Length; at++)
        {
            target[at] = (byte)(bits >> at & 1);
        }
    }

    /// <summary>Row numbers of the bits of one word, ascending.</summary>
    public static int Next(ref ulong bits)
    {
        int bit = BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        return bit;
    }

    private static ulong BinaryReverse(ulong value) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
}
