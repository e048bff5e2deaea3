using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Millrace.Engine.Aggregates;

/// <summary>
/// Memory for many small blocks that come and go: pages of 65,536 granules, blocks given out from the newest page, and
/// freed blocks kept in one list per size. Growing never moves what other pages hold. Not thread-safe; reading is.
/// </summary>
/// <remarks>
/// A block's handle is its page and granule in one int. Sizes are whole granules up to 32, powers of two beyond; a
/// block of more than a quarter page has a page of its own, which goes back to the runtime when freed.
/// </remarks>
internal sealed class BlockArena<T>
    where T : unmanaged
{
    private const int PageBits = 16;
    private const int PageGranules = 1 << PageBits;
    private const int FirstGranules = 256;
    private const int ExactClasses = 32;
    private const int LargeGranules = PageGranules / 4;

    private readonly int granule;
    private readonly int granuleBits;
    private readonly Stack<int> emptyPages = new();
    private readonly Stack<int>?[] free = new Stack<int>?[ExactClasses + 32];
    private T[][] pages = [];
    private int pageCount;
    private int current = -1;
    private int used;

    /// <param name="granule">The size of the smallest block, in elements: a power of two.</param>
    public BlockArena(int granule)
    {
        this.granule = granule;
        granuleBits = BitOperations.Log2((uint)granule);
    }

    /// <summary>Bytes that may be read behind every block, so that one load can take more than there is.</summary>
    public static int Behind => 64;

    /// <summary>Bytes that the pages take.</summary>
    public long Bytes { get; private set; }

    /// <summary>A block for at least that many elements, at least one; its contents are undefined.</summary>
    public int Allocate(int length)
    {
        int granules = Granules(length);
        if (granules > LargeGranules)
        {
            return AddPage(granules) << PageBits;
        }

        if (free[Class(granules)] is { Count: > 0 } list)
        {
            return list.Pop();
        }

        if (current < 0 || used + granules > PageGranules)
        {
            current = AddPage(FirstPageSize(granules));
            used = 0;
        }

        Extend(used + granules);
        used += granules;
        return current << PageBits | (used - granules);
    }

    /// <summary>Takes back a block that was allocated for that many elements.</summary>
    public void Free(int handle, int length)
    {
        int granules = Granules(length);
        if (granules > LargeGranules)
        {
            int page = handle >>> PageBits;
            Bytes -= (long)pages[page].Length * Unsafe.SizeOf<T>();
            pages[page] = [];
            emptyPages.Push(page);
            return;
        }

        (free[Class(granules)] ??= new Stack<int>()).Push(handle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Get(int handle, int length) =>
        pages[handle >>> PageBits].AsSpan((handle & (PageGranules - 1)) << granuleBits, length);

    /// <summary>The first element of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T First(int handle) => ref Unsafe.Add(
        ref MemoryMarshal.GetArrayDataReference(pages[handle >>> PageBits]),
        (handle & (PageGranules - 1)) << granuleBits);

    /// <summary>How many elements a block for that many has room for.</summary>
    public int Room(int length) => Granules(length) << granuleBits;

    private int Granules(int length)
    {
        int granules = (length + granule - 1) >> granuleBits;
        return granules <= ExactClasses ? granules : (int)BitOperations.RoundUpToPowerOf2((uint)granules);
    }

    private static int Class(int granules) =>
        granules <= ExactClasses ? granules : ExactClasses + BitOperations.Log2((uint)granules);

    // An arena that never holds much stays small: the first page starts with a few granules and doubles.
    private int FirstPageSize(int granules) =>
        current < 0 ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(FirstGranules, granules)) : PageGranules;

    private void Extend(int granules)
    {
        T[] page = pages[current];
        if (page.Length < Size(granules))
        {
            int length = Math.Min(Size(PageGranules), Math.Max(page.Length * 2, Size(granules)));
            Bytes += (long)(length - page.Length) * Unsafe.SizeOf<T>();
            Array.Resize(ref page, length);
            pages[current] = page;
        }
    }

    private int AddPage(int granules)
    {
        T[] page = new T[Size(granules)];
        Bytes += (long)page.Length * Unsafe.SizeOf<T>();
        if (emptyPages.TryPop(out int index))
        {
            pages[index] = page;
            return index;
        }

        GroupArray.Ensure(ref pages, pageCount + 1);
        pages[pageCount] = page;
        return pageCount++;
    }

    private int Size(int granules) => (granules << granuleBits) + (Behind / Unsafe.SizeOf<T>());
}
