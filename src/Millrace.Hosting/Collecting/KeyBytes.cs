using System.Buffers.Binary;
using Millrace.Data;

namespace Millrace.Hosting.Collecting;

/// <summary>A record key that is one column's raw value: text as it is, whole numbers big-endian.</summary>
internal static class KeyBytes
{
    /// <summary>The most bytes that a value takes which is not text.</summary>
    public const int MaxFixedLength = 8;

    /// <summary>
    /// The key's bytes, which <paramref name="scratch"/> may hold; false when the value is NULL or cannot be a key.
    /// </summary>
    public static bool TryRead(ColumnVector column, int row, Span<byte> scratch, out ReadOnlySpan<byte> key)
    {
        key = default;
        if (column.IsNull(row))
        {
            return false;
        }

        switch (column)
        {
            case BytesVector texts:
                key = texts.Slice(row);
                return true;
            case FixedVector<int> numbers:
                BinaryPrimitives.WriteInt32BigEndian(scratch, numbers.Values[row]);
                key = scratch.Slice(4 - SizeOf(column.Type), SizeOf(column.Type));
                return true;
            case FixedVector<long> numbers:
                BinaryPrimitives.WriteInt64BigEndian(scratch, numbers.Values[row]);
                key = scratch[..8];
                return true;
            default:
                return false;
        }
    }

    private static int SizeOf(SqlType type) => type.Kind switch
    {
        SqlTypeKind.TinyInt => 1,
        SqlTypeKind.SmallInt => 2,
        _ => 4,
    };
}
