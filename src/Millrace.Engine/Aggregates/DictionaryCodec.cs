using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Millrace.Engine.Snapshots;

namespace Millrace.Engine.Aggregates;

/// <summary>Values behind numbers of a <see cref="ValueDictionary"/>.</summary>
internal abstract class DictionaryCodec : ValueCodec<int>
{
    private int[] keys = [];

    public override long Bytes => Values.Bytes;

    public override int Bound => Values.Bound;

    protected ValueDictionary Values { get; } = new();

    public override void Hold(int key) => Values.Hold(key);

    public override void Release(ReadOnlySpan<int> keys)
    {
        foreach (int key in keys)
        {
            Values.Release(key);
        }
    }

    /// <summary>The values that the snapshot does not have yet, then each key's number in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Save(ReadOnlySpan<int> keys, SnapshotWriter target)
    {
        SavedNumbers numbers = target.NextDictionary();
        ReadOnlySpan<int> added = numbers.Add(keys, Values.Bound);
        target.Count(added.Length);
        for (int i = 0; i < added.Length; i++)
        {
            Values.PrefetchAhead(added, i);
            target.Bytes(Values.Get(added[i]));
        }

        int width = WidthOf(numbers.Count);
        ref byte to = ref MemoryMarshal.GetReference(target.Reserve(keys.Length * width));
        for (int i = 0; i < keys.Length; i++)
        {
            WriteNumber(ref Unsafe.Add(ref to, i * width), width, numbers[keys[i]]);
        }
    }

    public override void Load(
        ReadOnlySpan<int> groups, ReadOnlySpan<int> counts, Span<int> keys, ref SnapshotReader source)
    {
        LoadedTexts texts = source.NextDictionary();
        texts.Read(ref source);
        int width = WidthOf(texts.Count);
        ReadOnlySpan<byte> numbers = source.Take(checked(keys.Length * width));
        int at = 0;
        for (int i = 0; i < groups.Length; i++)
        {
            for (int end = at + counts[i]; at < end; at++)
            {
                uint number = ReadNumber(in numbers[at * width], width);
                ref int key = ref texts.Key(number);
                if (groups[i] >= 0)
                {
                    key = key >= 0 ? key : Values.FindOrAdd(texts.Value(number));
                    keys[at] = key;
                }
            }
        }
    }

    protected Span<int> Keys(int count)
    {
        GroupArray.Ensure(ref keys, count);
        return keys.AsSpan(0, count);
    }

    // All numbers of a block have as many bytes as the greatest that there is.
    private static int WidthOf(int count) => count <= 1 << 8 ? 1 : count <= 1 << 16 ? 2 : 4;

    private static void WriteNumber(ref byte to, int width, int number)
    {
        switch (width)
        {
            case 1:
                to = (byte)number;
                break;
            case 2:
                Unsafe.WriteUnaligned(ref to, (ushort)number);
                break;
            default:
                Unsafe.WriteUnaligned(ref to, number);
                break;
        }
    }

    private static uint ReadNumber(ref readonly byte from, int width) => width switch
    {
        1 => from,
        2 => Unsafe.ReadUnaligned<ushort>(in from),
        _ => Unsafe.ReadUnaligned<uint>(in from),
    };
}
