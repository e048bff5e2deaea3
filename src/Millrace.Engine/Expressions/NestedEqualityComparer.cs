using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// ROW, ARRAY, MAP and MULTISET for = and &lt;&gt;, the only comparisons they have. NULLs inside are equal to each
/// other; the entries of maps have no order.
/// </summary>
internal sealed class NestedEqualityComparer(bool isEqual) : ValueComparer
{
    public override void Compare(ColumnVector left, ColumnVector right, Span<byte> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = AreEqual(left, i, right, i) == isEqual ? (byte)1 : (byte)0;
        }
    }

    private static bool AreEqual(ColumnVector left, int i, ColumnVector right, int j)
    {
        if (left.IsNull(i) || right.IsNull(j))
        {
            return left.IsNull(i) && right.IsNull(j);
        }

        return (left, right) switch
        {
            (FixedVector<byte> a, FixedVector<byte> b) => a.Values[i] == b.Values[j],
            (FixedVector<int> a, FixedVector<int> b) => a.Values[i] == b.Values[j],
            (FixedVector<long> a, FixedVector<long> b) => a.Values[i] == b.Values[j],
            (FixedVector<float> a, FixedVector<float> b) => a.Values[i] == b.Values[j],
            (FixedVector<double> a, FixedVector<double> b) => a.Values[i] == b.Values[j],
            (FixedVector<Int128> a, FixedVector<Int128> b) => a.Values[i] == b.Values[j],
            (BytesVector a, BytesVector b) => a.Slice(i).SequenceEqual(b.Slice(j)),
            (RowVector a, RowVector b) => RowsAreEqual(a, i, b, j),
            (ListVector a, ListVector b) => a.Lengths[i] == b.Lengths[j]
                && (a.Values is null ? ArraysAreEqual(a, i, b, j) : MapsAreEqual(a, i, b, j)),
            _ => throw new NotSupportedException($"{left.Type} and {right.Type} have different storage"),
        };
    }

    private static bool RowsAreEqual(RowVector left, int i, RowVector right, int j)
    {
        for (int f = 0; f < left.Fields.Length; f++)
        {
            if (!AreEqual(left.Fields[f], i, right.Fields[f], j))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ArraysAreEqual(ListVector left, int i, ListVector right, int j)
    {
        for (int k = 0; k < left.Lengths[i]; k++)
        {
            if (!AreEqual(left.Elements, left.Starts[i] + k, right.Elements, right.Starts[j] + k))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MapsAreEqual(ListVector left, int i, ListVector right, int j)
    {
        for (int k = left.Starts[i]; k < left.Starts[i] + left.Lengths[i]; k++)
        {
            bool isFound = false;
            for (int m = right.Starts[j]; m < right.Starts[j] + right.Lengths[j] && !isFound; m++)
            {
                isFound = AreEqual(left.Elements, k, right.Elements, m) && AreEqual(left.Values!, k, right.Values!, m);
            }

            if (!isFound)
            {
                return false;
            }
        }

        return true;
    }
}
