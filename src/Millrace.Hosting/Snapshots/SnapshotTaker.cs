using Millrace.Engine;
using Millrace.Hosting.Pressure;
using Millrace.Hosting.Running;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// The engine's half of taking snapshots: begins one when it is due and serialises it in slices between steps, each so
/// small that nobody notices. Belongs to the engine's thread but where said.
/// </summary>
internal sealed class SnapshotTaker(
    DataFolder folder, SnapshotProgress progress, PressureGauge pressure, RuntimeOptions options) : IInterlude
{
    /// <summary>Files that a chain has at most; then a full one begins the next.</summary>
    public const int LongestChain = 8;

    private const long QueueBytes = 16 << 20;

    // Between two steps: as much as is copied in a millisecond at most, also to memory that was not touched before.
    private const int PassedBytes = 512 << 10;

    // While there is work for the models, no more than a tenth of the time goes into a snapshot.
    private const int BusyShare = 10;

    private static readonly TimeSpan SliceTime = TimeSpan.FromMilliseconds(1);

    // Meanwhile it goes on no faster than it must to be done in this time, or in a quarter of that between two: what
    // it costs is spread.
    private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(15);

    private readonly TimeProvider clock = options.Clock;
    private readonly List<TaskCompletionSource<SnapshotInfo?>> requests = [];
    private readonly List<TaskCompletionSource<SnapshotInfo?>> underWay = [];
    private volatile SnapshotJob? job;
    private SnapshotInfo? last;
    private ProjectRun? lastRun;
    private bool isAnotherWanted;
    private long begunAt = options.Clock.GetTimestamp();
    private long slicedAt;
    private TimeSpan sliced;

    /// <summary>What is being written now, or null. Any thread.</summary>
    public SnapshotJob? Job => job;

    /// <summary>Called when there is something to write.</summary>
    public Action Written { get; set; } = static () => { };

    /// <summary>Wants one now; completes when it is durable, or with null when that did not succeed.</summary>
    public Task<SnapshotInfo?> Request()
    {
        TaskCompletionSource<SnapshotInfo?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        requests.Add(answer);
        return answer.Task;
    }

    /// <summary>As <see cref="Request"/>, but one that builds upon no other, even where the last one says the
    /// same.</summary>
    public Task<SnapshotInfo?> RequestAnother()
    {
        isAnotherWanted = true;
        return Request();
    }

    /// <summary>Before the first: takes its ways once, so that their compilation holds up no step.</summary>
    public void Rehearse(ProjectRun run)
    {
        EngineSnapshot rehearsal = run.Engine.BeginSnapshot(full: true, new BlockQueue(QueueBytes));
        rehearsal.Rehearse();
        SnapshotMetadata.Take(run);
        rehearsal.Abandon();
    }

    public bool TryAdvance(ProjectRun run, bool isIdle)
    {
        if (job is not { } current)
        {
            return TryBegin(run);
        }

        if (current.IsEnded)
        {
            End(current);
            return true;
        }

        if (current.IsSerialised || current.IsGivenUp)
        {
            return false;
        }

        if (current.Run != run)
        {
            current.GiveUp();
            Written();
            return true;
        }

        if (!current.Blocks.HasRoom)
        {
            return false;
        }

        if (!isIdle && IsTooSoon(current))
        {
            Pass(current);
            return false;
        }

        Slice(current);
        return true;
    }

    /// <summary>There will be none any more.</summary>
    public void End()
    {
        foreach (TaskCompletionSource<SnapshotInfo?> request in requests.Concat(underWay))
        {
            request.TrySetResult(null);
        }
    }

    private bool TryBegin(ProjectRun run)
    {
        bool isWanted = requests.Count > 0;
        bool isDue = clock.GetElapsedTime(begunAt) >= IntervalOf(run) && !progress.IsWaiting;
        if (!isWanted && !isDue)
        {
            return false;
        }

        underWay.AddRange(requests);
        requests.Clear();
        begunAt = clock.GetTimestamp();
        bool isAnother = isAnotherWanted;
        isAnotherWanted = false;
        if (!isAnother && last is not null && lastRun == run && last.Position == run.Position)
        {
            Answer(last);
            return isWanted;
        }

        if (!pressure.HasRoomFor(last?.Bytes ?? 0))
        {
            progress.Failed("the disk is nearly full");
            Answer(null);
            return isWanted;
        }

        Begin(run, isFull: isAnother || !CanBuildUponLast(run));
        return true;
    }

    private void Begin(ProjectRun run, bool isFull)
    {
        BlockQueue blocks = new(QueueBytes);
        EngineSnapshot state = run.Engine.BeginSnapshot(isFull, blocks);
        SnapshotInfo info = new(run.Position, folder.Deployment.Number)
        {
            Chain = state.IsFull ? [] : [.. last!.Chain, last.Number],
        };
        progress.Begun();
        sliced = TimeSpan.Zero;
        job = new SnapshotJob(run, state, info, blocks)
        {
            Metadata = SnapshotMetadata.Take(run),
            BegunAt = begunAt,
            Slice = new SliceSize(SliceTime, options.SnapshotSliceBytes),
        };
        job.NotePause(clock.GetElapsedTime(begunAt));
        Written();
    }

    private bool IsTooSoon(SnapshotJob current)
    {
        if (clock.GetElapsedTime(slicedAt) < sliced * (BusyShare - 1))
        {
            return true;
        }

        TimeSpan quarter = IntervalOf(current.Run) / 4;
        TimeSpan spread = quarter < LongestSpread ? quarter : LongestSpread;
        return clock.GetElapsedTime(current.BegunAt) < spread * current.State.Progress;
    }

    // What steps had to write first is there: to pass it on costs little, to keep it takes memory.
    private void Pass(SnapshotJob current)
    {
        long start = clock.GetTimestamp();
        current.State.Drain(PassedBytes);
        current.NotePause(clock.GetElapsedTime(start));
        if (current.Blocks.HasChunk)
        {
            Written();
        }
    }

    private void Slice(SnapshotJob current)
    {
        long start = clock.GetTimestamp();
        bool isComplete = current.State.Advance(current.Slice.Bytes);
        slicedAt = clock.GetTimestamp();
        sliced = clock.GetElapsedTime(start, slicedAt);
        current.Slice.Note(current.State.LastWork, sliced);
        current.NotePause(sliced);
        if (isComplete)
        {
            current.Blocks.Flush();
            current.EndSerialising();
        }

        if (isComplete || current.Blocks.HasChunk)
        {
            Written();
        }
    }

    private void End(SnapshotJob ended)
    {
        if (ended.Completed is null)
        {
            ended.State.Abandon();
        }
        else
        {
            last = ended.Completed;
            lastRun = ended.Run;
        }

        job = null;
        Answer(ended.Completed);
    }

    private void Answer(SnapshotInfo? completed)
    {
        foreach (TaskCompletionSource<SnapshotInfo?> request in underWay)
        {
            request.TrySetResult(completed);
        }

        underWay.Clear();
    }

    // A chain is worth it while what was added to its base is less than that.
    private bool CanBuildUponLast(ProjectRun run)
    {
        if (last is null || lastRun != run || last.Chain.Count + 1 >= LongestChain)
        {
            return false;
        }

        List<SnapshotInfo> files = [.. folder.Snapshots.List().Where(s => IsInChain(s, last))];
        return files.Count == last.Chain.Count + 1
            && files.TrueForAll(s => s.Problem is null)
            && files.Where(s => !s.IsFull).Sum(s => s.Bytes) <= files.Where(s => s.IsFull).Sum(s => s.Bytes);
    }

    private static bool IsInChain(SnapshotInfo snapshot, SnapshotInfo newest) =>
        snapshot.Number == newest.Number || newest.Chain.Contains(snapshot.Number);

    private TimeSpan IntervalOf(ProjectRun run) =>
        options.CheckpointInterval ?? TimeSpan.FromMilliseconds(run.Project.CheckpointIntervalMs);
}
