using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>FLOATs by their bits, one NaN for all.</summary>
internal sealed class FloatCodec : ValueCodec<int>
{
    private int[] keys = [];

    public override ReadOnlySpan<int> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        GroupArray.Ensure(ref keys, rows.Length);
        float[] values = ((FixedVector<float>)column).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            float value = values[rows[i]];
            keys[i] = BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value);
        }

        return keys.AsSpan(0, rows.Length);
    }

    public override void Decode(ReadOnlySpan<int> keys, ColumnVector target, int at)
    {
        float[] values = ((FixedVector<float>)target).Values;
        for (int i = 0; i < keys.Length; i++)
        {
            values[at + i] = BitConverter.Int32BitsToSingle(keys[i]);
        }
    }
}
