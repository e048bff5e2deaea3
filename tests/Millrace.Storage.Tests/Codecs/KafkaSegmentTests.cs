using System.Globalization;
using System.Text;
using Millrace.Storage.Codecs;
using Millrace.Storage.Disk;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Codecs;

/// <summary>
/// Segments as Kafka 4.1's broker stored what its console producer sent with each <c>--compression-codec</c>: forty
/// records <c>k(i mod 7)</c> → <c>{"event_id":"e(i)","note":…}</c>.
/// </summary>
public class KafkaSegmentTests
{
    [Theory]
    [InlineData("none", CompressionCodec.None)]
    [InlineData("gzip", CompressionCodec.Gzip)]
    [InlineData("snappy", CompressionCodec.Snappy)]
    [InlineData("lz4", CompressionCodec.Lz4)]
    [InlineData("zstd", CompressionCodec.Zstd)]
    public void WhatKafkaWroteIsRead(string name, CompressionCodec codec)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Codecs", "kafka");
        byte[] segment = File.ReadAllBytes(Path.Combine(folder, name + ".segment"));
        Assert.Equal(BatchStatus.Valid, RecordBatchHeader.TryVerify(segment, out RecordBatchHeader header));
        Assert.Equal(codec, header.Compression);
        Assert.Equal(Expected(), Log(segment));
        Assert.Equal(Expected(), Batches(segment));
    }

    private static List<string> Expected() =>
    [
        .. Enumerable.Range(0, 40).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{i} k{i % 7} {{\"event_id\":\"e{i}\",\"note\":\"")
            + string.Concat(Enumerable.Repeat("the quick brown fox ", i % 5)) + "\"}"),
    ];

    private static List<string> Log(byte[] segment)
    {
        SimulatedDisk disk = new(1);
        disk.CreateDirectory("/p");
        using (IDiskFile file = disk.Open("/p/00000000000000000000.log", DiskOpen.Create))
        {
            file.Write(0, segment);
        }

        PartitionLog log = new(disk, "/p", "t", 0, TopicKind.Source, 1 << 20);
        log.OpenSegments(readOnly: false);
        log.TruncateTo(log.Scan(0).EndOffset);
        log.Publish();
        List<string> lines = [];
        PartitionReader reader = log.OpenReader();
        while (reader.MoveNext())
        {
            lines.Add(Line(reader.Offset, reader.Key, reader.Value));
        }

        return lines;
    }

    private static List<string> Batches(ReadOnlySpan<byte> segment)
    {
        List<string> lines = [];
        while (!segment.IsEmpty)
        {
            Assert.Equal(BatchStatus.Valid, RecordBatchReader.Open(segment, out RecordBatchReader reader));
            while (reader.MoveNext())
            {
                lines.Add(Line(reader.Offset, reader.Key, reader.Value));
            }

            Assert.Equal(BatchStatus.Valid, reader.Status);
            segment = segment[reader.Header.TotalBytes..];
        }

        return lines;
    }

    private static string Line(long offset, NullableBytes key, NullableBytes value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{offset} {Encoding.UTF8.GetString(key.Bytes)} {Encoding.UTF8.GetString(value.Bytes)}");
}
