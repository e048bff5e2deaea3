using System.Runtime.CompilerServices;
using System.Text;
using Millrace.Data.Keys;

namespace Millrace.Engine.Snapshots;

/// <summary>
/// Makes blocks of a snapshot and holds them until they are given to the sink. A block is its kind in one byte, its
/// contents, and the <see cref="Hash64"/> of both. Numbers are little-endian or, mostly, of 7 bits per byte. Belongs to
/// one worker.
/// </summary>
internal sealed class SnapshotWriter
{
    /// <summary>How many bytes of check sum end a block.</summary>
    public const int HashLength = sizeof(ulong);

    private const int MostUnsignedBytes = 10;
    private const int SmallestToShrink = 1 << 20;

    private readonly List<int> ends = [];
    private byte[] data = new byte[1024];
    private int start;

    /// <summary>How many bytes wait.</summary>
    public int Length { get; private set; }

    public void BeginBlock(BlockKind kind)
    {
        start = Length;
        Byte((byte)kind);
    }

    public void EndBlock()
    {
        ulong hash = Hash64.Of(data.AsSpan(start, Length - start));
        Fixed(hash);
        ends.Add(Length);
    }

    /// <summary>Gives the blocks away; returns how many bytes they had.</summary>
    public int DrainTo(ISnapshotSink sink)
    {
        int from = 0;
        foreach (int end in ends)
        {
            sink.Write(data.AsSpan(from, end - from));
            from = end;
        }

        Clear();
        return from;
    }

    public void Clear()
    {
        ends.Clear();
        Length = 0;
        data = data.Length > SmallestToShrink ? new byte[1024] : data;
    }

    /// <summary>Begins a part whose length is written before it, so that a reader may skip it; to be given to
    /// <see cref="EndSection"/>.</summary>
    public int BeginSection()
    {
        Fixed(0);
        return Length;
    }

    public void EndSection(int begin) =>
        Unsafe.WriteUnaligned(ref data[begin - sizeof(int)], Length - begin);

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A number that is mostly small.</summary>
    public void Unsigned(ulong value)
    {
        Ensure(MostUnsignedBytes);
        while (value >= 0x80)
        {
            data[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        data[Length++] = (byte)value;
    }

    public void Count(int value) => Unsigned((ulong)value);

    /// <summary>A number that is mostly near 0.</summary>
    public void Signed(long value) => Unsigned(Zigzag(value));

    /// <summary>A time, for which the least number there is stands for none.</summary>
    public void Time(long value) => Unsigned(value == long.MinValue ? 0 : Zigzag(value) + 1);

    /// <summary>A value of fixed width, as it lies in memory.</summary>
    public void Fixed<T>(T value)
        where T : unmanaged =>
        Unsafe.WriteUnaligned(ref Reserve(Unsafe.SizeOf<T>())[0], value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    public void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    /// <summary>Room for that many bytes, which the caller fills before it writes more.</summary>
    public Span<byte> Reserve(int length)
    {
        Ensure(length);
        Length += length;
        return data.AsSpan(Length - length, length);
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void Ensure(int length)
    {
        if (data.Length - Length < length)
        {
            int doubled = (int)Math.Min(Array.MaxLength, data.Length * 2L);
            Array.Resize(ref data, Math.Max(checked(Length + length), doubled));
        }
    }
}
