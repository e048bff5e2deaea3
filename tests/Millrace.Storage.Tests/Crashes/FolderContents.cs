using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Millrace.Testing.Disks;
using Xunit;

namespace Millrace.Storage.Tests.Crashes;

/// <summary>A record of a folder, by place; the position is -1 for a derived topic's.</summary>
internal sealed record PlacedRecord(string Topic, int Partition, long Offset, long Position, string Text);

/// <summary>All that a folder's readers get, and where its batches lie.</summary>
internal static class FolderContents
{
    /// <summary>What the positions and the readers of derived topics give.</summary>
    public static List<PlacedRecord> Read(DataFolder folder)
    {
        List<PlacedRecord> all = [];
        PositionReader reader = folder.OpenPositions(folder.FirstPosition);
        PositionBatch batch = new();
        while (reader.Read(batch, 7) > 0)
        {
            foreach (SourceRecords source in batch.Sources)
            {
                for (int i = 0; i < source.Count; i++)
                {
                    string text = Convert.ToHexString(
                        batch.Buffer.AsSpan(source.ValueStarts[i], Math.Max(source.ValueLengths[i], 0)));
                    all.Add(new(
                        source.Topic.Name, source.Partitions[i], source.Offsets[i], source.Positions[i],
                        source.Timestamps[i] + text));
                }
            }
        }

        Assert.Equal(folder.CommittedPosition, reader.NextPosition);
        foreach (PartitionLog log in folder.Topics.SelectMany(topic => topic.Partitions))
        {
            if (log.Kind == TopicKind.Derived)
            {
                all.AddRange(Read(log));
            }
        }

        return [.. all.OrderBy(record => record.Position)];
    }

    /// <summary>The batches of a segment's file: where each starts, and its header.</summary>
    public static List<(int Start, RecordBatchHeader Header)> Batches(SimulatedDisk disk, string path)
    {
        using IDiskFile file = disk.Open(path, DiskOpen.Read);
        byte[] bytes = new byte[file.Length];
        file.Read(0, bytes);
        List<(int, RecordBatchHeader)> batches = [];
        for (int at = 0; at < bytes.Length;)
        {
            Assert.Equal(BatchStatus.Valid, RecordBatchHeader.TryRead(bytes.AsSpan(at), out RecordBatchHeader header));
            batches.Add((at, header));
            at += header.TotalBytes;
        }

        return batches;
    }

    /// <summary>Paths of the segments that hold anything.</summary>
    public static List<string> Segments(SimulatedDisk disk) =>
    [
        .. disk.Files().Where(file => file.Length > 0 && file.Path.Contains("/topics/"))
            .Select(file => file.Path).Where(path => path.EndsWith(".log", StringComparison.Ordinal))
    ];

    /// <summary>Topic and partition of a segment's path.</summary>
    public static (string Topic, int Partition) PlaceOf(string path) =>
        path.Split('/') is [.., var topic, var partition, _] ? (topic, int.Parse(partition)) : default;

    private static IEnumerable<PlacedRecord> Read(PartitionLog log)
    {
        PartitionReader reader = log.OpenReader();
        while (reader.MoveNext())
        {
            string text = reader.Timestamp + Convert.ToHexString(reader.Value.Bytes);
            yield return new(log.Topic, log.Partition, reader.Offset, -1, text);
        }
    }
}
