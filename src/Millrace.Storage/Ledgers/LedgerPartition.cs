using Millrace.Storage.Topics;

namespace Millrace.Storage.Ledgers;

/// <summary>
/// What the ledger knows of a topic partition. Its id is its place in <see cref="LedgerState.Partitions"/>.
/// </summary>
internal sealed class LedgerPartition(string topic, int partition, TopicKind kind)
{
    public string Topic => topic;

    public int Partition => partition;

    public TopicKind Kind => kind;

    /// <summary>A source's acknowledged end, or a derived partition's end at the last step.</summary>
    public long End { get; set; }

    /// <summary>True when its topic was removed; another of the same name has ids of its own.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Below this offset everything is known to be on disk.</summary>
    public long RecoveryPoint { get; set; }
}
