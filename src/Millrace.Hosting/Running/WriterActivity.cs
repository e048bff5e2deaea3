using Millrace.Hosting.Collecting;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Pressure;
using Millrace.Hosting.Workers;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// Commits: takes what has arrived, writes and syncs it as one group, answers, and takes what has arrived meanwhile. No
/// timer: under load groups grow by themselves. A fault of the disk ends it; nothing is acknowledged or synced again
/// after one. What there is no room for is refused, and the next group finds room or does not.
/// </summary>
internal sealed class WriterActivity(
    DataFolder folder, AppendQueue queue, LogClock logClock, PressureGauge pressure, RuntimeOptions options)
    : IActivity
{
    private readonly List<AppendRequest> group = [];
    private readonly TimeProvider clock = options.Clock;
    private volatile bool isTickWanted;
    private long? lastTickMs = folder.LastTick;
    private long commits;

    public string Name => "writer";

    public TimeSpan AskedEvery => Timeout.InfiniteTimeSpan;

    public Action Woken { get; set; } = static () => { };

    /// <summary>From a request's arrival until it is durable.</summary>
    public LatencyHistogram CommitLatency { get; } = new();

    public long Commits => Volatile.Read(ref commits);

    /// <summary>Called after each commit.</summary>
    public Action Committed { get; set; } = static () => { };

    /// <summary>Commits a group, if anything waits.</summary>
    public bool TryRunOnce()
    {
        queue.Take(group, options.MaxCommitBytes);
        if (group.Count == 0 && !isTickWanted)
        {
            return false;
        }

        try
        {
            CommitGroup();
        }
        catch (DiskFullFault)
        {
            pressure.NoteRefusal(group.Count);
            Refuse(AppendOutcome.DiskFull);
        }

        return true;
    }

    /// <summary>Asks for a reading of the clock in the log; any thread.</summary>
    public void RequestTick()
    {
        isTickWanted = true;
        Woken();
    }

    /// <summary>Refuses what waits; after a stop nothing does.</summary>
    public void End()
    {
        queue.Close();
        do
        {
            Refuse(AppendOutcome.Unavailable);
            queue.Take(group, options.MaxCommitBytes);
        }
        while (group.Count > 0);
    }

    private void Refuse(AppendOutcome outcome)
    {
        foreach (AppendRequest request in group)
        {
            request.Refuse(outcome);
        }

        group.Clear();
    }

    private void CommitGroup()
    {
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        long? tickMs = lastTickMs;

        // A reading goes before the records that come with it: how long a partition was silent is counted from reading
        // to reading.
        if (isTickWanted || lastTickMs is not { } last
            || Math.Abs(nowMs - last) >= options.TickInterval.TotalMilliseconds)
        {
            isTickWanted = false;
            tickMs = nowMs;
            folder.Commit.AddTick(logClock.Reading(nowMs));
        }

        foreach (AppendRequest request in group)
        {
            Add(request.Intake.Topic, request.Records, nowMs);
        }

        CommitResult result = folder.Commit.Commit();
        lastTickMs = tickMs;
        Interlocked.Increment(ref commits);
        Answer(result.FirstPosition + result.Count, nowMs);
        group.Clear();
        Committed();
    }

    private void Add(TopicLog topic, CollectedRecords records, long nowMs)
    {
        long timestamp = records.Timestamp ?? nowMs;
        for (int i = 0; i < records.Count; i++)
        {
            NullableBytes key = records.HasKey(i) ? new NullableBytes(records.Key(i)) : NullableBytes.Null;
            NullableBytes value = records.HasValue(i) ? new NullableBytes(records.Value(i)) : NullableBytes.Null;
            RecordOrigin origin = records.Origins?[i] ?? default;
            folder.Commit.Add(PartitionOf(topic, key), origin.Timestamp ?? timestamp, key, value, origin.Headers);
        }
    }

    // Without a key the partitions take turns by position, in a bounded run too: so the log is the same however it was
    // cut into commits, and every partition has its share of the time.
    private PartitionLog PartitionOf(TopicLog topic, NullableBytes key) =>
        key.IsNull
            ? topic.Partitions[(int)((folder.CommittedPosition + folder.Commit.Count) % topic.Partitions.Count)]
            : topic.PartitionOf(key.Bytes);

    private void Answer(long endPosition, long nowMs)
    {
        foreach (AppendRequest request in group)
        {
            CommitLatency.Record(clock.GetElapsedTime(request.ArrivedAt));
            request.Intake.Meter.Committed(request.Records.Count, request.RejectedCount, nowMs);
        }

        // Answered last to first, from the group's end.
        for (int i = group.Count - 1; i >= 0; i--)
        {
            group[i].Commit(endPosition);
            endPosition -= group[i].Records.Count;
        }
    }
}
