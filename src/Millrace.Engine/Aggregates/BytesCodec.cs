using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>Texts and byte strings.</summary>
internal sealed class BytesCodec : DictionaryCodec
{
    private const int BucketAhead = 24;
    private const int EntryAhead = 16;
    private const int BytesAhead = 8;

    private uint[] hashes = [];

    public override ReadOnlySpan<int> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        BytesVector source = (BytesVector)column;
        Span<int> keys = Keys(rows.Length);
        GroupArray.Ensure(ref hashes, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            hashes[i] = ValueDictionary.Hash(source.Slice(rows[i]));
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if (i + BucketAhead < rows.Length)
            {
                Values.PrefetchBucket(hashes[i + BucketAhead]);
                Values.PrefetchEntry(hashes[i + EntryAhead]);
                Values.PrefetchBytes(hashes[i + BytesAhead]);
            }

            keys[i] = Values.FindOrAdd(source.Slice(rows[i]), hashes[i]);
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
}
