using System.Text;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;
using Xunit;

namespace Millrace.Storage.Tests.Cleaning;

/// <summary>What a folder holds, in the words of <see cref="LifeInput"/>.</summary>
internal static class LifeReading
{
    /// <summary>All positions; null where the record is gone.</summary>
    public static List<LifeInput?> Inputs(DataFolder folder, int maxRecords)
    {
        List<LifeInput?> found = [];
        PositionReader reader = folder.OpenPositions(0, skipRemoved: true);
        PositionBatch batch = new();
        while (reader.Read(batch, maxRecords) > 0)
        {
            Assert.Equal(found.Count, batch.FirstPosition);
            LifeInput?[] stretch = new LifeInput?[batch.Count];
            foreach (SourceRecords source in batch.Sources)
            {
                for (int i = 0; i < source.Count; i++)
                {
                    stretch[source.Positions[i] - batch.FirstPosition] = new LifeInput(
                        source.Topic.Name, source.Partitions[i], source.Offsets[i], source.Timestamps[i],
                        Text(batch, source.KeyStarts[i], source.KeyLengths[i]),
                        Text(batch, source.ValueStarts[i], source.ValueLengths[i]));
                }
            }

            found.AddRange(stretch);
        }

        return found;
    }

    /// <summary>The records of a partition from an offset on.</summary>
    public static List<LifeInput> Records(PartitionLog log, long? from = null)
    {
        List<LifeInput> found = [];
        PartitionReader reader = log.OpenReader(from);
        while (reader.MoveNext())
        {
            found.Add(new LifeInput(
                log.Topic, log.Partition, reader.Offset, reader.Timestamp, Text(reader.Key), Text(reader.Value)));
        }

        return found;
    }

    private static string? Text(NullableBytes bytes) => bytes.IsNull ? null : Encoding.UTF8.GetString(bytes.Bytes);

    private static string? Text(PositionBatch batch, int start, int length) =>
        length < 0 ? null : Encoding.UTF8.GetString(batch.Buffer, start, length);
}
