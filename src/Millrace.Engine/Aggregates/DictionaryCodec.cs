namespace Millrace.Engine.Aggregates;

/// <summary>Values behind numbers of a <see cref="ValueDictionary"/>.</summary>
internal abstract class DictionaryCodec : ValueCodec<int>
{
    private int[] keys = [];

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

    protected Span<int> Keys(int count)
    {
        GroupArray.Ensure(ref keys, count);
        return keys.AsSpan(0, count);
    }
}
