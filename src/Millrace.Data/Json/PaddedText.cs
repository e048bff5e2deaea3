using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Json;

/// <summary>
/// A short text that is written over and over: kept filled up to whole vectors, and copied so. What lies behind it in
/// the target is overwritten, up to <see cref="PaddedLength"/>. Immutable.
/// </summary>
internal readonly struct PaddedText
{
    private readonly byte[] bytes;

    public PaddedText(ReadOnlySpan<byte> text)
    {
        int vectors = (text.Length + Vector256<byte>.Count - 1) / Vector256<byte>.Count;
        bytes = new byte[Math.Max(1, vectors) * Vector256<byte>.Count];
        text.CopyTo(bytes);
        Length = text.Length;
    }

    public readonly int Length;

    /// <summary>The text alone.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    /// <summary>Room that <see cref="CopyTo"/> needs.</summary>
    public int PaddedLength => bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(ref byte target)
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(bytes);
        Vector256.LoadUnsafe(ref source).StoreUnsafe(ref target);
        for (int at = Vector256<byte>.Count; at < bytes.Length; at += Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref source, (nuint)at).StoreUnsafe(ref target, (nuint)at);
        }
    }
}
