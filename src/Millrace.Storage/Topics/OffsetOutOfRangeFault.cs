using System.Globalization;
using Millrace.Storage.Disk;

namespace Millrace.Storage.Topics;

/// <summary>
/// The record of an offset was there and is not any more: retention or compaction has removed it. Kafka's
/// OFFSET_OUT_OF_RANGE. Who can do without goes on from <see cref="PartitionLog.StartOffset"/>.
/// </summary>
public sealed class OffsetOutOfRangeFault(string topic, int partition, long offset, long startOffset)
    : StorageFault(string.Create(
        CultureInfo.InvariantCulture,
        $"topic {topic}, partition {partition}: offset {offset} was removed; records begin at {startOffset}"))
{
    public string Topic => topic;

    public int Partition => partition;

    /// <summary>The offset that was asked for.</summary>
    public long Offset => offset;

    /// <summary>Where the partition begins now.</summary>
    public long StartOffset => startOffset;
}
