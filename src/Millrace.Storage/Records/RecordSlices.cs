using System.Runtime.CompilerServices;

namespace Millrace.Storage.Records;

/// <summary>
/// Where the parts of one record lie in the bytes of its batch. A length of -1 is null. Layout of a record:
/// <c>length, attributes i8, timestampDelta, offsetDelta, keyLength, key, valueLength, value, headers…</c>,
/// all integers zigzag varints.
/// </summary>
internal struct RecordSlices
{
    public long TimestampDelta;
    public int OffsetDelta;
    public int KeyStart;
    public int KeyLength;
    public int ValueStart;
    public int ValueLength;
    public int HeadersStart;
    public int End;

    /// <summary>
    /// Reads the record at <paramref name="position"/> of <paramref name="data"/>, which ends with the batch.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> data, int position, out RecordSlices record)
    {
        Unsafe.SkipInit(out record);
        if (!Varint.TryReadSigned(data, ref position, out long length) || length < 0 || length > data.Length - position)
        {
            return false;
        }

        record.End = position + (int)length;
        position++;
        if (!Varint.TryReadSigned(data, ref position, out record.TimestampDelta)
            || !Varint.TryReadSigned(data, ref position, out long offsetDelta)
            || !TryReadBytes(data, ref position, out record.KeyStart, out record.KeyLength)
            || !TryReadBytes(data, ref position, out record.ValueStart, out record.ValueLength))
        {
            return false;
        }

        record.OffsetDelta = (int)offsetDelta;
        record.HeadersStart = position;
        return position < record.End && offsetDelta is >= 0 and <= int.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadBytes(ReadOnlySpan<byte> data, ref int position, out int start, out int length)
    {
        bool read = Varint.TryReadSigned(data, ref position, out long count);
        start = position;
        length = (int)count;
        if (!read || count < -1 || count > data.Length - position)
        {
            return false;
        }

        position += Math.Max(length, 0);
        return true;
    }
}
