using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Millrace.Data.Keys;

namespace Millrace.Engine.Snapshots;

/// <summary>
/// Makes blocks of a snapshot and holds them, in pages that it uses again, until they are given to the sink. A block is
/// its kind in one byte, its contents, and the <see cref="Hash64"/> of both. Numbers are little-endian or, mostly, of 7
/// bits per byte. Belongs to one worker.
/// </summary>
internal sealed class SnapshotWriter
{
    /// <summary>How many bytes of check sum end a block.</summary>
    public const int HashLength = sizeof(ulong);

    private const int MostUnsignedBytes = 10;
    private const int FirstPageBytes = 1 << 10;
    private const int FullPageBytes = 192 << 10;
    private const int MostReusedBytes = 1 << 20;

    private readonly Queue<Page> full = [];
    private readonly Stack<Page> free = new();
    private Page page = new();
    private byte[] data;
    private int start;

    public SnapshotWriter()
    {
        data = page.Data;
    }

    /// <summary>How many bytes the page has that is being written.</summary>
    public int Length { get; private set; }

    /// <summary>Whether no block waits.</summary>
    public bool IsEmpty => full.Count == 0 && page.Drained == page.Ends.Count;

    public void BeginBlock(BlockKind kind)
    {
        if (Length >= FullPageBytes)
        {
            full.Enqueue(page);
            Take(free.TryPop(out Page? next) ? next : new Page());
        }

        start = Length;
        Byte((byte)kind);
    }

    /// <summary>Ends the block; returns how many bytes it has.</summary>
    public int EndBlock()
    {
        ulong hash = Hash64.Of(data.AsSpan(start, Length - start));
        Fixed(hash);
        page.Ends.Add(Length);
        return Length - start;
    }

    /// <summary>Gives blocks away, the oldest first, until they are so many bytes or none is left; returns how many
    /// bytes they had.</summary>
    public int DrainTo(ISnapshotSink sink, int atLeast = int.MaxValue)
    {
        int given = 0;
        while (given < atLeast && full.TryPeek(out Page? oldest))
        {
            given += oldest.DrainTo(sink, atLeast - given);
            if (oldest.Drained == oldest.Ends.Count)
            {
                Free(full.Dequeue());
            }
        }

        given += given < atLeast ? page.DrainTo(sink, atLeast - given) : 0;
        if (IsEmpty)
        {
            page.Clear();
            Length = 0;
        }

        return given;
    }

    /// <summary>Forgets all that waits: the next block is another snapshot's.</summary>
    public void Clear()
    {
        full.Clear();
        free.Clear();
        Take(new Page());
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

    /// <summary>A column of numbers, in as few bytes each as all of them do with: none is negative.</summary>
    public void Numbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        T all = T.Zero;
        foreach (T value in values)
        {
            all |= value;
        }

        int width = WidthOf(ulong.CreateTruncating(all));
        Byte((byte)width);
        Span<byte> target = Reserve(values.Length * width);
        switch (width)
        {
            case 1:
                Narrow<T, byte>(values, target);
                break;
            case 2:
                Narrow<T, ushort>(values, target);
                break;
            case 4:
                Narrow<T, uint>(values, target);
                break;
            default:
                Narrow<T, ulong>(values, target);
                break;
        }
    }

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

    private static int WidthOf(ulong number) =>
        number <= byte.MaxValue ? 1 : number <= ushort.MaxValue ? 2 : number <= uint.MaxValue ? 4 : 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow<TFrom, TTo>(ReadOnlySpan<TFrom> values, Span<byte> target)
        where TFrom : unmanaged, IBinaryInteger<TFrom>
        where TTo : unmanaged, IBinaryInteger<TTo>
    {
        ref byte to = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < values.Length; i++)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, i * Unsafe.SizeOf<TTo>()), TTo.CreateTruncating(values[i]));
        }
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void Ensure(int length)
    {
        if (data.Length - Length < length)
        {
            int doubled = (int)Math.Min(Array.MaxLength, data.Length * 2L);
            byte[] grown = GC.AllocateUninitializedArray<byte>(Math.Max(checked(Length + length), doubled));
            data.AsSpan(0, Length).CopyTo(grown);
            page.Data = data = grown;
        }
    }

    private void Take(Page next)
    {
        page = next;
        data = next.Data;
        Length = 0;
    }

    private void Free(Page drained)
    {
        if (drained.Data.Length <= MostReusedBytes)
        {
            drained.Clear();
            free.Push(drained);
        }
    }

    /// <summary>Blocks side by side.</summary>
    private sealed class Page
    {
        public byte[] Data { get; set; } = new byte[FirstPageBytes];

        /// <summary>Where each block ends.</summary>
        public List<int> Ends { get; } = [];

        /// <summary>How many blocks have been given away.</summary>
        public int Drained { get; private set; }

        public int DrainTo(ISnapshotSink sink, int atLeast)
        {
            int begin = Drained == 0 ? 0 : Ends[Drained - 1];
            int from = begin;
            while (Drained < Ends.Count && from - begin < atLeast)
            {
                int end = Ends[Drained++];
                sink.Write(Data.AsSpan(from, end - from));
                from = end;
            }

            return from - begin;
        }

        public void Clear()
        {
            Ends.Clear();
            Drained = 0;
        }
    }
}
