using Millrace.Hosting.Deployments;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Exporting;

/// <summary>
/// A record of a topic: where it stands and its value. The value is good until the next record is read.
/// </summary>
public readonly record struct TopicRecord(int Partition, long Offset, ReadOnlyMemory<byte> Value);

/// <summary>
/// Reads the records of a topic from its beginning, by partition and offset, beside a process that writes the folder
/// or without one: it sees what is committed when it starts.
/// </summary>
public static class TopicRows
{
    /// <exception cref="StorageFault">The folder is none, or damaged.</exception>
    public static IEnumerable<TopicRecord> Read(IDisk disk, string dataFolder, string topic)
    {
        using DataFolder folder = DataFolder.OpenReadOnly(disk, dataFolder);
        foreach (PartitionLog partition in FolderNames.Find(folder, topic)?.Partitions ?? [])
        {
            PartitionReader reader = partition.OpenReader();
            byte[] value = [];
            while (reader.MoveNext())
            {
                if (!reader.Value.IsNull)
                {
                    ReadOnlySpan<byte> bytes = reader.Value.Bytes;
                    if (value.Length < bytes.Length)
                    {
                        value = new byte[Math.Max(bytes.Length, value.Length * 2)];
                    }

                    bytes.CopyTo(value);
                    yield return new TopicRecord(partition.Partition, reader.Offset, value.AsMemory(0, bytes.Length));
                }
            }
        }
    }
}
