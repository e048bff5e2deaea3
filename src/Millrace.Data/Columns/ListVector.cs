namespace Millrace.Data;

/// <summary>
/// A column of ARRAYs, MULTISETs or MAPs: per row a range of a child column. An ARRAY has <see cref="Elements"/>; a
/// MULTISET has its distinct elements and their counts (INT) in <see cref="Values"/>; a MAP has its keys in
/// <see cref="Elements"/> and its values in <see cref="Values"/>.
/// </summary>
public sealed class ListVector : ColumnVector
{
    private int[] starts = [];
    private int[] lengths = [];

    public ListVector(SqlType type)
        : base(type)
    {
        Elements = Create(type.Key ?? type.Element!);
        Values = type.Kind switch
        {
            SqlTypeKind.Map => Create(type.Element!),
            SqlTypeKind.Multiset => new FixedVector<int>(SqlType.Int.NotNull()),
            _ => null,
        };
    }

    /// <summary>Elements of an ARRAY or MULTISET, keys of a MAP, of all rows one behind the other.</summary>
    public ColumnVector Elements { get; }

    /// <summary>Counts of a MULTISET, values of a MAP, beside <see cref="Elements"/>; null for an ARRAY.</summary>
    public ColumnVector? Values { get; }

    /// <summary>How many children are in use, over all rows.</summary>
    public int ElementCount { get; set; }

    public int[] Starts => starts;

    public int[] Lengths => lengths;

    public override int Capacity => starts.Length;

    public override void Reset(int rows)
    {
        base.Reset(rows);
        ElementCount = 0;
        Elements.Reset(0);
        Values?.Reset(0);
    }

    public override void EnsureCapacity(int rows)
    {
        if (starts.Length < rows)
        {
            int size = Math.Max(rows, starts.Length * 2);
            Array.Resize(ref starts, size);
            Array.Resize(ref lengths, size);
        }
    }
}
