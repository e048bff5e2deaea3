using Millrace.Data;

namespace Millrace.Engine.Aggregates;

/// <summary>Integers, DECIMALs, times and booleans: their own keys.</summary>
internal sealed class PlainCodec<T> : ValueCodec<T>
    where T : unmanaged, IEquatable<T>
{
    private T[] keys = [];

    public override ReadOnlySpan<T> Encode(ColumnVector column, ReadOnlySpan<int> rows)
    {
        GroupArray.Ensure(ref keys, rows.Length);
        T[] values = ((FixedVector<T>)column).Values;
        for (int i = 0; i < rows.Length; i++)
        {
            keys[i] = values[rows[i]];
        }

        return keys.AsSpan(0, rows.Length);
    }

    public override void Decode(ReadOnlySpan<T> keys, ColumnVector target, int at) =>
        keys.CopyTo(((FixedVector<T>)target).Values.AsSpan(at));
}
