using System.Text;
using Millrace.Hosting.Deployments;
using Millrace.Hosting.Graph;
using Millrace.Simulation.Reference;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Simulation.Checks;

/// <summary>Compares what the topics of a folder hold with what they must.</summary>
internal static class TopicCheck
{
    /// <summary>Every record of the sources is there at its offset, and no other.</summary>
    public static void Sources(DataFolder folder, LogHistory history)
    {
        foreach (TopicLog topic in folder.Topics.Where(t => t.Kind == TopicKind.Source))
        {
            foreach (PartitionLog partition in topic.Partitions)
            {
                IEnumerable<TopicRecord> expected = history.Of(topic.Name, partition.Partition)
                    .Select(e => new TopicRecord(e.TimeMs, e.Key, e.Value));
                Compare(partition, topic.Settings, [.. expected], isComplete: true);
            }
        }
    }

    /// <summary>
    /// The models' topics, the bad and the late rows hold the beginning of what is expected; all of it, when everything
    /// has been processed.
    /// </summary>
    public static void Derived(DataFolder folder, ExpectedTopics expected, bool isComplete)
    {
        if (expected.Current is null)
        {
            return;
        }

        TopicNames names = DeploymentRecord.Read(folder.Deployment.Bytes.Span).Names;
        foreach ((string logical, List<TopicRecord>[] partitions) in expected.All())
        {
            string name = names.PhysicalOf(logical);
            if (folder.TryGetTopic(name, out TopicLog? topic))
            {
                foreach (PartitionLog partition in topic!.Partitions)
                {
                    Compare(partition, topic.Settings, partitions[partition.Partition], isComplete);
                }
            }
            else if (isComplete || partitions.Any(p => p.Count > 0))
            {
                throw new SimulationFailure($"topic {name} is missing");
            }
        }
    }

    private static void Compare(
        PartitionLog partition, TopicSettings settings, List<TopicRecord> expected, bool isComplete)
    {
        Dictionary<string, int>? newest = settings.Compacts ? Newest(expected) : null;
        PartitionReader reader = partition.OpenReader();
        long next = partition.StartOffset;
        Require(next == 0 || settings.Limits, partition, $"begins at {next}");
        while (reader.MoveNext())
        {
            Skip(partition, expected, newest, next, reader.Offset);
            next = reader.Offset + 1;
            TopicRecord found = new(reader.Timestamp, Text(reader.Key), Text(reader.Value));
            Require(reader.Offset < expected.Count, partition, $"too much at {reader.Offset}: {found}");
            Require(
                found == expected[(int)reader.Offset], partition,
                $"offset {reader.Offset}:\n  found    {found}\n  expected {expected[(int)reader.Offset]}");
        }

        if (isComplete)
        {
            Skip(partition, expected, newest, next, expected.Count);
        }
    }

    // Only a compacted topic may lack a record, when its key has a newer one or it deletes the key.
    private static void Skip(
        PartitionLog partition, List<TopicRecord> expected, Dictionary<string, int>? newest, long from, long to)
    {
        for (int offset = (int)from; offset < to && offset < expected.Count; offset++)
        {
            bool isOld = expected[offset] is { Key: { } key } record && newest is not null
                && (newest[key] > offset || record.Value is null);
            Require(isOld, partition, $"offset {offset} is missing: {expected[offset]}");
        }
    }

    private static Dictionary<string, int> Newest(List<TopicRecord> records)
    {
        Dictionary<string, int> newest = [];
        for (int offset = 0; offset < records.Count; offset++)
        {
            if (records[offset].Key is { } key)
            {
                newest[key] = offset;
            }
        }

        return newest;
    }

    private static void Require(bool holds, PartitionLog partition, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationFailure($"{partition.Topic}, partition {partition.Partition}: {otherwise}");
        }
    }

    private static string? Text(NullableBytes bytes) => bytes.IsNull ? null : Encoding.UTF8.GetString(bytes.Bytes);
}
