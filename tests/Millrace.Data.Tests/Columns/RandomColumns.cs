using System.Text;

namespace Millrace.Data.Tests.Columns;

/// <summary>Vectors of random values, NULLs among them, and their values as plain objects for oracles.</summary>
internal static class RandomColumns
{
    public static readonly SqlType[] Types =
    [
        SqlType.Boolean, SqlType.Int, SqlType.BigInt, SqlType.Float, SqlType.Double, SqlType.Decimal(20, 4),
            SqlType.String,
        SqlType.Array(SqlType.String), SqlType.Multiset(SqlType.String), SqlType.Map(SqlType.String, SqlType.Int),
        SqlType.Row([new("a", SqlType.Int), new("b", SqlType.Array(SqlType.Double))]),
    ];

    public static ColumnVector Make(SqlType type, int rows, Random random, double nulls = 0.2)
    {
        ColumnVector vector = ColumnVector.Create(type);
        vector.Reset(rows);
        Fill(vector, rows, random, nulls);
        return vector;
    }

    /// <summary>The value of a row as text; equal texts mean equal values.</summary>
    public static string Show(ColumnVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return "NULL";
        }

        switch (vector)
        {
            case FixedVector<byte> v:
                return $"{v.Values[row]}";
            case FixedVector<int> v:
                return $"{v.Values[row]}";
            case FixedVector<long> v:
                return $"{v.Values[row]}";
            case FixedVector<float> v:
                return $"{v.Values[row]:R}";
            case FixedVector<double> v:
                return $"{v.Values[row]:R}";
            case FixedVector<Int128> v:
                return $"{v.Values[row]}";
            case BytesVector v:
                return "'" + Encoding.UTF8.GetString(v.Slice(row)) + "'";
            case RowVector v:
                return "(" + string.Join(",", v.Fields.Select(f => Show(f, row))) + ")";
            case ListVector v:
                IEnumerable<string> items = Enumerable.Range(v.Starts[row], v.Lengths[row])
                    .Select(i => Show(v.Elements, i) + (v.Values is null ? "" : "=" + Show(v.Values, i)));
                return "[" + string.Join(",", v.Values is null ? items : items.Order(StringComparer.Ordinal)) + "]";
            default:
                throw new InvalidOperationException();
        }
    }

    private static void Fill(ColumnVector vector, int rows, Random random, double nulls)
    {
        for (int i = 0; i < rows; i++)
        {
            if (random.NextDouble() < nulls)
            {
                vector.SetNull(i);
            }
        }

        switch (vector)
        {
            case FixedVector<byte> v:
                v.Values.AsSpan(0, rows).Clear();
                for (int i = 0; i < rows; i++)
                {
                    v.Values[i] = (byte)random.Next(2);
                }

                break;
            case FixedVector<int> v:
                Each(rows, i => v.Values[i] = random.Next(-3, 3));
                break;
            case FixedVector<long> v:
                Each(rows, i => v.Values[i] = random.NextInt64(-3, 3) << random.Next(60));
                break;
            case FixedVector<float> v:
                Each(rows, i => v.Values[i] = Pick(random, 0f, -0f, 1.5f, -1.5f, float.NaN, float.NegativeInfinity));
                break;
            case FixedVector<double> v:
                Each(rows, i => v.Values[i] = Pick(random, 0d, -0d, 1.5, -1.5, double.NaN, double.NegativeInfinity));
                break;
            case FixedVector<Int128> v:
                Each(rows, i => v.Values[i] = (Int128)random.NextInt64(-3, 3) << random.Next(100));
                break;
            case BytesVector v:
                v.Data = Encoding.UTF8.GetBytes("aabbaé");
                Each(rows, i => v.Set(i, random.Next(4), random.Next(2)));
                break;
            case RowVector v:
                foreach (ColumnVector field in v.Fields)
                {
                    Fill(field, rows, random, nulls);
                }

                break;
            case ListVector v:
                FillLists(v, rows, random, nulls);
                break;
        }
    }

    private static void FillLists(ListVector v, int rows, Random random, double nulls)
    {
        int total = 0;
        for (int i = 0; i < rows; i++)
        {
            v.Starts[i] = total;
            v.Lengths[i] = random.Next(3);
            total += v.Lengths[i];
        }

        v.ElementCount = total;
        v.Elements.Reset(total);
        Fill(v.Elements, total, random, nulls);
        v.Values?.Reset(total);
        if (v.Values is not null)
        {
            Fill(v.Values, total, random, 0);
        }
    }

    private static void Each(int rows, Action<int> set)
    {
        for (int i = 0; i < rows; i++)
        {
            set(i);
        }
    }

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];
}
