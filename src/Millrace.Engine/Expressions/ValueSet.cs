using System.Runtime.InteropServices;
using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// The constants of an IN list. Writes per row 0 or 1 for whether its value is among them; what it writes for NULL is
/// undefined.
/// </summary>
internal abstract class ValueSet
{
    public abstract void Find(ColumnVector column, Span<byte> target);

    /// <summary>The set of the constants that are not NULL, all of one type.</summary>
    public static ValueSet Create(SqlType type, IReadOnlyList<Literal> items)
    {
        object[] values = [.. items.Where(i => i.Value is not null).Select(i => i.Value!)];
        return ColumnVector.Create(type) switch
        {
            FixedVector<byte> => new FixedSet<byte>(values.Select(v => (bool)v ? (byte)1 : (byte)0)),
            FixedVector<int> => new FixedSet<int>(values.Cast<int>()),
            FixedVector<long> => new FixedSet<long>(values.Cast<long>()),
            FixedVector<float> => new FixedSet<int>(values.Select(v => BitConverter.SingleToInt32Bits((float)v))),
            FixedVector<double> => new FixedSet<long>(values.Select(v => BitConverter.DoubleToInt64Bits((double)v))),
            FixedVector<Int128> => new FixedSet<Int128>(values.Cast<Int128>()),
            BytesVector => new BytesSet(values.Cast<byte[]>()),
            _ => throw new NotSupportedException($"IN over {type}"),
        };
    }
}

/// <summary>
/// Constants of fixed width, compared by their bits: so a DOUBLE -0.0 is not in (0, 1), as in Flink, where = would
/// find it.
/// </summary>
internal sealed class FixedSet<T> : ValueSet
    where T : unmanaged, IEquatable<T>
{
    /// <summary>Up to so many, looking through all is faster than hashing.</summary>
    private const int SmallCount = 8;

    private readonly T[] items;
    private readonly HashSet<T>? hashed;

    public FixedSet(IEnumerable<T> items)
    {
        this.items = [.. items.Distinct()];
        hashed = this.items.Length > SmallCount ? [.. this.items] : null;
    }

    public override void Find(ColumnVector column, Span<byte> target)
    {
        ReadOnlySpan<T> values = Bits(column, target.Length);
        ReadOnlySpan<T> small = items;
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (hashed is null ? small.Contains(values[i]) : hashed.Contains(values[i])) ? (byte)1 : (byte)0;
        }
    }

    private static ReadOnlySpan<T> Bits(ColumnVector column, int rows) => column switch
    {
        FixedVector<T> c => c.Values.AsSpan(0, rows),
        FixedVector<float> c => MemoryMarshal.Cast<float, T>(c.Values.AsSpan(0, rows)),
        FixedVector<double> c => MemoryMarshal.Cast<double, T>(c.Values.AsSpan(0, rows)),
        _ => throw new NotSupportedException($"{column.Type} is not stored as its IN list is"),
    };
}
