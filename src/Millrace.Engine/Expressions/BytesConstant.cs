using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Millrace.Engine.Expressions;

/// <summary>
/// A byte string that slices are compared with: its length and first eight bytes decide almost always.
/// </summary>
internal readonly struct BytesConstant
{
    private readonly byte[] bytes;
    private readonly ulong prefix;
    private readonly ulong mask;

    public BytesConstant(byte[] bytes)
    {
        this.bytes = bytes;
        mask = bytes.Length >= 8 ? ulong.MaxValue : (1UL << (bytes.Length * 8)) - 1;
        Span<byte> start = stackalloc byte[8];
        bytes.AsSpan(0, Math.Min(8, bytes.Length)).CopyTo(start);
        prefix = BinaryPrimitives.ReadUInt64LittleEndian(start);
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
        return first == prefix && (length <= 8 || data.AsSpan(start + 8, length - 8).SequenceEqual(bytes.AsSpan(8)));
    }
}
