using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>Values behind numbers of a <see cref="ValueDictionary"/>.</summary>
internal abstract class DictionaryCodec : ValueCodec<int>
{
    private int[] keys = [];

    public override long Bytes => Values.Bytes;

    public override int Bound => Values.Bound;

    public override DictionarySaver? Saver => Values.Saver;

    protected ValueDictionary Values { get; } = new();

    public override void Hold(ReadOnlySpan<int> keys)
    {
        foreach (int key in keys)
        {
            Values.Hold(key);
        }
    }

    public override void Release(ReadOnlySpan<int> keys)
    {
        foreach (int key in keys)
        {
            Values.Release(key);
        }
    }

    /// <summary>The numbers: <see cref="Saver"/> has written the values.</summary>
    public override void Save(ReadOnlySpan<int> keys, SnapshotWriter target) => target.Numbers(keys);

    public override void Load(
        ReadOnlySpan<int> groups, ReadOnlySpan<int> counts, Span<int> keys, ref SnapshotReader source)
    {
        LoadedTexts texts = source.NextDictionary();
        source.Numbers(keys);
        int at = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            for (int end = at + counts[i]; at < end; at++)
            {
                ref LoadedTexts.Place place = ref texts[keys[at]];
                if (groups[i] >= 0)
                {
                    place.Key = place.Key >= 0 ? place.Key : Values.FindOrAdd(texts.Value(place));
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
}
