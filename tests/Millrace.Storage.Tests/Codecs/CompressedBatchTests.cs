using System.Buffers.Binary;
using FsCheck.Xunit;
using Millrace.Storage.Codecs;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Codecs;

/// <summary>Compressed batches: round trips, garbage, bombs, and what saves nothing.</summary>
public class CompressedBatchTests
{
    public static TheoryData<CompressionCodec> All =>
        [CompressionCodec.Gzip, CompressionCodec.Snappy, CompressionCodec.Lz4, CompressionCodec.Zstd];

    [Theory]
    [MemberData(nameof(All))]
    public void LargeBatchesComeBack(CompressionCodec codec)
    {
        RecordBatchBuilder plain = new();
        RecordBatchBuilder packed = new() { Compression = codec };
        Random random = new(3);
        for (int i = 0; i < 9000; i++)
        {
            byte[] value = new byte[random.Next(200)];
            random.NextBytes(value.AsSpan(0, value.Length / 3));
            plain.Append(i, "k"u8, value);
            packed.Append(i, "k"u8, value);
        }

        byte[] bytes = packed.Finish().ToArray();
        Assert.True(bytes.Length < plain.Finish().Length, "nothing was saved");
        Assert.Equal(Records(plain.Finish()), Records(bytes));
        Assert.Equal(Records(bytes), Records(ThroughALog(bytes)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WhatSavesNothingStaysAsItIs(CompressionCodec codec)
    {
        RecordBatchBuilder builder = new() { Compression = codec };
        byte[] noise = new byte[1000];
        new Random(1).NextBytes(noise);
        builder.Append(0, "k"u8, noise);
        RecordBatchHeader.TryVerify(builder.Finish(), out RecordBatchHeader header);
        Assert.Equal(CompressionCodec.None, header.Compression);
        Assert.Single(Records(builder.Finish()));
    }

    // Under a right checksum: whatever the codec's library does with it, it is a status.
    [Property(MaxTest = 300)]
    public void GarbageIsAStatus(byte[] garbage, byte codec)
    {
        byte[] batch = Batch((CompressionCodec)(1 + (codec % 4)), garbage, 1);
        BatchStatus status = RecordBatchReader.Open(batch, out RecordBatchReader reader);
        while (status == BatchStatus.Valid && reader.MoveNext())
        {
        }

        Assert.True(status == BatchStatus.BadCompression || reader.Status != BatchStatus.Valid);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ATruncatedOrFlippedStreamIsAStatus(CompressionCodec codec)
    {
        RecordBatchBuilder builder = new() { Compression = codec };
        byte[] value = new byte[300];
        builder.Append(0, "k"u8, value);
        byte[] records = builder.Finish()[RecordBatchHeader.Size..].ToArray();
        for (int i = 0; i < 8 * records.Length; i++)
        {
            byte[] flipped = [.. records];
            flipped[i / 8] ^= (byte)(1 << (i % 8));
            Use(Batch(codec, flipped, 1));
            Use(Batch(codec, records[..(i / 8)], 1));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ABombIsRefused(CompressionCodec codec)
    {
        const int Most = 1 << 20;
        RecordCompression compression = new(Most);
        Assert.True(compression.TryCompress(codec, new byte[Most]));
        byte[] bomb = [.. compression.Bytes];
        Assert.True(compression.TryDecompress(codec, bomb));
        Assert.Equal(Most, compression.Bytes.Length);
        Assert.False(new RecordCompression(Most - 1).TryDecompress(codec, bomb));
        Assert.False(compression.TryCompress(codec, new byte[Most + 1]));
    }

    [Fact]
    public void ASnappyLengthIsNotBelieved()
    {
        byte[] gigabytes = [0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0, 0];
        ByteSink sink = new();
        sink.Clear(RecordCompression.MaxBytes);
        Assert.Throws<InvalidDataException>(() => new SnappyCodec().Decompress(gigabytes, sink));
        Assert.Empty(sink.Buffer);
    }

    private static void Use(byte[] batch)
    {
        if (RecordBatchReader.Open(batch, out RecordBatchReader reader) == BatchStatus.Valid)
        {
            while (reader.MoveNext())
            {
            }
        }
    }

    private static byte[] Batch(CompressionCodec codec, ReadOnlySpan<byte> records, int count)
    {
        RecordBatchBuilder builder = new();
        builder.Append(0, "k"u8, "v"u8);
        byte[] batch = [.. builder.Finish()[..RecordBatchHeader.Size], .. records];
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(8), batch.Length - 12);
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(21), (short)codec);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(23), count - 1);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), count);
        BinaryPrimitives.WriteUInt32BigEndian(batch.AsSpan(17), Crc32C.Compute(batch.AsSpan(21)));
        return batch;
    }

    private static List<string> Records(ReadOnlySpan<byte> batches)
    {
        List<string> found = [];
        while (!batches.IsEmpty)
        {
            Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(batches, out RecordBatchReader reader));
            while (reader.MoveNext())
            {
                found.Add(reader.Timestamp + " " + Convert.ToHexString(reader.Value.Bytes));
            }

            Assert.Equal(BatchStatus.Valid, reader.Status);
            batches = batches[reader.Header.TotalBytes..];
        }

        return found;
    }

    private static byte[] ThroughALog(byte[] batches)
    {
        SimulatedDisk disk = new(1);
        disk.CreateDirectory("/p");
        PartitionLog log = new(disk, "/p", "t", 0, TopicKind.Source, 100_000);
        log.OpenSegments(readOnly: false);
        log.Append([.. batches]);
        log.Publish();
        PartitionReader reader = log.OpenReader(5000);
        for (long offset = 5000; offset < log.EndOffset; offset++)
        {
            Assert.True(reader.MoveNext());
            Assert.Equal(offset, reader.Offset);
            Assert.Equal(offset, reader.Timestamp);
        }

        byte[] buffer = [];
        int length = log.Read(0, int.MaxValue, ref buffer);
        return buffer[..length];
    }
}
