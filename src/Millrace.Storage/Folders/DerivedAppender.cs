using Millrace.Storage.Disk;
using Millrace.Storage.Ledgers;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Storage.Folders;

/// <summary>
/// Writes the records of a derived topic in large batches; <see cref="DataFolder.CommitStep"/> completes and shows
/// them. For replay it can be set back: records whose offsets exist already are then compared with what is there and
/// dropped, not written again. Where damaged inputs were passed over, or what was open when a project took over is only
/// known by what the log gives to that project, a replay gives other records than were written: then what is there
/// stays, and nothing is written until the journalled steps are done.
/// <para>
/// What a replay must write is known beforehand: opening has checked every batch that may not have been on disk, and
/// cut each partition where they end, or where the journalled steps do. So a partition either reaches the journalled
/// end, and then every record that a replay gives is there as it was written; or a loss of power took its tail, which
/// the replay writes again. Of a topic that <see cref="IsWhole"/> no record is needed: <see cref="Drop"/> only counts
/// them, as numbers that tell whether the replay does what the steps had done, and <see cref="Check"/> compares some.
/// </para>
/// Belongs to the engine's thread. No allocation per record.
/// </summary>
public sealed class DerivedAppender
{
    private const int FlushBytes = 320 << 10;
    private readonly FolderWriter writer;
    private readonly RecordBatchBuilder[] builders;
    private readonly long[] suppress;
    private readonly ReplayCheck?[] checks;
    private readonly long[] stepEnds;
    private readonly int[] flushAt;
    private readonly long[] journalled;
    private bool isReplaying;

    internal DerivedAppender(TopicLog topic, FolderWriter writer)
    {
        if (topic.Kind != TopicKind.Derived || topic[0].IsReadOnly)
        {
            throw new ArgumentException("not a derived topic of a writable folder: " + topic.Name, nameof(topic));
        }

        Topic = topic;
        this.writer = writer;
        int count = topic.Partitions.Count;
        builders = [.. Enumerable.Range(0, count).Select(_ => new RecordBatchBuilder())];
        suppress = new long[count];
        checks = new ReplayCheck?[count];
        journalled = new long[count];
        flushAt = [.. Enumerable.Repeat(FlushBytes, count)];
        stepEnds = [.. topic.Partitions.Select(partition => partition.EndOffset)];
    }

    public TopicLog Topic { get; }

    /// <summary>True while <see cref="DataFolder.CommitStep"/> writes and shows what it holds.</summary>
    public bool IsAttached { get; internal set; }

    /// <summary>Whether every partition holds all that the journalled steps wrote. During a replay.</summary>
    public bool IsWhole => !Topic.Partitions.Any(log => log.EndOffset < journalled[log.Partition]);

    /// <summary>The offset that the next record of a partition has.</summary>
    public long NextOffset(int partition) =>
        Topic[partition].EndOffset + builders[partition].Count - (Holds(partition) ? 0 : suppress[partition]);

    /// <summary>
    /// Says that the records to come begin at <paramref name="offset"/> of a partition, at or before its end: those
    /// that are there already are dropped, after being compared. Call before the first append of a replay.
    /// </summary>
    public void ResumeAt(int partition, long offset)
    {
        long end = Topic[partition].EndOffset;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, end);
        if (builders[partition].Count > 0)
        {
            throw new InvalidOperationException("records are waiting for their step");
        }

        suppress[partition] = end - offset;
        checks[partition] = null;
        journalled[partition] = writer.StepEnd(Topic[partition]);
        isReplaying = true;
    }

    /// <summary><see cref="ResumeAt"/> offset 0 for every partition: a replay from the beginning of the log.</summary>
    public void ResumeAtStart()
    {
        for (int i = 0; i < suppress.Length; i++)
        {
            ResumeAt(i, 0);
        }
    }

    /// <summary>Appends a record to the partition of its key.</summary>
    public void Append(long timestamp, ReadOnlySpan<byte> key, NullableBytes value) =>
        Append(Murmur2.Partition(key, builders.Length), timestamp, key, value);

    /// <summary>Appends a record to a partition. Timestamps are milliseconds since the epoch.</summary>
    /// <exception cref="ReplayMismatchFault">A replay gives another record than is there.</exception>
    public void Append(
        int partition, long timestamp, NullableBytes key, NullableBytes value,
        ReadOnlySpan<RecordHeader> headers = default)
    {
        if (suppress[partition] > 0 || Holds(partition))
        {
            Suppress(partition, timestamp, key, value);
            return;
        }

        RecordBatchBuilder builder = builders[partition];
        builder.Compression = Topic.Settings.Compression;
        builder.Append(timestamp, key, value, headers);
        if (builder.Length >= flushAt[partition])
        {
            WriteAhead(partition, builder);
        }
    }

    /// <summary>Appends those of the records to a partition, in order.</summary>
    /// <exception cref="ReplayMismatchFault">A replay gives another record than is there.</exception>
    public void Append(int partition, in RecordColumns records, ReadOnlySpan<int> which)
    {
        RecordBatchBuilder builder = builders[partition];
        while (!which.IsEmpty)
        {
            if (suppress[partition] > 0 || Holds(partition))
            {
                int record = which[0];
                Suppress(partition, records.Timestamps[record], records.Key(record), records.Value(record));
                which = which[1..];
                continue;
            }

            builder.Compression = Topic.Settings.Compression;
            which = which[builder.Append(records, which, flushAt[partition])..];
            if (builder.Length >= flushAt[partition])
            {
                WriteAhead(partition, builder);
            }
        }
    }

    /// <summary>
    /// Counts records that a replay gives of a topic that <see cref="IsWhole"/>, by their partitions, without looking
    /// at them. More than there are count too.
    /// </summary>
    public void Drop(ReadOnlySpan<int> partitions)
    {
        foreach (int partition in partitions)
        {
            if (!Holds(partition))
            {
                suppress[partition]--;
            }
        }
    }

    /// <summary>Compares a record that a replay gives of a topic that <see cref="IsWhole"/>, and counts it.</summary>
    /// <exception cref="ReplayMismatchFault">Another record is there.</exception>
    public void Check(int partition, long timestamp, NullableBytes key, NullableBytes value) =>
        Suppress(partition, timestamp, key, value);

    private void Suppress(int partition, long timestamp, NullableBytes key, NullableBytes value)
    {
        if (Holds(partition))
        {
            return;
        }

        PartitionLog log = Topic[partition];
        long offset = log.EndOffset - suppress[partition];
        if (suppress[partition] > 0 && !writer.MayReplayDiffer)
        {
            ReplayCheck check = checks[partition] is { } open && open.NextOffset == offset
                ? open
                : checks[partition] = new ReplayCheck(log, offset);
            check.Compare(offset, timestamp, key, value);
        }

        suppress[partition]--;
        checks[partition] = suppress[partition] == 0 ? null : checks[partition];
    }

    // True while a replay that may differ must not touch a partition in which all is that was written.
    private bool Holds(int partition) =>
        isReplaying && IsAttached && writer.MayReplayDiffer
        && Topic[partition].EndOffset >= journalled[partition];

    /// <summary>
    /// Writes what is waiting and lets readers see it, outside the steps: until the topic takes part in a step
    /// (<see cref="DataFolder.Attach"/>), a recovery cuts all of it. Only for an appender opened detached.
    /// </summary>
    public void Publish()
    {
        if (IsAttached)
        {
            throw new InvalidOperationException("the steps publish " + Topic.Name);
        }

        writer.Publish(this);
    }

    /// <summary>
    /// Writes what is waiting; notes id and end of each partition that grew since the last step, where asked to.
    /// </summary>
    internal int Flush(LedgerEncoder? ends)
    {
        int changed = 0;
        for (int i = 0; i < builders.Length; i++)
        {
            PartitionLog log = Topic[i];
            if (builders[i].Count > 0)
            {
                log.Append(builders[i].Finish());
                Written(i);
            }

            if (ends is not null && log.EndOffset != stepEnds[i])
            {
                ends.Write(log.Id);
                ends.Write(log.EndOffset);
                changed++;
            }
        }

        return changed;
    }

    /// <summary>Says that the ledger knows the ends that <see cref="Flush"/> noted.</summary>
    internal void NoteStep(bool endsReplay)
    {
        if (isReplaying && endsReplay)
        {
            EndReplay();
        }

        for (int i = 0; i < stepEnds.Length; i++)
        {
            stepEnds[i] = Topic[i].EndOffset;
        }
    }

    private void EndReplay()
    {
        isReplaying = false;
        for (int i = 0; i < suppress.Length; i++)
        {
            suppress[i] = writer.MayReplayDiffer ? 0 : Math.Max(0, suppress[i]);
        }
    }

    internal void Show()
    {
        foreach (PartitionLog log in Topic.Partitions)
        {
            log.Publish();
        }
    }

    // What the disk has no room for waits in memory for the end of the step, which then fails and may be tried again.
    private void WriteAhead(int partition, RecordBatchBuilder builder)
    {
        try
        {
            writer.Append(Topic[partition], builder);
            Written(partition);
        }
        catch (DiskFullFault)
        {
            flushAt[partition] = builder.Length + FlushBytes;
        }
    }

    private void Written(int partition)
    {
        builders[partition].Clear();
        flushAt[partition] = FlushBytes;
    }
}
