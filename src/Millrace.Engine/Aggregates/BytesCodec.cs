using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>Texts and byte strings.</summary>
internal sealed class BytesCodec : DictionaryCodec
{
    public override ReadOnlySpan<int> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        BytesVector source = (BytesVector)column;
        Span<int> keys = Keys(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            keys[i] = Values.FindOrAdd(source.Slice(rows[i]));
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
