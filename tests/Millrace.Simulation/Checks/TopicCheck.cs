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
                IEnumerable<LogEntry> entries = history.Of(topic.Name, partition.Partition);
                Compare(partition, [.. entries.Select(e => new TopicRecord(e.TimeMs, e.Key, e.Value))], true);
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
                    Compare(partition, partitions[partition.Partition], isComplete);
                }
            }
            else if (isComplete || partitions.Any(p => p.Count > 0))
            {
                throw new SimulationFailure($"topic {name} is missing");
            }
        }
    }

    private static void Compare(PartitionLog partition, List<TopicRecord> expected, bool isComplete)
    {
        PartitionReader reader = partition.OpenReader();
        long next = 0;
        while (reader.MoveNext())
        {
            string place = $"{partition.Topic}, partition {partition.Partition}, offset {reader.Offset}";
            if (reader.Offset != next)
            {
                throw new SimulationFailure($"{place}: {next} was to come");
            }

            if (reader.Offset >= expected.Count)
            {
                throw new SimulationFailure($"{place}: too much: {Text(reader.Value)}");
            }

            TopicRecord found = new(reader.Timestamp, Text(reader.Key), Text(reader.Value));
            if (found != expected[(int)next])
            {
                throw new SimulationFailure($"{place}:\n  found    {found}\n  expected {expected[(int)next]}");
            }

            next++;
        }

        if (isComplete && next < expected.Count)
        {
            throw new SimulationFailure(
                $"{partition.Topic}, partition {partition.Partition}: ends at {next}, not {expected.Count}; "
                + $"missing: {expected[(int)next]}");
        }
    }

    private static string? Text(NullableBytes bytes) => bytes.IsNull ? null : Encoding.UTF8.GetString(bytes.Bytes);
}
