using Millrace.Storage.Records;

namespace Millrace.Storage.Topics;

/// <summary>
/// A named log of a fixed number of partitions. Immutable but for its settings and what its partitions hold.
/// </summary>
public sealed class TopicLog
{
    private readonly PartitionLog[] partitions;
    private TopicSettings settings = new();

    internal TopicLog(string name, TopicKind kind, PartitionLog[] partitions)
    {
        Name = name;
        Kind = kind;
        this.partitions = partitions;
    }

    public string Name { get; }

    public TopicKind Kind { get; }

    public IReadOnlyList<PartitionLog> Partitions => partitions;

    /// <summary>How it keeps its records, as given when it was opened; may change at any time.</summary>
    public TopicSettings Settings
    {
        get => Volatile.Read(ref settings);
        internal set
        {
            Volatile.Write(ref settings, value);
            foreach (PartitionLog partition in partitions)
            {
                partition.Settings = value;
            }
        }
    }

    /// <summary>The partition of a key, as Kafka's default partitioner chooses it.</summary>
    public PartitionLog PartitionOf(ReadOnlySpan<byte> key) => partitions[Murmur2.Partition(key, partitions.Length)];

    internal PartitionLog this[int partition] => partitions[partition];
}
