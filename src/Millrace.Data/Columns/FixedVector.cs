namespace Millrace.Data;

/// <summary>A column of values of fixed width, in one array.</summary>
public sealed class FixedVector<T> : ColumnVector
    where T : unmanaged
{
    private T[] values = [];

    public FixedVector(SqlType type)
        : base(type)
    {
    }

    /// <summary>The values; at least as long as the batch.</summary>
    public T[] Values => values;

    public override int Capacity => values.Length;

    public override void EnsureCapacity(int rows)
    {
        if (values.Length < rows)
        {
            Array.Resize(ref values, Math.Max(rows, values.Length * 2));
        }
    }
}
