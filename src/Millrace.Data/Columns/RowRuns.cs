using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data;

/// <summary>
/// Row numbers that follow each other: what a filter lets through comes mostly in such runs, and a run is copied as one
/// piece.
/// </summary>
internal static class RowRuns
{
    /// <summary>How many rows are looked at together.</summary>
    public const int Length = 8;

    private static readonly Vector256<int> Steps = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    /// <summary>Whether rows [at, at + <see cref="Length"/>) follow each other within [0, count).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRun(ReadOnlySpan<int> rows, int at, int count)
    {
        int first = rows[at];
        Vector256<int> all = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(rows), (nuint)at);
        return first >= 0 && first <= count - Length && all == Vector256.Create(first) + Steps;
    }

    /// <summary>Copies <see cref="Length"/> values; both ranges lie within their arrays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(T[] source, int first, Span<T> target, int at)
        where T : unmanaged =>
        Unsafe.WriteUnaligned(
            ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(target), at)),
            Unsafe.ReadUnaligned<Block<T>>(
                ref Unsafe.As<T, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), first))));

    [InlineArray(Length)]
    private struct Block<T>
        where T : unmanaged
    {
        private T first;
    }
}
