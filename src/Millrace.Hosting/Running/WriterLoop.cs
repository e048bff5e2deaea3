using Millrace.Hosting.Collecting;
using Millrace.Hosting.Meters;
using Millrace.Storage.Folders;
using Millrace.Storage.Records;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Running;

/// <summary>
/// The thread that commits: takes what has arrived, writes and syncs it as one group, answers, and takes what has
/// arrived meanwhile. No timer: under load groups grow by themselves. A fault of the disk ends it; nothing is
/// acknowledged or synced again after one.
/// </summary>
internal sealed class WriterLoop(
    DataFolder folder,
    IReadOnlyList<TopicLog> sources,
    AppendQueue queue,
    LogClock logClock,
    RuntimeOptions options,
    SourceMeters meters)
{
    private readonly List<AppendRequest> group = [];
    private readonly TimeProvider clock = options.Clock;
    private volatile bool isTickWanted;
    private volatile bool isStopping;
    private long? lastTickMs = folder.LastTick;
    private long commits;

    /// <summary>From a request's arrival until it is durable.</summary>
    public LatencyHistogram CommitLatency { get; } = new();

    public long Commits => Volatile.Read(ref commits);

    /// <summary>Called after each commit, on the writer's thread.</summary>
    public Action Committed { get; set; } = static () => { };

    /// <summary>Runs until <see cref="Stop"/>, and then until all that had been queued is committed.</summary>
    public void Run()
    {
        while (true)
        {
            queue.Take(group, options.MaxCommitBytes);
            if (group.Count > 0 || isTickWanted)
            {
                CommitGroup();
            }
            else if (isStopping)
            {
                return;
            }
            else
            {
                queue.Wait();
            }
        }
    }

    /// <summary>Asks for a reading of the clock in the log.</summary>
    public void RequestTick()
    {
        isTickWanted = true;
        queue.Wake();
    }

    public void Stop()
    {
        isStopping = true;
        queue.Close();
    }

    /// <summary>Refuses what waits; for the end after a fault.</summary>
    public void RefuseAll()
    {
        queue.Close();
        do
        {
            foreach (AppendRequest request in group)
            {
                request.Refuse(AppendOutcome.Unavailable);
            }

            group.Clear();
            queue.Take(group, options.MaxCommitBytes);
        }
        while (group.Count > 0);
    }

    private void CommitGroup()
    {
        long nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();

        // A reading goes before the records that come with it: how long a partition was silent is counted from reading
        // to reading.
        if (isTickWanted || lastTickMs is not { } last
            || Math.Abs(nowMs - last) >= options.TickInterval.TotalMilliseconds)
        {
            isTickWanted = false;
            lastTickMs = nowMs;
            folder.Commit.AddTick(logClock.Reading(nowMs));
        }

        foreach (AppendRequest request in group)
        {
            Add(request.Records, nowMs);
        }

        CommitResult result = folder.Commit.Commit();
        Interlocked.Increment(ref commits);
        Answer(result.FirstPosition + result.Count, nowMs);
        group.Clear();
        Committed();
    }

    private void Add(CollectedRecords records, long nowMs)
    {
        TopicLog topic = sources[records.Source];
        long timestamp = records.Timestamp ?? nowMs;
        for (int i = 0; i < records.Count; i++)
        {
            NullableBytes key = records.HasKey(i) ? new NullableBytes(records.Key(i)) : NullableBytes.Null;
            NullableBytes value = records.HasValue(i) ? new NullableBytes(records.Value(i)) : NullableBytes.Null;
            folder.Commit.Add(PartitionOf(topic, key), timestamp, key, value);
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
            meters.Committed(request.Records.Source, request.Records.Count, request.RejectedCount, nowMs);
        }

        // Answered last to first, from the group's end.
        for (int i = group.Count - 1; i >= 0; i--)
        {
            group[i].Commit(endPosition);
            endPosition -= group[i].Records.Count;
        }
    }
}
