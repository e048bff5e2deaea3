using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>DOUBLEs by their bits, one NaN for all.</summary>
internal sealed class DoubleCodec : ValueCodec<long>
{
    private long[] keys = [];

    public override ReadOnlySpan<long> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        GroupArray.Ensure(ref keys, rows.Length);
        double[] values = ((FixedVector<double>)column).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            double value = values[rows[i]];
            keys[i] = BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
        }

        return keys.AsSpan(0, rows.Length);
    }

    public override void Decode(ReadOnlySpan<long> keys, ColumnVector target, int at)
    {
        double[] values = ((FixedVector<double>)target).Values;
        for (int i = 0; i < keys.Length; i++)
        {
            values[at + i] = BitConverter.Int64BitsToDouble(keys[i]);
        }
    }
}
