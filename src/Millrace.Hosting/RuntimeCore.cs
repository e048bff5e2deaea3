using Millrace.Engine;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Deployments;
using Millrace.Hosting.Exporting;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Pressure;
using Millrace.Hosting.Retention;
using Millrace.Hosting.Running;
using Millrace.Hosting.Snapshots;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Hosting;

/// <summary>
/// All that a runtime does, without the threads that do it: a folder, the run of a project over it, and the activities
/// that take them forward. Whoever has it runs each activity whenever it likes, from one thread at a time: production
/// gives them threads, a simulation takes them in turn. Nothing here waits. What may be called from any thread says so.
/// </summary>
internal sealed class RuntimeCore : IDisposable
{
    private readonly AppendQueue queue;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SnapshotProgress snapshotProgress;
    private readonly DeploymentProgress deployment = new();
    private readonly double openMs;
    private readonly long startedMs;
    private volatile FaultStatus? fault;
    private int state = (int)RuntimeState.Recovering;

    private RuntimeCore(
        CompiledProject project, RuntimeOptions options, DataFolder folder, IWorkers workers, double openMs)
    {
        this.openMs = openMs;
        Options = options;
        Folder = folder;
        startedMs = NowMs();
        Meters = new SourceMeters();
        DeploymentStart start = DeploymentStart.Open(folder, project, options);
        FolderTopics topics = new(folder, start.Project, start.Record.Names);
        ProjectRun run = Create();
        queue = new AppendQueue(options.MaxQueuedRequests, options.MaxQueuedBytes);
        LogClock logClock = new(folder.LastTick, startedMs, run.Graph.Topics.Max(t => t.IdleAfterMs) ?? 0);
        Pressure = new PressureGauge(options.MemoryLimit, options.DiskReserveBytes);
        Writer = new WriterActivity(folder, queue, logClock, Pressure, options);
        Engine = new EngineActivity(folder, run, Pressure, options)
        {
            TickWanted = Writer.RequestTick,
            Start = new SnapshotRestore(
                folder, start.Record.Takeover, start.IsKnown, Create, options.ReplayCheckInterval,
                options.Clock).Restore,
        };
        Writer.Committed = () => Engine.Woken();
        Flusher = new FlushActivity(folder, options);
        snapshotProgress = new SnapshotProgress(options.Clock);
        SnapshotTaker = new SnapshotTaker(folder, snapshotProgress, Pressure, options);
        Engine.Interludes.Add(SnapshotTaker);
        Engine.CaughtUp = () =>
        {
            SnapshotTaker.Rehearse(Engine.Run);
            CaughtUp();
            BecomeReady();
        };
        Snapshots = new SnapshotActivity(folder, SnapshotTaker, snapshotProgress, options)
        {
            Progressed = () => Engine.Woken(),
        };
        SnapshotTaker.Written = () => Snapshots.Woken();
        Watch = new PressureActivity(Pressure, options) { Eased = () => Engine.Woken() };
        Watch.TryRunOnce();
        Changeover = new Changeover(folder, options, start, workers, Meters, Pressure, deployment)
        {
            Replace = Engine.Replace,
            AnswerReads = Engine.Between.Answer,
            IsSnapshotUnderWay = () => SnapshotTaker.Job is not null,
        };
        Changeover.Activity.Reached = () => Engine.Woken();
        Engine.Interludes.Add(Changeover);

        long found = folder.Snapshots.List().Select(s => s.Number).FirstOrDefault();
        Cleaner = new RetentionActivity(folder, Pressure, options)
        {
            IsLogNeeded = () => !Deployed.IsCompleted,
            IsProven = s => s.Number > found || s.Number == Engine.Restart.Snapshot,
            IsSnapshotUnderWay = () => SnapshotTaker.Job is not null,
            AnotherWanted = () => Ask(SnapshotTaker.RequestAnother),
        };

        ProjectRun Create() => new(start.Project, folder, topics, workers, options, Meters);
    }

    public RuntimeOptions Options { get; }

    public DataFolder Folder { get; }

    public SourceMeters Meters { get; }

    public WriterActivity Writer { get; }

    public EngineActivity Engine { get; }

    public FlushActivity Flusher { get; }

    /// <summary>Writes what <see cref="SnapshotTaker"/> gives.</summary>
    public SnapshotActivity Snapshots { get; }

    public SnapshotTaker SnapshotTaker { get; }

    /// <summary>Measures <see cref="Pressure"/>.</summary>
    public PressureActivity Watch { get; }

    public PressureGauge Pressure { get; }

    /// <summary>Any thread.</summary>
    public QueueStatus Queue => new(queue.Count, queue.Bytes, Options.MaxQueuedRequests, Options.MaxQueuedBytes);

    /// <summary>Lets go what topics no longer keep.</summary>
    public RetentionActivity Cleaner { get; }

    /// <summary>All that is to be run.</summary>
    public IReadOnlyList<IActivity> Activities =>
        [Writer, Engine, Snapshots, Flusher, Watch, Cleaner, Changeover.Activity];

    /// <summary>Brings a changed project in; its activity computes what has to be computed for that.</summary>
    public Changeover Changeover { get; }

    /// <summary>Called by the engine's thread when everything that the log held at the start has been
    /// processed.</summary>
    public Action CaughtUp { get; set; } = static () => { };

    /// <summary>Any thread. Completes when the project that was asked for runs.</summary>
    public Task Deployed => deployment.Done;

    /// <summary>Any thread.</summary>
    public RuntimeState State => (RuntimeState)Volatile.Read(ref state);

    /// <summary>Any thread. Completes when everything that the log held at the start has been processed.</summary>
    public Task Ready => ready.Task;

    /// <summary>Any thread. Completes when a fault has ended it.</summary>
    public Task Faulted => faulted.Task;

    /// <summary>Opens the folder, creating and recovering it as needed.</summary>
    /// <exception cref="Storage.Disk.StorageFault">The folder is damaged, in use, or does not fit the
    /// project.</exception>
    public static RuntimeCore Open(CompiledProject project, RuntimeOptions options, IWorkers workers)
    {
        long start = options.Clock.GetTimestamp();
        DataFolder folder = FolderOwner.Open(options, new DataFolderOptions
        {
            Durability = options.Durability, LedgerFileBytes = options.LedgerFileBytes,
            ReserveBytes = options.DiskReserveBytes,
            SkipDamaged = options.SkipDamaged,
            RunParts = options.RunParts,
        });
        try
        {
            TimeSpan opening = options.Clock.GetElapsedTime(start);
            return new RuntimeCore(project, options, folder, workers, opening.TotalMilliseconds);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Any thread. See <see cref="MillraceRuntime.AppendAsync"/>; the task completes when the writer has
    /// run.</summary>
    public Task<AppendResult> Append(string source, ReadOnlyMemory<byte> body, long? timestampMs)
    {
        long arrivedAt = Options.Clock.GetTimestamp();
        if (Engine.Run.IntakeOf(source) is not { } intake)
        {
            return Task.FromResult(AppendResult.Refused(AppendOutcome.UnknownSource));
        }

        List<RejectedRecord> rejected = [];
        CollectedRecords? records = intake.Collector.Collect(body, timestampMs, rejected);
        return records is null
            ? Task.FromResult(AppendResult.Refused(AppendOutcome.RecordTooLarge))
            : Enqueue(new AppendRequest(intake, records, rejected, arrivedAt));
    }

    /// <summary>Any thread. Appends records that were collected before; none of them bad.</summary>
    public Task<AppendResult> Append(SourceIntake intake, CollectedRecords records) =>
        Enqueue(new AppendRequest(intake, records, [], Options.Clock.GetTimestamp()));

    /// <summary>Any thread. See <see cref="MillraceRuntime.AppendTombstoneAsync"/>.</summary>
    public Task<AppendResult> AppendTombstone(string source, string key, long? timestampMs)
    {
        if (Engine.Run.IntakeOf(source) is not { } intake)
        {
            return Task.FromResult(AppendResult.Refused(AppendOutcome.UnknownSource));
        }

        if (intake.Source.Versioning is null || !KeyText.TryEncode(intake.Source, key, out byte[] bytes))
        {
            return Task.FromResult(AppendResult.Refused(AppendOutcome.NotVersioned));
        }

        CollectedRecords records = new(default) { Timestamp = timestampMs };
        records.AddTombstone(bytes);
        return Enqueue(new AppendRequest(intake, records, [], Options.Clock.GetTimestamp()));
    }

    /// <summary>
    /// Any thread. The rows that a query may see, or why there are none; completes between two steps.
    /// </summary>
    public Task<ViewCapture> Capture(string model, ViewQuery query)
    {
        if (Refusal(Engine.Run, model, query) is { } refusal)
        {
            return Task.FromResult(new ViewCapture(refusal));
        }

        return State switch
        {
            RuntimeState.Running => Engine.Between.Ask(
                () => Take(Engine.Run, model, query), new ViewCapture(ViewAnswer.Of(ViewOutcome.Unavailable))),
            RuntimeState.Recovering => Task.FromResult(new ViewCapture(ViewAnswer.Of(ViewOutcome.NotReady))),
            _ => Task.FromResult(new ViewCapture(ViewAnswer.Of(ViewOutcome.Unavailable))),
        };
    }

    /// <summary>Any thread. See <see cref="MillraceRuntime.ReadTopic"/>.</summary>
    public byte[]? ReadTopic(string topic, int partition, long offset, int limit)
    {
        while (Engine.Run.Topics.Find(topic) is { } found && (uint)partition < (uint)found.Partitions.Count)
        {
            PartitionLog log = found.Partitions[partition];
            try
            {
                return TopicPage.Write(log, topic, offset, limit);
            }
            catch (ObjectDisposedException) when (log.IsRemoved)
            {
                // A changed project has taken over meanwhile, which has another topic in its place, or none.
            }
            catch (OffsetOutOfRangeFault)
            {
                // Retention has taken what the page began with; it begins where the topic now does.
            }
        }

        return null;
    }

    /// <summary>Any thread.</summary>
    public RuntimeStatus GetStatus() => StatusBuilder.Build(Engine.Run, new RuntimeStatus
    {
        State = State,
        FaultStatus = fault,
        NowMs = NowMs(),
        StartedMs = startedMs,
        Recovery = [.. Folder.Recovery.Lines()],
        Unreadable = [.. Folder.Unreadable.Select(u => u.ToString())],
        Sources = [],
        Models = [],
        Log = new LogStatus(
            Folder.CommittedPosition, Writer.Commits, Writer.CommitLatency, queue.Count, queue.Bytes),
        Engine = new EngineStatus(0, 0, 0, 0),
        Snapshots = snapshotProgress.Status,
        Pressure = Pressure.Status,
        Retention = Cleaner.Status,
        Deployment = deployment.Status(Folder.Deployment.Number, Engine.Run.Reading.Position),
        Restart = Engine.Restart with { OpenMs = openMs },
    });

    /// <summary>
    /// Any thread. Takes a snapshot now; completes when it is durable, or with null when that did not succeed.
    /// </summary>
    public Task<SnapshotInfo?> TakeSnapshot() => Ask(SnapshotTaker.Request);

    /// <summary>
    /// Any thread. Takes no more from now on; false when that was said before. What waits is still committed and
    /// processed as the activities are run on.
    /// </summary>
    public bool BeginStop()
    {
        if (Interlocked.Exchange(ref state, (int)RuntimeState.Stopped) == (int)RuntimeState.Stopped)
        {
            return false;
        }

        queue.Close();
        return true;
    }

    /// <summary>Any thread. Says that an activity has thrown: nothing is acknowledged after it.</summary>
    public void Fail(Exception e)
    {
        fault ??= FaultReader.Read(e);
        Interlocked.CompareExchange(ref state, (int)RuntimeState.Faulted, (int)RuntimeState.Running);
        Interlocked.CompareExchange(ref state, (int)RuntimeState.Faulted, (int)RuntimeState.Recovering);
        ready.TrySetException(e);
        _ = ready.Task.Exception;
        faulted.TrySetResult();
        queue.Close();
    }

    /// <summary>
    /// Stops all of it, for whoever runs the activities from a single thread: what waits is committed, processed and
    /// put into a last snapshot, unless the log is still being replayed. Then the folder may be given back.
    /// </summary>
    public void StopInTurn()
    {
        bool isRunning = State == RuntimeState.Running;
        BeginStop();
        RunWhileBusy([Writer]);
        if (isRunning)
        {
            RunWhileBusy([Engine]);
            TakeSnapshot();
            RunWhileBusy([Engine, Snapshots]);
        }

        foreach (IActivity activity in Activities)
        {
            activity.End();
        }

        Flush();
    }

    /// <summary>
    /// When no activity is run any more, and unless there was a fault: makes everything durable, so that the next
    /// opening has nothing to repair.
    /// </summary>
    public void Flush()
    {
        if (fault is null)
        {
            Folder.Flush();
        }
    }

    /// <summary>Gives the folder back as it is, as the end of a killed process would.</summary>
    public void Dispose() => Folder.Dispose();

    // Asked again between the steps: the project may have been replaced since.
    private static ViewCapture Take(ProjectRun run, string model, ViewQuery query)
    {
        if (Refusal(run, model, query) is { } refusal)
        {
            return new ViewCapture(refusal);
        }

        ModelView view = run.ViewOf(model)!;
        return ViewCapture.Of(view, view.Capture(query, run.Engine, run.PositionOf(view)));
    }

    private static ViewAnswer? Refusal(ProjectRun run, string model, ViewQuery query) => run.ViewOf(model) switch
    {
        null => ViewAnswer.Of(ViewOutcome.UnknownModel),
        { } view => view.Check(query) is { } problem ? ViewAnswer.Of(ViewOutcome.BadQuery, problem) : null,
    };

    private static void RunWhileBusy(IReadOnlyList<IActivity> activities)
    {
        bool isBusy = true;
        while (isBusy)
        {
            isBusy = false;
            foreach (IActivity activity in activities)
            {
                isBusy |= activity.TryRunOnce();
            }
        }
    }

    private Task<SnapshotInfo?> Ask(Func<Task<SnapshotInfo?>> request) =>
        Engine.Between.Ask(request, Task.FromResult<SnapshotInfo?>(null)).Unwrap();

    private Task<AppendResult> Enqueue(AppendRequest request)
    {
        if (request.Records.Count == 0)
        {
            request.Commit(Folder.CommittedPosition);
            return request.Answer;
        }

        AppendOutcome outcome = Admission();
        outcome = outcome == AppendOutcome.Committed ? queue.TryAdd(request) : outcome;
        if (outcome == AppendOutcome.Committed)
        {
            Writer.Woken();
        }
        else
        {
            request.Refuse(outcome);
        }

        return request.Answer;
    }

    // Before anything is promised: what is refused here harms neither the log nor the models.
    private AppendOutcome Admission()
    {
        if (State is not (RuntimeState.Recovering or RuntimeState.Running))
        {
            return AppendOutcome.Unavailable;
        }

        if (!Pressure.IsDiskFull && !Pressure.IsMemoryFull)
        {
            return AppendOutcome.Committed;
        }

        Pressure.NoteRefused();
        return Pressure.IsDiskFull ? AppendOutcome.DiskFull : AppendOutcome.MemoryFull;
    }

    private void BecomeReady()
    {
        Interlocked.CompareExchange(ref state, (int)RuntimeState.Running, (int)RuntimeState.Recovering);
        ready.TrySetResult();
    }

    private long NowMs() => Options.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
