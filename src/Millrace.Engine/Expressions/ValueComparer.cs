using System.Numerics;
using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Compares two columns value by value and writes 0 or 1 per row; what it writes for a row with a NULL is undefined.
/// The part that the comparison operators and IS DISTINCT FROM share. No state.
/// </summary>
internal abstract class ValueComparer
{
    public abstract void Compare(ColumnVector left, ColumnVector right, Span<byte> target);
}

/// <summary>Values of fixed width, both of one type.</summary>
internal sealed class FixedComparer<T, TComparison> : ValueComparer
    where T : unmanaged, IComparisonOperators<T, T, bool>
    where TComparison : IComparison
{
    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        ReadOnlySpan<T> a = ((FixedVector<T>)left).Values.AsSpan(0, target.Length);
        ReadOnlySpan<T> b = ((FixedVector<T>)right).Values.AsSpan(0, target.Length);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = TComparison.Holds(a[i], b[i]) ? (byte)1 : (byte)0;
        }
    }
}

/// <summary>Texts and byte strings, by unsigned bytes.</summary>
internal sealed class BytesComparer<TComparison> : ValueComparer
    where TComparison : IComparison
{
    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        BytesVector a = (BytesVector)left;
        BytesVector b = (BytesVector)right;
        bool hasNulls = a.HasNulls || b.HasNulls;
        for (int i = 0; i < target.Length; i++)
        {
            bool isKnown = !hasNulls || (!a.IsNull(i) && !b.IsNull(i));
            target[i] = isKnown && TComparison.Holds(a.Slice(i).SequenceCompareTo(b.Slice(i))) ? (byte)1 : (byte)0;
        }
    }
}

/// <summary>Texts and byte strings for = and &lt;&gt;: lengths first.</summary>
internal sealed class BytesEqualityComparer(bool isEqual) : ValueComparer
{
    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        BytesVector a = (BytesVector)left;
        BytesVector b = (BytesVector)right;
        bool hasNulls = a.HasNulls || b.HasNulls;
        for (int i = 0; i < target.Length; i++)
        {
            bool isKnown = !hasNulls || (!a.IsNull(i) && !b.IsNull(i));
            target[i] = isKnown && a.Slice(i).SequenceEqual(b.Slice(i)) == isEqual ? (byte)1 : (byte)0;
        }
    }
}

/// <summary>Texts and byte strings = or &lt;&gt; a constant.</summary>
internal sealed class BytesLiteralComparer(byte[] literal, bool isEqual) : ValueComparer
{
    private readonly BytesConstant constant = new(literal);

    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        BytesVector column = (BytesVector)left;
        constant.Find(column, target);
        for (int i = 0; i < target.Length && !isEqual; i++)
        {
            target[i] ^= 1;
        }
    }
}
