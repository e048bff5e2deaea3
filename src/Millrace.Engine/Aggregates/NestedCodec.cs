using Millrace.Data;
using Millrace.Data.Keys;

namespace Millrace.Engine.Aggregates;

/// <summary>ARRAYs, MAPs, MULTISETs and ROWs, by their canonical key bytes; for counting only.</summary>
internal sealed class NestedCodec(SqlType type) : DictionaryCodec
{
    private readonly KeyEncoder encoder = new([0]);
    private readonly Schema schema = new([new SchemaColumn("value", type)]);

    public override ReadOnlySpan<int> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        Span<int> keys = Keys(rows.Length);
        if (rows.IsEmpty)
        {
            return keys;
        }

        int from = rows[0];
        int to = rows[0];
        foreach (int row in rows)
        {
            from = Math.Min(from, row);
            to = Math.Max(to, row);
        }

        encoder.Encode(new Batch(schema, [column]), from, to + 1);
        for (int i = 0; i < rows.Length; i++)
        {
            keys[i] = Values.FindOrAdd(encoder.Key(rows[i] - from));
        }

        return keys;
    }

    public override void Decode(ReadOnlySpan<int> keys, ColumnVector target, int at) =>
        throw new NotSupportedException($"elements of {type} are counted, not given out");
}
