using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Data;

/// <summary>
/// Row numbers that lie close together: what a filter lets through comes mostly so, and is taken by whole vectors, with
/// no jump that depends on which rows they are.
/// </summary>
internal static class NearRows
{
    /// <summary>How many rows are looked at together.</summary>
    public const int Length = 8;

    /// <summary>How many rows of the source they lie among.</summary>
    public const int Range = 16;

    /// <summary>Whether rows [at, at + <see cref="Length"/>) lie among the <see cref="Range"/> from the first of them
    /// on, all of them within [0, count).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNear(ref int rows, int at, int count)
    {
        int first = Unsafe.Add(ref rows, at);
        return Vector256.IsHardwareAccelerated && first >= 0 && first <= count - Range
            && (Offsets(ref rows, at) & Vector256.Create(-Range)) == Vector256<int>.Zero;
    }

    /// <summary>Copies their values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(ref T source, ref int rows, int at, ref T target)
        where T : unmanaged
    {
        ref T from = ref Unsafe.Add(ref source, Unsafe.Add(ref rows, at));
        ref T to = ref Unsafe.Add(ref target, at);
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            ref int low = ref Unsafe.As<T, int>(ref from);
            Vector256<int> offsets = Offsets(ref rows, at);
            Vector256<int> result = Vector256.ConditionalSelect(
                Vector256.LessThan(offsets, Vector256.Create(Length)),
                Vector256.ShuffleNative(Vector256.LoadUnsafe(ref low), offsets),
                Vector256.ShuffleNative(Vector256.LoadUnsafe(ref low, Length), offsets & Vector256.Create(Length - 1)));
            result.StoreUnsafe(ref Unsafe.As<T, int>(ref to));
            return;
        }

        for (int k = 0; k < Length; k++)
        {
            Unsafe.Add(ref to, k) = Unsafe.Add(ref source, Unsafe.Add(ref rows, at + k));
        }
    }

    /// <summary>Of bits for rows from the first on, those of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Bits(ulong bits, ref int rows, int at)
    {
        Debug.Assert(Range <= 32, "the bits of all fit one number");
        if (Avx2.IsSupported)
        {
            // Each bit becomes the sign of its own number.
            Vector256<int> signs = Avx2.ShiftLeftLogicalVariable(
                Vector256.Create((int)bits), (Vector256.Create(31) - Offsets(ref rows, at)).AsUInt32());
            return signs.ExtractMostSignificantBits();
        }

        uint taken = 0;
        for (int k = 0; k < Length; k++)
        {
            taken |= (uint)(bits >> (Unsafe.Add(ref rows, at + k) - Unsafe.Add(ref rows, at)) & 1) << k;
        }

        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Offsets(ref int rows, int at) =>
        Vector256.LoadUnsafe(ref rows, (nuint)at) - Vector256.Create(Unsafe.Add(ref rows, at));
}
