using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Millrace.Data.Keys;

namespace Millrace.Engine.Snapshots;

/// <summary>
/// Reads what <see cref="SnapshotWriter"/> wrote. Trusts nothing: whatever the bytes are, it reads within them, and
/// counts are no greater than what can still follow.
/// </summary>
internal ref struct SnapshotReader
{
    private readonly ReadOnlySpan<byte> bytes;
    private readonly LoadedDictionaries? dictionaries;
    private int at;
    private int nextDictionary;

    private SnapshotReader(ReadOnlySpan<byte> bytes, LoadedDictionaries? dictionaries = null)
    {
        this.bytes = bytes;
        this.dictionaries = dictionaries;
    }

    public readonly int Remaining => bytes.Length - at;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => bytes[at..];

    /// <summary>A reader of bytes without a check sum.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="dictionaries">Those of the worker that wrote them, where it has any.</param>
    public static SnapshotReader Over(ReadOnlySpan<byte> bytes, LoadedDictionaries? dictionaries = null) =>
        new(bytes, dictionaries);

    /// <summary>A reader of a block's contents.</summary>
    /// <exception cref="SnapshotDamagedException">The check sum is another.</exception>
    public static SnapshotReader Open(ReadOnlySpan<byte> block, out BlockKind kind)
    {
        int length = block.Length - SnapshotWriter.HashLength;
        if (length < 1 || MemoryMarshal.Read<ulong>(block[length..]) != Hash64.Of(block[..length]))
        {
            throw new SnapshotDamagedException("a block's check sum does not fit its contents");
        }

        kind = (BlockKind)block[0];
        return new SnapshotReader(block[1..length]);
    }

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new SnapshotDamagedException("a number has no end");
    }

    /// <summary>How many things follow of which each takes at least that many bytes; for 0 bytes the caller knows the
    /// bound.</summary>
    public int Count(int leastBytes = 1)
    {
        ulong count = Unsigned();
        int most = leastBytes == 0 ? int.MaxValue : Remaining / leastBytes;
        return count <= (ulong)most
            ? (int)count
            : throw new SnapshotDamagedException($"a block is too short for {count} things");
    }

    public long Signed() => Unzigzag(Unsigned());

    public long Time()
    {
        ulong value = Unsigned();
        return value == 0 ? long.MinValue : Unzigzag(value - 1);
    }

    public T Fixed<T>()
        where T : unmanaged =>
        MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    /// <summary>Reads a column of numbers.</summary>
    public void Numbers<T>(scoped Span<T> target)
        where T : unmanaged, IBinaryInteger<T>
    {
        switch (Byte())
        {
            case 1:
                Widen<byte, T>(target);
                break;
            case 2:
                Widen<ushort, T>(target);
                break;
            case 4:
                Widen<uint, T>(target);
                break;
            case 8:
                Widen<ulong, T>(target);
                break;
            default:
                throw new SnapshotDamagedException("a column of numbers has no width");
        }
    }

    public ReadOnlySpan<byte> Bytes() => Take(Count());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>The next dictionary of those that the block's columns need, in their order.</summary>
    public LoadedTexts NextDictionary() => dictionaries is null
        ? throw new InvalidOperationException("nobody keeps the dictionaries of this block's worker")
        : dictionaries[nextDictionary++];

    /// <summary>A reader of the section that begins here, which this one passes over.</summary>
    public SnapshotReader Section() => new(Take(Fixed<int>()));

    public ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            throw new SnapshotDamagedException("a block ends before what it says it holds");
        }

        at += length;
        return bytes.Slice(at - length, length);
    }

    private void Widen<TFrom, TTo>(scoped Span<TTo> target)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, IBinaryInteger<TTo>
    {
        int width = Unsafe.SizeOf<TFrom>();
        ReadOnlySpan<byte> from = Take(checked(target.Length * width));
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = TTo.CreateTruncating(Unsafe.ReadUnaligned<TFrom>(in from[i * width]));
        }
    }

    private static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
