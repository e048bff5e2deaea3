using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Storage.Records;

/// <summary>
/// CRC-32C of long data by multiplying polynomials without carry, 64 bytes at a time (Gopal et al., <i>Fast CRC
/// Computation for Generic Polynomials Using PCLMULQDQ Instruction</i>, Intel 2009): bytes that stand d bits before
/// others leave the same remainder as their product with x^d modulo the polynomial does in the others' place, so they
/// are folded onto them until 16 bytes are left, which the processor's instruction sums.
/// <code>
/// | a | b | c | d | e | f | g | h | …      a·x^2048 + e, b·x^2048 + f, … side by side, then a·x^512 + b, …
/// </code>
/// </summary>
internal static class Crc32CFold
{
    /// <summary>What is folded at a time.</summary>
    public const int BlockBytes = 64;

    /// <summary>Shorter data is summed as fast without.</summary>
    public const int LeastBytes = 8 * BlockBytes;

    // Four blocks side by side, because a product takes four times as long as a next one has to wait.
    private const int Abreast = 4 * BlockBytes;

    private static readonly Vector512<ulong> ByAbreast = Factors(8 * Abreast);
    private static readonly Vector512<ulong> ByBlock = Factors(8 * BlockBytes);
    private static readonly Vector128<ulong> ByLane = Factors(128).GetLower().GetLower();

    public static bool IsSupported => Pclmulqdq.V512.IsSupported && Sse42.X64.IsSupported;

    /// <summary>The register after the data, whole blocks and at least four of them.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        ref byte start = ref MemoryMarshal.GetReference(data);
        Vector512<ulong> a = Block(ref start, 0) ^ Vector512.CreateScalar((ulong)crc);
        Vector512<ulong> b = Block(ref start, BlockBytes);
        Vector512<ulong> c = Block(ref start, 2 * BlockBytes);
        Vector512<ulong> d = Block(ref start, 3 * BlockBytes);
        int i = Abreast;
        for (; i <= data.Length - Abreast; i += Abreast)
        {
            a = Fold(a, ByAbreast) ^ Block(ref start, i);
            b = Fold(b, ByAbreast) ^ Block(ref start, i + BlockBytes);
            c = Fold(c, ByAbreast) ^ Block(ref start, i + (2 * BlockBytes));
            d = Fold(d, ByAbreast) ^ Block(ref start, i + (3 * BlockBytes));
        }

        a = Fold(Fold(Fold(a, ByBlock) ^ b, ByBlock) ^ c, ByBlock) ^ d;
        for (; i < data.Length; i += BlockBytes)
        {
            a = Fold(a, ByBlock) ^ Block(ref start, i);
        }

        return Sum(a);
    }

    private static uint Sum(Vector512<ulong> block)
    {
        Vector128<ulong> sum = Vector128<ulong>.Zero;
        for (int lane = 0; lane < Vector512<ulong>.Count; lane += 2)
        {
            Vector128<ulong> folded = Pclmulqdq.CarrylessMultiply(sum, ByLane, 0x00)
                ^ Pclmulqdq.CarrylessMultiply(sum, ByLane, 0x11);
            sum = folded ^ Vector128.Create(block[lane], block[lane + 1]);
        }

        return (uint)Sse42.X64.Crc32(Sse42.X64.Crc32(0, sum[0]), sum[1]);
    }

    // Of each 16 bytes the first eight times one factor and the others times the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fold(Vector512<ulong> bytes, Vector512<ulong> factors) =>
        Pclmulqdq.V512.CarrylessMultiply(bytes, factors, 0x00)
            ^ Pclmulqdq.V512.CarrylessMultiply(bytes, factors, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Block(ref byte start, int at) =>
        Vector512.LoadUnsafe(ref Unsafe.Add(ref start, at)).AsUInt64();

    // For every 16 bytes what moves them that many bits on. The bits stand in reverse, so that a product of two words
    // has one x too many; and the first word of the two stands 64 bits before the other.
    private static Vector512<ulong> Factors(int bits)
    {
        Vector128<ulong> pair = Vector128.Create(PowerOfX(bits + 63), PowerOfX(bits - 1));
        return Vector512.Create(Vector256.Create(pair, pair), Vector256.Create(pair, pair));
    }

    // x^n modulo the polynomial, as a word whose highest bit is x^0.
    private static ulong PowerOfX(int n)
    {
        uint power = 1u << 31;
        for (; n > 0; n--)
        {
            power = (power >> 1) ^ ((power & 1) * Crc32C.Polynomial);
        }

        return (ulong)power << 32;
    }
}
