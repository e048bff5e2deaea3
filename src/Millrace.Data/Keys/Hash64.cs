using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Data.Keys;

/// <summary>
/// A fast 64-bit hash of byte strings in the manner of wyhash: 16 bytes a step through a 64×64→128 bit multiply whose
/// halves are xored. Not cryptographic. The value is part of the stored format (key groups, snapshots): it depends on
/// the bytes alone, never on the machine or the process, and must not change.
/// </summary>
public static class Hash64
{
    /// <summary>The length up to which two numbers of eight bytes hold a byte string.</summary>
    public const int ShortLength = 16;

    private const ulong P0 = 0x9E3779B97F4A7C15;
    private const ulong P1 = 0xE7037ED1A0B428DB;
    private const ulong P2 = 0x8EBC6AF09C88C6E3;

    /// <summary>The hash of a byte string.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int length = bytes.Length;
        return length <= ShortLength ? Of(Ends(ref start, length), length) : Long(ref start, length);
    }

    /// <summary>
    /// The hash of a byte string, and its first and last bytes as two numbers, which are all of it, given its length,
    /// up to <see cref="ShortLength"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> bytes, out (ulong First, ulong Last) ends)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        ends = Ends(ref start, bytes.Length);
        return bytes.Length <= ShortLength ? Of(ends, bytes.Length) : Long(ref start, bytes.Length);
    }

    private static ulong Long(ref byte start, int length)
    {
        ulong state = Mix(Read8(ref start, 0) ^ P1, Read8(ref start, 8) ^ P0);
        if (length <= 48)
        {
            // One step more or none, without a jump: keys are often about as long, some a little more.
            int over = length - 32;
            int at = 16 + (over & (over >> 31));
            ulong next = Mix(Read8(ref start, at) ^ P1, Read8(ref start, at + 8) ^ state);
            state ^= (state ^ next) & (ulong)(long)(-over >> 31);
        }
        else
        {
            for (int at = 16; length - at > 16; at += 16)
            {
                state = Mix(Read8(ref start, at) ^ P1, Read8(ref start, at + 8) ^ state);
            }
        }

        // The last 16 bytes, overlapping the ones before: no tail loop.
        return Finish(Read8(ref start, length - 16), Read8(ref start, length - 8), state, length);
    }

    /// <summary>The hash of a 64-bit value; not that of its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong value) => Mix(value ^ P1, value ^ P0);

    /// <summary>One hash out of two, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong first, ulong second) => Mix(first ^ P1, second ^ P2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Of((ulong First, ulong Last) ends, int length) => Finish(ends.First, ends.Last, P0, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong First, ulong Last) Ends(ref byte start, int length)
    {
        if (length >= 8)
        {
            return (Read8(ref start, 0), Read8(ref start, length - 8));
        }

        if (length >= 4)
        {
            return (Read4(ref start, 0), Read4(ref start, length - 4));
        }

        return length == 0 ? (0UL, 0UL) : (((ulong)start << 16)
            | ((ulong)Unsafe.Add(ref start, length >> 1) << 8)
            | Unsafe.Add(ref start, length - 1), 0UL);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Finish(ulong a, ulong b, ulong state, int length) =>
        Mix(P2 ^ (ulong)length, Mix(a ^ P1, b ^ state));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        ulong high = Math.BigMul(a, b, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read8(ref byte start, int at)
    {
        ulong value = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));
        return BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read4(ref byte start, int at)
    {
        uint value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, at));
        return BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
