using System.Buffers.Binary;
using System.Text;
using FsCheck.Xunit;
using Millrace.Storage.Records;
using Xunit;

namespace Millrace.Storage.Tests.Records;

/// <summary>Record batches v2: golden bytes computed by hand, round trips, and every single-bit flip.</summary>
public class RecordBatchTests
{
    // Two records: timestamp 1000 key "k" value "v1"; timestamp 1001 no key, value null, header h=x.
    private const string Golden =
        "0000000000000000" + "00000046" + "00000000" + "02" + "CCCCCCCC" + "0000" + "00000001"
        + "00000000000003e8" + "00000000000003e9" + "ffffffffffffffff" + "ffff" + "ffffffff" + "00000002"
        + "12" + "00" + "00" + "00" + "02" + "6b" + "04" + "7631" + "00"
        + "14" + "00" + "02" + "02" + "01" + "01" + "02" + "02" + "68" + "02" + "78";

    [Fact]
    public void GoldenBytes()
    {
        RecordBatchBuilder builder = new();
        builder.Append(1000, "k"u8, "v1"u8);
        builder.Append(1001, NullableBytes.Null, NullableBytes.Null, [new("h"u8.ToArray(), "x"u8.ToArray())]);
        byte[] expected = Convert.FromHexString(Golden.Replace("CCCCCCCC", "00000000", StringComparison.Ordinal));
        BinaryPrimitives.WriteUInt32BigEndian(expected.AsSpan(17), Crc32C.AppendTable(0, expected.AsSpan(21)));
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(builder.Finish()));
    }

    [Fact]
    public void NullAndEmptyDiffer()
    {
        RecordBatchBuilder builder = new();
        builder.Append(-5, ReadOnlySpan<byte>.Empty, NullableBytes.Null);
        Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(builder.Finish(), out RecordBatchReader reader));
        Assert.True(reader.MoveNext());
        Assert.False(reader.Key.IsNull);
        Assert.True(reader.Value.IsNull);
        Assert.Equal(-5, reader.Timestamp);
        Assert.False(reader.MoveNext());
        Assert.Equal(BatchStatus.Valid, reader.Status);
    }

    [Property]
    public bool RoundTrip((long Timestamp, byte[]? Key, byte[]? Value, string? Header)[] records, byte batchBytes)
    {
        RecordBatchBuilder builder = new(100 + batchBytes);
        foreach ((long timestamp, byte[]? key, byte[]? value, string? header) in records)
        {
            ReadOnlyMemory<byte>? headerValue = key is null ? null : new ReadOnlyMemory<byte>(key);
            RecordHeader[] headers =
                header is null ? [] : [new(Encoding.UTF8.GetBytes(header), headerValue), new("n"u8.ToArray(), null)];
            builder.Append(timestamp >> 8, key, value, headers);
        }

        int i = 0;
        for (Span<byte> rest = builder.Finish(); !rest.IsEmpty;)
        {
            Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(rest, out RecordBatchReader reader));
            int first = i;
            while (reader.MoveNext())
            {
                (long timestamp, byte[]? key, byte[]? value, string? header) = records[i];
                Assert.Equal(timestamp >> 8, reader.Timestamp);
                Assert.Equal(i - first, reader.Offset);
                Assert.Equal(key, reader.Key.IsNull ? null : reader.Key.Bytes.ToArray());
                Assert.Equal(value, reader.Value.IsNull ? null : reader.Value.Bytes.ToArray());
                IReadOnlyList<RecordHeader> headers = reader.ReadHeaders();
                Assert.Equal(header is null ? 0 : 2, headers.Count);
                if (header is not null)
                {
                    Assert.Equal(header, Encoding.UTF8.GetString(headers[0].Name.Span));
                    Assert.Equal(key, headers[0].Value?.ToArray());
                    Assert.Null(headers[1].Value);
                }

                i++;
            }

            Assert.Equal(BatchStatus.Valid, reader.Status);
            Assert.Equal(i - first, reader.Header.Count);
            rest = rest[reader.Header.TotalBytes..];
        }

        return i == records.Length;
    }

    [Fact]
    public void EveryBitFlipBehindTheEpochIsSeen()
    {
        RecordBatchBuilder builder = new();
        builder.Append(1000, "key"u8, "value"u8);
        builder.Append(2000, "key2"u8, "another value"u8);
        byte[] batch = builder.Finish().ToArray();
        for (int bit = 8 * 8; bit < 8 * batch.Length; bit++)
        {
            if (bit / 8 is >= 12 and < 16)
            {
                continue;
            }

            batch[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(BatchStatus.Valid, RecordBatchReader.Open(batch, out _));
            batch[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(batch, out _));
    }

    [Fact]
    public void EveryPrefixIsIncomplete()
    {
        RecordBatchBuilder builder = new();
        builder.Append(1000, "key"u8, "value"u8);
        byte[] batch = builder.Finish().ToArray();
        for (int length = 0; length < batch.Length; length++)
        {
            Assert.Equal(BatchStatus.Incomplete, RecordBatchReader.Open(batch.AsSpan(0, length), out _));
        }
    }

    // Garbage under a right checksum: the structure is checked by itself.
    [Property]
    public void GarbageRecordsNeverThrow(byte[] garbage, byte count)
    {
        RecordBatchBuilder builder = new();
        builder.Append(0, "k"u8, "v"u8);
        byte[] batch = [.. builder.Finish()[..RecordBatchHeader.Size], .. garbage];
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(8), batch.Length - 12);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(23), count);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), count + 1);
        BinaryPrimitives.WriteUInt32BigEndian(batch.AsSpan(17), Crc32C.Compute(batch.AsSpan(21)));
        Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(batch, out RecordBatchReader reader));
        int read = 0;
        while (reader.MoveNext())
        {
            read += 1 + reader.ReadHeaders().Count + reader.Key.Bytes.Length + reader.Value.Bytes.Length;
        }

        Assert.True(read == 0 || garbage.Length > 0);
    }
}
