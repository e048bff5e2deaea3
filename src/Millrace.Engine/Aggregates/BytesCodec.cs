using System.Runtime.CompilerServices;
using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>Texts and byte strings.</summary>
internal sealed class BytesCodec : DictionaryCodec
{
    private const int BucketAhead = 24;
    private const int EntryAhead = 16;
    private const int BytesAhead = 8;

    private ValueDictionary.Probe[] probes = [];

    // Not inlined where sets are looked through: that loop needs the registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public override ReadOnlySpan<int> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        BytesVector source = (BytesVector)column;
        Span<int> keys = Keys(rows.Length);
        if (Values.IsLarge)
        {
            EncodeAhead(source, rows, keys);
            return keys;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            ValueDictionary.ProbeOf(source, rows[i], out ValueDictionary.Probe probe);
            keys[i] = Values.FindOrAdd(source, rows[i], probe);
        }

        return keys;
    }

    public override void Decode(ReadOnlySpan<int> keys, ColumnVector target, int at)
    {
        BytesVector to = (BytesVector)target;
        for (int i = 0; i < keys.Length; i++)
        {
            to.Append(at + i, Values.Get(keys[i]));
        }
    }

    private void EncodeAhead(BytesVector source, ReadOnlySpan<int> rows, Span<int> keys)
    {
        GroupArray.Ensure(ref probes, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            ValueDictionary.ProbeOf(source, rows[i], out probes[i]);
        }

        int last = rows.Length - BucketAhead;
        for (int i = 0; i < rows.Length; i++)
        {
            if (i < last)
            {
                Values.PrefetchBucket(probes[i + BucketAhead].Hash);
                Values.PrefetchEntry(probes[i + EntryAhead].Hash);
                Values.PrefetchBytes(probes[i + BytesAhead]);
            }

            keys[i] = Values.FindOrAdd(source, rows[i], probes[i]);
        }
    }
}
