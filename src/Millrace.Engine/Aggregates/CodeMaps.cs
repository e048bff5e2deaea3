using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Sets of small numbers, a bit each, named by handles. Finding out whether a number is new and adding it is one line
/// of the cache and no search. Not thread-safe; reading is.
/// </summary>
/// <remarks>A map is one block: how many words of bits there are, then these. It grows with the numbers.</remarks>
internal sealed class CodeMaps
{
    private const int Granule = 4;
    private const int WordBits = 64;

    /// <summary>So many numbers may be written behind those of a map.</summary>
    public const int Slack = 4;

    private readonly BlockArena<ulong> blocks = new(Granule);

    public long Bytes => blocks.Bytes;

    /// <summary>A map of some numbers, with room for all below the bound.</summary>
    public int Create(ReadOnlySpan<int> codes, int bound)
    {
        int handle = Allocate(bound);
        ref ulong words = ref Unsafe.Add(ref blocks.First(handle), 1);
        foreach (int code in codes)
        {
            Unsafe.Add(ref words, code / WordBits) |= 1UL << code;
        }

        return handle;
    }

    /// <summary>Adds a number; whether it was not there.</summary>
    /// <param name="handle">The map; another one where it had to grow.</param>
    /// <param name="code">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(ref int handle, int code)
    {
        ref ulong block = ref blocks.First(handle);
        if ((ulong)(code / WordBits) >= block)
        {
            Grow(ref handle, code + 1);
            block = ref blocks.First(handle);
        }

        ref ulong word = ref Unsafe.Add(ref block, 1 + (code / WordBits));
        ulong bit = 1UL << code;
        bool isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    /// <summary>Writes the numbers of a map, ascending, where there is room for all and <see cref="Slack"/>
    /// more.</summary>
    public void CopyTo(int handle, Span<int> codes)
    {
        ReadOnlySpan<ulong> words = blocks.Get(handle, 1 + Words(handle))[1..];
        int count = 0;
        for (int w = 0; w < words.Length; w++)
        {
            // Some at once, whether there are so many or not: how many cannot be guessed, and mostly they are few.
            ulong left = words[w];
            int end = count + BitOperations.PopCount(left);
            do
            {
                Span<int> some = codes.Slice(count, Slack);
                for (int i = 0; i < Slack; i++)
                {
                    some[i] = (w * WordBits) + BitOperations.TrailingZeroCount(left);
                    left &= left - 1;
                }

                count += Slack;
            }
            while (left != 0);
            count = end;
        }
    }

    public void Free(int handle) => blocks.Free(handle, 1 + Words(handle));

    /// <summary>Has the processor fetch what adding a number soon will need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(int handle, int code)
    {
        // A hint needs no valid address: the block may move in between.
        ref ulong block = ref blocks.First(handle);
        Sse.Prefetch0(Unsafe.AsPointer(ref block));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref block, 1 + (code / WordBits))));
    }

    /// <summary>Where a map begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte First(int handle) => ref Unsafe.As<ulong, byte>(ref blocks.First(handle));

    private int Words(int handle) => (int)blocks.First(handle);

    private void Grow(ref int handle, int bound)
    {
        int old = handle;
        int words = Words(old);
        handle = Allocate(bound);
        blocks.Get(old, 1 + words)[1..].CopyTo(blocks.Get(handle, 1 + words)[1..]);
        blocks.Free(old, 1 + words);
    }

    // Blocks are powers of two: so not every new number makes every map grow, and what is freed fits others.
    private int Allocate(int bound)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2(1 + (((uint)bound + WordBits - 1) / WordBits));
        int words = size - 1;
        int handle = blocks.Allocate(size);
        Span<ulong> block = blocks.Get(handle, size);
        block.Clear();
        block[0] = (ulong)words;
        return handle;
    }
}
