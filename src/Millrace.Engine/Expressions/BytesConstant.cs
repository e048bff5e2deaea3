using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// A byte string that slices are compared with: its length, first and last eight bytes decide almost always.
/// </summary>
internal readonly struct BytesConstant
{
    private readonly byte[] bytes;
    private readonly ulong prefix;
    private readonly ulong mask;
    private readonly ulong suffix;

    public BytesConstant(byte[] bytes)
    {
        this.bytes = bytes;
        mask = bytes.Length >= 8 ? ulong.MaxValue : (1UL << (bytes.Length * 8)) - 1;
        Span<byte> start = stackalloc byte[8];
        bytes.AsSpan(0, Math.Min(8, bytes.Length)).CopyTo(start);
        prefix = BinaryPrimitives.ReadUInt64LittleEndian(start);
        suffix = bytes.Length < 8 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - 8));
    }

    /// <summary>
    /// Writes per row 1 where it has the bytes, else 0. Lengths are looked at many at once, and no jump depends on
    /// whether one fits: of several kinds of values any may come next.
    /// </summary>
    public void Find(BytesVector column, Span<byte> target)
    {
        target.Clear();
        byte[] data = column.Data;
        int[] starts = column.Starts;
        ReadOnlySpan<int> lengths = column.Lengths.AsSpan(0, target.Length);
        for (int w = 0; w < BooleanWords.Count(target.Length); w++)
        {
            ReadOnlySpan<int> here = lengths.Slice(w << 6, Math.Min(64, lengths.Length - (w << 6)));
            for (ulong bits = OfLength(here) & BooleanWords.Known(column, w); bits != 0;)
            {
                int row = (w << 6) + BooleanWords.Next(ref bits);
                target[row] = Matches(data, starts[row], bytes.Length) ? (byte)1 : (byte)0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(byte[] data, int start, int length)
    {
        if (length != bytes.Length)
        {
            return false;
        }

        if (start + 8 > data.Length)
        {
            // Too near to the buffer's end to read eight bytes.
            return data.AsSpan(start, length).SequenceEqual(bytes);
        }

        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(start, 8)) & mask;
        return first == prefix && (length <= 8 || EndsAlike(data, start, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndsAlike(byte[] data, int start, int length) =>
        BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(start + length - 8, 8)) == suffix
        && (length <= 16 || data.AsSpan(start, length).SequenceEqual(bytes));

    // Of at most 64 lengths, which are the constant's, as bits.
    private ulong OfLength(ReadOnlySpan<int> lengths)
    {
        ulong same = 0;
        int i = 0;
        Vector256<int> wanted = Vector256.Create(bytes.Length);
        for (; i <= lengths.Length - Vector256<int>.Count; i += Vector256<int>.Count)
        {
            Vector256<int> some = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(lengths), (nuint)i);
            same |= (ulong)Vector256.Equals(some, wanted).ExtractMostSignificantBits() << i;
        }

        for (; i < lengths.Length; i++)
        {
            same |= lengths[i] == bytes.Length ? 1UL << i : 0;
        }

        return same;
    }
}
