using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>Values behind numbers of a <see cref="ValueDictionary"/>.</summary>
internal abstract class DictionaryCodec : ValueCodec<int>
{
    private int[] keys = [];
    private int[] numbers = [];
    private Place[] places = [];

    public override long Bytes => Values.Bytes;

    protected ValueDictionary Values { get; } = new();

    public override void Hold(int key) => Values.Hold(key);

    public override void Release(ReadOnlySpan<int> keys)
    {
        foreach (int key in keys)
        {
            Values.Release(key);
        }
    }

    /// <summary>The block's own dictionary, in the order of first use, then a number of it per key.</summary>
    public override void Save(ReadOnlySpan<int> keys, SnapshotWriter target)
    {
        GroupArray.Ensure(ref numbers, Values.Bound);
        int count = 0;
        foreach (int key in keys)
        {
            if (numbers[key] == 0)
            {
                numbers[key] = ++count;
            }
        }

        target.Count(count);
        int next = 1;
        foreach (int key in keys)
        {
            if (numbers[key] == next)
            {
                target.Bytes(Values.Get(key));
                next++;
            }
        }

        foreach (int key in keys)
        {
            target.Count(numbers[key] - 1);
        }

        foreach (int key in keys)
        {
            numbers[key] = 0;
        }
    }

    public override void Load(
        ReadOnlySpan<int> groups, ReadOnlySpan<int> counts, Span<int> keys, ref SnapshotReader source)
    {
        ReadOnlySpan<byte> rest = LoadPlaces(ref source, out int count);
        int at = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            for (int end = at + counts[i]; at < end; at++)
            {
                ulong number = source.Unsigned();
                if (number >= (ulong)count)
                {
                    throw new SnapshotDamagedException("a value's number is none of its block");
                }

                ref Place place = ref places[number];
                if (groups[i] >= 0)
                {
                    place.Key = place.Key >= 0 ? place.Key : Values.FindOrAdd(rest.Slice(place.Start, place.Length));
                    keys[at] = place.Key;
                }
            }
        }
    }

    protected Span<int> Keys(int count)
    {
        GroupArray.Ensure(ref keys, count);
        return keys.AsSpan(0, count);
    }

    // Where the block's texts are in what is returned; their keys are looked for when somebody has them.
    private ReadOnlySpan<byte> LoadPlaces(ref SnapshotReader source, out int count)
    {
        count = source.Count();
        ReadOnlySpan<byte> rest = source.Rest;
        GroupArray.Ensure(ref places, count);
        for (int i = 0; i < count; i++)
        {
            int length = source.Bytes().Length;
            places[i] = new Place { Start = rest.Length - source.Remaining - length, Length = length, Key = -1 };
        }

        return rest;
    }

    private struct Place
    {
        public int Start;
        public int Length;
        public int Key;
    }
}
