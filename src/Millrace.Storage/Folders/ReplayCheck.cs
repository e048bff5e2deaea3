using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Compares the records that a replay gives with those a partition holds, reading it sequentially. No allocation per
/// record.
/// </summary>
internal sealed class ReplayCheck(PartitionLog log, long fromOffset)
{
    private const int ChunkBytes = 64 << 10;
    private readonly PartitionReader reader = new(log, Math.Max(fromOffset, log.StartOffset), ChunkBytes);
    private long stored = -1;

    /// <summary>The offset behind the last record compared; the first one to compare.</summary>
    public long NextOffset { get; private set; } = fromOffset;

    /// <summary>Compares one record; offsets ascend. What retention or compaction has taken is not compared.</summary>
    /// <exception cref="ReplayMismatchFault">The partition holds another one.</exception>
    public void Compare(long offset, long timestamp, NullableBytes key, NullableBytes value)
    {
        NextOffset = offset + 1;
        while (stored < offset)
        {
            stored = reader.MoveNext() ? reader.Offset : long.MaxValue;
        }

        if (stored > offset)
        {
            return;
        }

        Compare(offset, "key", reader.Key, key);
        Compare(offset, "value", reader.Value, value);
        if (reader.Timestamp != timestamp)
        {
            throw new ReplayMismatchFault(log.Topic, log.Partition, offset, "timestamp", -1);
        }
    }

    private void Compare(long offset, string part, NullableBytes written, NullableBytes replayed)
    {
        if (written.IsNull != replayed.IsNull || !written.Bytes.SequenceEqual(replayed.Bytes))
        {
            int at = written.Bytes.CommonPrefixLength(replayed.Bytes);
            throw new ReplayMismatchFault(log.Topic, log.Partition, offset, part, at);
        }
    }
}
