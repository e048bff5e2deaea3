using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Storage.Records;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 B.4), the checksum of Kafka's record batches. Uses the processor's instruction where
/// there is one, on three interleaved lanes because the instruction's latency is three times its throughput; of long
/// data where it multiplies wide polynomials, the <see cref="Crc32CFold"/>.
/// </summary>
public static class Crc32C
{
    internal const uint Polynomial = 0x82F63B78;

    // Lanes of 1,024 and of 128 bytes: their logarithms.
    private const int LongLane = 10;
    private const int ShortLane = 7;
    private static readonly uint[] Bytes = MakeByteTable();
    private static readonly uint[][] Zeros = MakeZeros();
    private static readonly uint[] Long = MakeShiftTable(LongLane);
    private static readonly uint[] TwoLong = MakeShiftTable(LongLane + 1);
    private static readonly uint[] Short = MakeShiftTable(ShortLane);
    private static readonly uint[] TwoShort = MakeShiftTable(ShortLane + 1);

    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>The checksum of the bytes behind <paramref name="crc"/> followed by <paramref name="data"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        if (Sse42.X64.IsSupported)
        {
            int folded = Crc32CFold.IsSupported && data.Length >= Crc32CFold.LeastBytes
                ? data.Length & -Crc32CFold.BlockBytes : 0;
            crc = folded > 0 ? ~Crc32CFold.Append(~crc, data[..folded]) : crc;
            return ~AppendWide<Sse>(~crc, data[folded..]);
        }

        return Crc32.Arm64.IsSupported ? ~AppendWide<Arm>(~crc, data) : AppendTable(crc, data);
    }

    /// <summary>
    /// The checksum of bytes whose parts' checksums are known: <paramref name="first"/>, and that of the
    /// <paramref name="length"/> bytes behind it.
    /// </summary>
    public static uint Combine(uint first, uint second, int length)
    {
        for (int power = 0; length != 0; power++, length >>= 1)
        {
            first = (length & 1) == 0 ? first : Shift(Zeros[power], first);
        }

        return first ^ second;
    }

    /// <summary>The same by table, for processors without the instruction.</summary>
    internal static uint AppendTable(uint crc, ReadOnlySpan<byte> data)
    {
        crc = ~crc;
        foreach (byte value in data)
        {
            crc = Bytes[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint AppendWide<T>(uint crc, ReadOnlySpan<byte> data)
        where T : struct, IStepper
    {
        ref byte start = ref MemoryMarshal.GetReference(data);
        int i = 0;
        crc = AppendLanes<T>(crc, ref start, ref i, data.Length, 1 << LongLane, Long, TwoLong);
        crc = AppendLanes<T>(crc, ref start, ref i, data.Length, 1 << ShortLane, Short, TwoShort);
        for (; i + sizeof(ulong) <= data.Length; i += sizeof(ulong))
        {
            crc = T.Step(crc, Word(ref start, i));
        }

        for (; i < data.Length; i++)
        {
            crc = Bytes[(byte)(crc ^ data[i])] ^ (crc >> 8);
        }

        return crc;
    }

    // Takes three lanes at a time from i on, as long as there are three before the end.
    private static uint AppendLanes<T>(
        uint crc, ref byte start, ref int i, int end, int lane, uint[] byLane, uint[] byTwo)
        where T : struct, IStepper
    {
        for (; i + (3 * lane) <= end; i += 3 * lane)
        {
            uint a = crc, b = 0, c = 0;
            int until = i + lane;
            for (int j = i; j < until; j += sizeof(ulong))
            {
                a = T.Step(a, Word(ref start, j));
                b = T.Step(b, Word(ref start, j + lane));
                c = T.Step(c, Word(ref start, j + (2 * lane)));
            }

            crc = ShiftByTable(byTwo, a) ^ ShiftByTable(byLane, b) ^ c;
        }

        return crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, int index) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, index));

    /// <summary>The register after as many zero bytes as the table was made for.</summary>
    private static uint ShiftByTable(uint[] table, uint crc) =>
        table[crc & 0xFF] ^ table[256 + ((crc >> 8) & 0xFF)]
        ^ table[512 + ((crc >> 16) & 0xFF)] ^ table[768 + (crc >> 24)];

    private static uint[] MakeByteTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }

    // Advancing by zeros is linear over the register's bits: each bit's image is found once, and a register's is the
    // sum of its bits'.
    private static uint Shift(uint[] images, uint crc)
    {
        uint sum = 0;
        for (int bit = 0; crc != 0; bit++, crc >>= 1)
        {
            sum ^= (crc & 1) == 0 ? 0 : images[bit];
        }

        return sum;
    }

    // Entry k: the images behind 2^k zero bytes, each that of the image of half as many.
    private static uint[][] MakeZeros()
    {
        uint[][] zeros = new uint[31][];
        uint[] one = new uint[32];
        for (int bit = 0; bit < one.Length; bit++)
        {
            one[bit] = Bytes[(byte)(1u << bit)] ^ ((1u << bit) >> 8);
        }

        zeros[0] = one;
        for (int power = 1; power < zeros.Length; power++)
        {
            uint[] half = zeros[power - 1];
            zeros[power] = Array.ConvertAll(half, image => Shift(half, image));
        }

        return zeros;
    }

    private static uint[] MakeShiftTable(int power)
    {
        uint[] table = new uint[4 * 256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = Shift(Zeros[power], (uint)(i % 256) << (i / 256 * 8));
        }

        return table;
    }

    private interface IStepper
    {
        static abstract uint Step(uint crc, ulong word);
    }

    private readonly struct Sse : IStepper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Step(uint crc, ulong word) => (uint)Sse42.X64.Crc32(crc, word);
    }

    private readonly struct Arm : IStepper
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static uint Step(uint crc, ulong word) => Crc32.Arm64.ComputeCrc32C(crc, word);
    }
}
