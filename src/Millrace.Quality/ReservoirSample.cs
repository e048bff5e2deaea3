namespace Millrace.Quality;

/// <summary>
/// A uniform sample of a stream of unknown length, of at most a given size (Vitter's algorithm R). The choice is a
/// function of the seed and the stream, so that a failing test fails again.
/// </summary>
internal sealed class ReservoirSample<T>(int size, int seed)
{
    private readonly Random random = new(seed);
    private readonly List<T> items = [];
    private long seen;

    public IReadOnlyList<T> Items => items;

    public void Add(T item)
    {
        seen++;
        if (items.Count < size)
        {
            items.Add(item);
            return;
        }

        long place = random.NextInt64(seen);
        if (place < size)
        {
            items[(int)place] = item;
        }
    }
}
