using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Millrace.Data.Text;

/// <summary>
/// Bytes that grow at their end, in one array that is kept for the next use. Who writes asks for room first and then
/// says how much of it was used. Not thread-safe.
/// </summary>
public sealed class ByteBuffer
{
    private byte[] data;

    public ByteBuffer(int capacity = 256)
    {
        data = new byte[Math.Max(capacity, 16)];
    }

    /// <summary>The array; bytes from <see cref="Length"/> on are room. Changes when the buffer grows.</summary>
    public byte[] Data => data;

    public int Length { get; set; }

    public ReadOnlySpan<byte> Written => data.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>The room behind what is written, at least that many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if (data.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return data.AsSpan(Length);
    }

    /// <summary>
    /// Where the next byte goes, with room for at least that many: for who writes whole vectors over the end of what
    /// counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref byte ReserveAt(int bytes)
    {
        if (data.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(data), Length);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Appends a piece of an array in whole vectors: what follows it there is written over the end.</summary>
    internal void AppendWide(byte[] from, int start, int length)
    {
        int wide = (length + Vector512<byte>.Count - 1) & -Vector512<byte>.Count;
        if (start > from.Length - wide)
        {
            Append(from.AsSpan(start, length));
            return;
        }

        ref byte source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(from), start);
        ref byte target = ref ReserveAt(wide);
        for (int at = 0; at < length; at += Vector512<byte>.Count)
        {
            Vector512.LoadUnsafe(ref source, (nuint)at).StoreUnsafe(ref target, (nuint)at);
        }

        Length += length;
    }

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes) => Array.Resize(ref data, checked(Math.Max(Length + bytes, data.Length * 2)));
}
