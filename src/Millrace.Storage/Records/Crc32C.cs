using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Storage.Records;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 B.4), the checksum of Kafka's record batches. Uses the processor's instruction where
/// there is one, on three interleaved lanes because the instruction's latency is three times its throughput.
/// </summary>
public static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;
    private const int Lane = 1024;
    private static readonly uint[] Bytes = MakeByteTable();
    private static readonly uint[] ShiftOne = MakeShiftTable(Lane);
    private static readonly uint[] ShiftTwo = MakeShiftTable(2 * Lane);

    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>The checksum of the bytes behind <paramref name="crc"/> followed by <paramref name="data"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        if (Sse42.X64.IsSupported)
        {
            return ~AppendWide<Sse>(~crc, data);
        }

        return Crc32.Arm64.IsSupported ? ~AppendWide<Arm>(~crc, data) : AppendTable(crc, data);
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
        for (; i + (3 * Lane) <= data.Length; i += 3 * Lane)
        {
            uint a = crc, b = 0, c = 0;
            for (int j = i; j < i + Lane; j += sizeof(ulong))
            {
                a = T.Step(a, Word(ref start, j));
                b = T.Step(b, Word(ref start, j + Lane));
                c = T.Step(c, Word(ref start, j + (2 * Lane)));
            }

            crc = Shift(ShiftTwo, a) ^ Shift(ShiftOne, b) ^ c;
        }

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte start, int index) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, index));

    /// <summary>The register after as many zero bytes as the table was made for.</summary>
    private static uint Shift(uint[] table, uint crc) =>
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

    // Advancing by zeros is linear over the register's bits: each bit's image is found once, and a byte's is the sum of
    // its bits'.
    private static uint[] MakeShiftTable(int zeros)
    {
        Span<uint> images = stackalloc uint[32];
        for (int bit = 0; bit < images.Length; bit++)
        {
            images[bit] = 1u << bit;
            for (int i = 0; i < zeros; i++)
            {
                images[bit] = Bytes[(byte)images[bit]] ^ (images[bit] >> 8);
            }
        }

        uint[] table = new uint[4 * 256];
        for (int i = 0; i < table.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                table[i] ^= ((i >> bit) & 1) == 0 ? 0 : images[(i / 256 * 8) + bit];
            }
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
