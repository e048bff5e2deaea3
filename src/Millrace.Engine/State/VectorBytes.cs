using Millrace.Data;

namespace Millrace.Engine.State;

/// <summary>How much memory a vector takes, about, buffers included.</summary>
internal static class VectorBytes
{
    public static long Of(ColumnVector vector) => vector switch
    {
        FixedVector<byte> => vector.Capacity,
        FixedVector<int> or FixedVector<float> => vector.Capacity * 4L,
        FixedVector<Int128> => vector.Capacity * 16L,
        BytesVector v => (v.Capacity * 8L) + v.Data.LongLength,
        ListVector v => (v.Capacity * 8L) + Of(v.Elements) + (v.Values is null ? 0 : Of(v.Values)),
        RowVector v => v.Fields.Sum(Of),
        _ => vector.Capacity * 8L,
    };
}
