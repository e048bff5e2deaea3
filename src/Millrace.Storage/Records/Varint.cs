using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Millrace.Storage.Records;

/// <summary>
/// Base-128 variable-length integers, least significant group first. Kafka's records use the zigzag form (signed);
/// the ledger uses the plain form.
/// </summary>
internal static class Varint
{
    public const int MaxBytes = 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    public static int Size(ulong value)
    {
        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1);
        return (bits + 6) / 7;
    }

    public static int SizeSigned(long value) => Size(ZigZag(value));

    /// <summary>Writes at the start of <paramref name="target"/>; returns the bytes written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> target, ulong value)
    {
        int i = 0;
        while (value >= 0x80)
        {
            target[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[i++] = (byte)value;
        return i;
    }

    public static int WriteSigned(Span<byte> target, long value) => Write(target, ZigZag(value));

    /// <summary>
    /// Writes the zigzag form at <paramref name="at"/> behind <paramref name="start"/>, where there is room for <see
    /// cref="MaxBytes"/>; returns the place behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PutSigned(ref byte start, int at, long value)
    {
        ulong rest = ZigZag(value);
        if (rest is >= 0x80 and < 0x4000)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, at), TwoBytes((uint)rest));
            return at + 2;
        }

        for (; rest >= 0x80; rest >>= 7)
        {
            Unsafe.Add(ref start, at++) = (byte)(rest | 0x80);
        }

        Unsafe.Add(ref start, at++) = (byte)rest;
        return at;
    }

    // The lower byte first, on any machine.
    private static ushort TwoBytes(uint value)
    {
        uint bytes = (value & 0x7F) | 0x80 | ((value >> 7) << 8);
        return BitConverter.IsLittleEndian ? (ushort)bytes : BinaryPrimitives.ReverseEndianness((ushort)bytes);
    }

    /// <summary>
    /// Reads at <paramref name="position"/> and moves it on; false when the bytes end or are no varint.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        if ((uint)position < (uint)source.Length && source[position] < 0x80)
        {
            value = source[position++];
            return true;
        }

        // Lengths of records and values mostly take two bytes.
        if ((uint)(position + 1) < (uint)source.Length && source[position + 1] < 0x80)
        {
            value = (source[position] & 0x7FU) | ((uint)source[position + 1] << 7);
            position += 2;
            return true;
        }

        return TryReadLong(source, ref position, out value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadSigned(ReadOnlySpan<byte> source, ref int position, out long value)
    {
        bool read = TryRead(source, ref position, out ulong raw);
        value = UnZigZag(raw);
        return read;
    }

    private static bool TryReadLong(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 7 * MaxBytes && (uint)position < (uint)source.Length; shift += 7)
        {
            byte next = source[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return shift < 63 || next <= 1;
            }
        }

        return false;
    }
}
