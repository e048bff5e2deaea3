using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;

namespace Millrace.Engine.Expressions;

/// <summary>
/// A DOUBLE and a DECIMAL, compared as doubles in a total order: NaN above all numbers, -0.0 below 0.0. (Two DOUBLEs
/// follow IEEE 754 instead; Flink makes this difference.)
/// </summary>
internal sealed class DoubleDecimalComparer<TComparison>(int scale, bool isSwapped) : ValueComparer
    where TComparison : IComparison
{
    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        double[] a = ((FixedVector<double>)(isSwapped ? right : left)).Values;
        Int128[] b = ((FixedVector<Int128>)(isSwapped ? left : right)).Values;
        for (int i = 0; i < target.Length; i++)
        {
            int order = Order(a[i], DecimalMath.ToDouble(b[i], scale));
            target[i] = TComparison.Holds(isSwapped ? -order : order) ? (byte)1 : (byte)0;
        }
    }

    private static int Order(double a, double b)
    {
        if (a < b)
        {
            return -1;
        }

        if (a > b)
        {
            return 1;
        }

        long x = double.IsNaN(a) ? long.MaxValue : BitConverter.DoubleToInt64Bits(a);
        long y = double.IsNaN(b) ? long.MaxValue : BitConverter.DoubleToInt64Bits(b);
        return x.CompareTo(y);
    }
}
