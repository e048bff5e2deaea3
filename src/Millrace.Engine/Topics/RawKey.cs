using System.Buffers.Binary;
using Millrace.Data;

namespace Millrace.Engine.Topics;

/// <summary>
/// A record key that is one column's raw value, as Flink's <c>raw</c> format: text and bytes as they are, numbers
/// big-endian, BOOLEAN one byte. DATE, TIME and TIMESTAMP, which it does not know, are the number that stands for
/// them, a DECIMAL its unscaled number in 16 bytes.
/// </summary>
public static class RawKey
{
    /// <summary>The most bytes that a value takes which is not text or bytes.</summary>
    public const int MaxFixedLength = 16;

    /// <summary>The key's bytes; <paramref name="scratch"/> may hold them. The value is not NULL.</summary>
    public static ReadOnlySpan<byte> Of(ColumnVector column, int row, Span<byte> scratch)
    {
        switch (column)
        {
            case BytesVector c:
                return c.Slice(row);
            case FixedVector<byte> c:
                scratch[0] = c.Values[row];
                return scratch[..1];
            case FixedVector<int> c when c.Type.Kind is SqlTypeKind.TinyInt:
                scratch[0] = (byte)c.Values[row];
                return scratch[..1];
            case FixedVector<int> c when c.Type.Kind is SqlTypeKind.SmallInt:
                BinaryPrimitives.WriteInt16BigEndian(scratch, (short)c.Values[row]);
                return scratch[..2];
            case FixedVector<int> c:
                BinaryPrimitives.WriteInt32BigEndian(scratch, c.Values[row]);
                return scratch[..4];
            case FixedVector<long> c:
                BinaryPrimitives.WriteInt64BigEndian(scratch, c.Values[row]);
                return scratch[..8];
            case FixedVector<float> c:
                BinaryPrimitives.WriteSingleBigEndian(scratch, c.Values[row]);
                return scratch[..4];
            case FixedVector<double> c:
                BinaryPrimitives.WriteDoubleBigEndian(scratch, c.Values[row]);
                return scratch[..8];
            case FixedVector<Int128> c:
                BinaryPrimitives.WriteInt128BigEndian(scratch, c.Values[row]);
                return scratch[..16];
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.Type, "cannot be a record key");
        }
    }

    /// <summary>The other way round: sets a row of the column from a key's bytes; false when they are no such
    /// value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> key, ColumnVector column, int row)
    {
        int length = key.Length;
        switch (column)
        {
            case BytesVector c:
                c.Append(row, key);
                return true;
            case FixedVector<byte> c when length == 1:
                c.Values[row] = key[0];
                return true;
            case FixedVector<int> c when length is 1 or 2 or 4:
                c.Values[row] = length switch
                {
                    1 => (sbyte)key[0],
                    2 => BinaryPrimitives.ReadInt16BigEndian(key),
                    _ => BinaryPrimitives.ReadInt32BigEndian(key),
                };
                return true;
            case FixedVector<long> c when length == 8:
                c.Values[row] = BinaryPrimitives.ReadInt64BigEndian(key);
                return true;
            case FixedVector<Int128> c when length == 16:
                c.Values[row] = BinaryPrimitives.ReadInt128BigEndian(key);
                return true;
            default:
                return false;
        }
    }
}
