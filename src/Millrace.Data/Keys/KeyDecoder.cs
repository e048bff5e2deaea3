using System.Buffers.Binary;

namespace Millrace.Data.Keys;

/// <summary>
/// Turns key bytes that <see cref="KeyEncoder"/> made back into values, so that a table that holds keys need not hold
/// the values beside them. Texts become slices of the buffer that holds the keys: all rows of a vector must come from
/// one buffer. No state; safe from any thread.
/// </summary>
public static class KeyDecoder
{
    /// <summary>
    /// Sets row <paramref name="row"/> of the targets, one per key column, to the values of a key. Targets have been
    /// reset to more than that many rows; children of ARRAY, MAP and MULTISET are added behind <see
    /// cref="ListVector.ElementCount"/>.
    /// </summary>
    public static void Decode(byte[] buffer, int start, int length, ReadOnlySpan<ColumnVector> targets, int row)
    {
        int at = start;
        for (int c = 0; c < targets.Length; c++)
        {
            if (c == targets.Length - 1 && targets[c] is BytesVector last && buffer[at] != 0)
            {
                last.Data = buffer;
                last.Set(row, at + 1, start + length - at - 1);
                return;
            }

            at = Value(buffer, at, targets[c], row);
        }
    }

    private static int Value(byte[] buffer, int at, ColumnVector target, int row)
    {
        if (buffer[at] == 0)
        {
            target.SetNull(row);
            return at + 1;
        }

        at++;
        ReadOnlySpan<byte> body = buffer.AsSpan(at);
        switch (target)
        {
            case FixedVector<byte> t:
                t.Values[row] = body[0];
                return at + 1;
            case FixedVector<int> t:
                t.Values[row] = BinaryPrimitives.ReadInt32BigEndian(body) ^ int.MinValue;
                return at + 4;
            case FixedVector<long> t:
                t.Values[row] = BinaryPrimitives.ReadInt64BigEndian(body) ^ long.MinValue;
                return at + 8;
            case FixedVector<float> t:
                int f = BinaryPrimitives.ReadInt32BigEndian(body);
                t.Values[row] = BitConverter.Int32BitsToSingle(f < 0 ? f ^ int.MinValue : ~f);
                return at + 4;
            case FixedVector<double> t:
                long d = BinaryPrimitives.ReadInt64BigEndian(body);
                t.Values[row] = BitConverter.Int64BitsToDouble(d < 0 ? d ^ long.MinValue : ~d);
                return at + 8;
            case FixedVector<Int128> t:
                t.Values[row] = BinaryPrimitives.ReadInt128BigEndian(body) ^ Int128.MinValue;
                return at + 16;
            case BytesVector t:
                int length = BinaryPrimitives.ReadInt32BigEndian(body);
                t.Data = buffer;
                t.Set(row, at + 4, length);
                return at + 4 + length;
            case RowVector t:
                foreach (ColumnVector field in t.Fields)
                {
                    at = Value(buffer, at, field, row);
                }

                return at;
            case ListVector t:
                return List(buffer, at, t, row);
            default:
                throw new ArgumentOutOfRangeException(nameof(target), target.GetType().Name, "unknown storage");
        }
    }

    private static int List(byte[] buffer, int at, ListVector target, int row)
    {
        int count = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(at));
        int child = target.ElementCount;
        target.Starts[row] = child;
        target.Lengths[row] = count;
        target.ElementCount = child + count;
        target.Elements.EnsureCapacity(child + count);
        target.Values?.EnsureCapacity(child + count);
        at += 4;
        for (int i = 0; i < count; i++)
        {
            at = Value(buffer, at, target.Elements, child + i);
            at = target.Values is null ? at : Value(buffer, at, target.Values, child + i);
        }

        return at;
    }
}
