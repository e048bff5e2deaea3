using Millrace.Data;
using Millrace.Engine.Expressions.Decimals;

namespace Millrace.Engine.Expressions;

/// <summary>DECIMALs of different scales, exactly.</summary>
internal sealed class DecimalComparer<TComparison>(int leftScale, int rightScale) : ValueComparer
    where TComparison : IComparison
{
    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        Int128[] a = ((FixedVector<Int128>)left).Values;
        Int128[] b = ((FixedVector<Int128>)right).Values;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = TComparison.Holds(DecimalMath.Compare(a[i], leftScale, b[i], rightScale)) ? (byte)1 : (byte)0;
        }
    }
}
