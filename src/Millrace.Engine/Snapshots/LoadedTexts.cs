namespace Millrace.Engine.Snapshots;

/// <summary>
/// The values of one dictionary that a chain's blocks have brought so far, by their numbers there. Each gets its key
/// here when somebody first has it: a worker reads the values of others too.
/// </summary>
internal sealed class LoadedTexts
{
    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;

    // Numbers may have gaps: a page is there when one of its numbers is.
    private readonly List<Place[]?> pages = [];
    private byte[] heap = [];
    private int used;

    /// <summary>Where the value of a number is, and its key.</summary>
    public ref Place this[int number]
    {
        get
        {
            if ((uint)number >> PageBits < (uint)pages.Count && pages[number >> PageBits] is { } page)
            {
                ref Place place = ref page[number & (PageLength - 1)];
                if (place.IsThere)
                {
                    return ref place;
                }
            }

            throw new SnapshotDamagedException("a value's number is none of its snapshot");
        }
    }

    public ReadOnlySpan<byte> Value(in Place place) => heap.AsSpan(place.Start, place.Length);

    /// <summary>Takes the values of a block; a number may get another one.</summary>
    public void Read(SnapshotReader source)
    {
        int number = 0;
        while (source.Remaining > 0)
        {
            number = checked((int)(number + source.Signed()));
            Add(number, source.Bytes());
        }
    }

    /// <summary>Nobody holds a key any more.</summary>
    public void ForgetKeys()
    {
        foreach (Place[]? page in pages)
        {
            foreach (ref Place place in page.AsSpan())
            {
                place.Key = -1;
            }
        }
    }

    private void Add(int number, ReadOnlySpan<byte> value)
    {
        if (heap.Length - used < value.Length)
        {
            Array.Resize(ref heap, Math.Max(checked(used + value.Length), heap.Length * 2));
        }

        value.CopyTo(heap.AsSpan(used));
        Page(number)[number & (PageLength - 1)] =
            new Place { Start = used, Length = value.Length, Key = -1, IsThere = true };
        used += value.Length;
    }

    private Place[] Page(int number)
    {
        int index = number >> PageBits;
        while (pages.Count <= index)
        {
            pages.Add(null);
        }

        return pages[index] ??= new Place[PageLength];
    }

    /// <summary>A value, and its key here; -1 until somebody has it.</summary>
    internal struct Place
    {
        public int Start;
        public int Length;
        public int Key;
        public bool IsThere;
    }
}
