using Millrace.Hosting.Collecting;
using Millrace.Hosting.Exporting;
using Millrace.Hosting.Replaying;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Storage.Snapshots;

namespace Millrace.Hosting;

/// <summary>
/// A project, running: a data folder, a thread that commits what is appended, a thread that runs the models over it,
/// and rows to read. All members are thread-safe. A fault of the disk, or a bug, stops all threads: nothing is
/// acknowledged after it, and <see cref="GetStatus"/> says why.
/// </summary>
public sealed class MillraceRuntime : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly StartingWorkers workers;
    private readonly BadReplay replay;
    private readonly ActivityThread writer;
    private readonly ActivityThread engine;
    private readonly ActivityThread keeper;
    private readonly ActivityThread watch;
    private readonly ActivityThread cleaner;
    private readonly RuntimeOptions options;
    private StopReport report = StopReport.Complete;
    private readonly ActivityThread rebuild;

    private MillraceRuntime(RuntimeCore core, StartingWorkers workers, RuntimeOptions options)
    {
        TimeProvider clock = options.Clock;
        this.options = options;
        Core = core;
        this.workers = workers;
        core.CaughtUp = workers.Settle;
        replay = new BadReplay(core);
        writer = new ActivityThread([core.Writer], clock, Fail);
        engine = new ActivityThread([core.Engine], clock, Fail);
        keeper = new ActivityThread([core.Snapshots, core.Flusher], clock, Fail);
        watch = new ActivityThread([core.Watch], clock, Fail);
        cleaner = new ActivityThread([core.Cleaner], clock, Fail, ThreadPriority.BelowNormal);
        rebuild = new ActivityThread([core.Changeover.Activity], clock, Fail, ThreadPriority.BelowNormal);
    }

    /// <summary>The project that runs now: the folder's, until the one asked for can take its place.</summary>
    public CompiledProject Project => Core.Engine.Run.Project;

    public RuntimeState State => Core.State;

    /// <summary>
    /// Completes when everything that the log held at the start has been processed; fails when that did not succeed.
    /// </summary>
    public Task Ready => Core.Ready;

    /// <summary>Completes when the project that was asked for runs.</summary>
    public Task Deployed => Core.Deployed;

    /// <summary>
    /// Completes when a fault has ended it, see <see cref="GetStatus"/>; while it is well it never does.
    /// </summary>
    public Task Faulted => Core.Faulted;

    /// <summary>A longer record is refused.</summary>
    public int MaxRecordBytes => options.MaxRecordBytes;

    internal RuntimeCore Core { get; }

    private IReadOnlyList<ActivityThread> Threads => [writer, engine, keeper, watch, cleaner, rebuild];

    /// <summary>
    /// Opens the data folder, creating and recovering it as needed, and starts. Replaying the log goes on in the
    /// background, see <see cref="Ready"/>; records are taken at once.
    /// </summary>
    /// <exception cref="Storage.Disk.StorageFault">The folder is damaged, in use, or does not fit the
    /// project.</exception>
    /// <exception cref="Deployments.DeploymentFault">The project cannot run on the folder's data.</exception>
    public static MillraceRuntime Start(CompiledProject project, RuntimeOptions options)
    {
        StartingWorkers workers = new(options.StartingWorkers, options.Workers);
        try
        {
            RuntimeOptions atOnce = options with { RunParts = PartRunner.Run };
            MillraceRuntime runtime = new(RuntimeCore.Open(project, atOnce, workers), workers, atOnce);
            foreach (ActivityThread thread in runtime.Threads)
            {
                thread.Start();
            }

            return runtime;
        }
        catch
        {
            workers.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Appends what a client has posted to a source: a JSON object, an array of them, or JSON lines. Completes when
    /// it is durable. The body must stay as it is until then. Records that the source's schema does not take are kept
    /// too, see <see cref="RejectedRecord"/>.
    /// </summary>
    /// <param name="source">The source's name.</param>
    /// <param name="body">UTF-8.</param>
    /// <param name="timestampMs">The records' timestamp, ms since the epoch; null for now. Of a versioned source
    /// without a time column it is the time from which the rows hold.</param>
    public Task<AppendResult> AppendAsync(string source, ReadOnlyMemory<byte> body, long? timestampMs = null) =>
        Core.Append(source, body, timestampMs);

    /// <summary>Appends a deletion by key to a source: a record with the key and a null value.</summary>
    public Task<AppendResult> AppendTombstoneAsync(string source, string key, long? timestampMs = null) =>
        Core.AppendTombstone(source, key, timestampMs);

    /// <summary>
    /// Posts bad records of a source again that its columns can read by now; each once, however often it is asked.
    /// </summary>
    /// <exception cref="Storage.Disk.StorageFault">The disk failed; what is counted nowhere was not posted.</exception>
    public Task<ReplayAnswer> ReplayAsync(ReplayRequest request) => replay.RunAsync(request);

    /// <summary>Reads rows of a model, all of one moment between two steps. The rows are the caller's.</summary>
    public async Task<ViewAnswer> QueryAsync(string model, ViewQuery query) =>
        (await Core.Capture(model, query).ConfigureAwait(false)).Answer(query);

    /// <summary>
    /// Reads columns of a model's rows in the same way, or gives the answer that says why there are none: for who looks
    /// at many rows and keeps few. Who gets a cursor disposes it, soon.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="query">Which rows.</param>
    /// <param name="columns">Names of columns, which need not exist: then all values are NULL.</param>
    public async Task<(ViewCursor? Rows, ViewAnswer? Problem)> ReadColumnsAsync(
        string model, ViewQuery query, IReadOnlyList<string> columns) =>
        (await Core.Capture(model, query).ConfigureAwait(false)).Columns(query, columns);

    /// <summary>The topics of the project, with the offsets that are there.</summary>
    public IReadOnlyList<TopicSummary> Topics() =>
        [.. Core.Engine.Run.Topics.All.Select(t => new TopicSummary(
            t.Name, [.. t.Topic.Partitions.Select(p => (p.StartOffset, p.CommittedEnd))]))];

    /// <summary>A page of a topic's records as JSON, see <see cref="TopicPage"/>; null when there is no such partition.
    /// </summary>
    /// <param name="topic">Its name, as the user says it.</param>
    /// <param name="partition">Its number, from 0.</param>
    /// <param name="offset">Where to begin; a negative one counts from the end.</param>
    /// <param name="limit">Records at most.</param>
    /// <exception cref="Storage.Disk.StorageFault">A record is damaged, or the disk failed.</exception>
    public byte[]? ReadTopic(string topic, int partition, long offset, int limit) =>
        Core.ReadTopic(topic, partition, offset, limit);

    /// <summary>
    /// Completes with true when the engine has processed everything below a position (<see
    /// cref="AppendResult.EndPosition"/>): then every read sees it. False when it ends before.
    /// </summary>
    public Task<bool> WaitForAsync(long position) => Core.Engine.Between.WaitFor(position);

    /// <summary>What is scarce, and by how much; cheap enough to say with every refusal.</summary>
    public PressureStatus Pressure => Core.Pressure.Status;

    /// <summary>What waits for the disk.</summary>
    public QueueStatus Queue => Core.Queue;

    /// <summary>
    /// What an exception tells of the world (a disk, damaged bytes), and what to do about it; null when it is a bug.
    /// </summary>
    public static FaultStatus? FaultOf(Exception e) =>
        FaultReader.Read(e) is { Kind: not FaultKind.Bug } fault ? fault : null;

    public RuntimeStatus GetStatus() => Core.GetStatus();

    /// <summary>
    /// Takes no more, commits what waits, processes what is committed, takes a last snapshot, makes everything durable
    /// and gives the folder back; all that within <see cref="RuntimeOptions.StopTime"/>, after which it closes as it
    /// is. After a fault it closes as a killed process would.
    /// </summary>
    public StopReport Stop()
    {
        bool isRunning = State == RuntimeState.Running;
        if (!Core.BeginStop())
        {
            return report;
        }

        TaskCompletionSource expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ITimer? timer = options.StopTime > TimeSpan.Zero
            ? options.Clock.CreateTimer(_ => expired.TrySetResult(), null, options.StopTime, Timeout.InfiniteTimeSpan)
            : null;
        Task until = timer is null ? Task.CompletedTask : Task.WhenAny(Core.Faulted, expired.Task);
        string? left = Drain(isRunning, until);
        left = GetStatus().Fault ?? left;
        foreach (ActivityThread thread in Threads)
        {
            thread.Abort();
        }

        Close(isDrained: left is null);
        return report = left is null ? StopReport.Complete : new StopReport(false, left);
    }

    /// <summary>Stops.</summary>
    public void Dispose() => _ = Stop();

    /// <summary>Ends as a killed process would: nothing is flushed, nobody answered. For tests of recovery.</summary>
    internal void Abandon()
    {
        Fail(new IOException("abandoned"));
        Stop();
    }

    // Whatever ends a thread before its time ends the runtime: half of it alone would promise what it cannot keep.
    private void Fail(Exception e)
    {
        Core.Fail(e);
        foreach (ActivityThread thread in Threads)
        {
            thread.Abort();
        }
    }

    // In this order: each gives the next its last work. A replay need not come to its end. Says what is left undone.
    private string? Drain(bool isRunning, Task until)
    {
        if (!writer.Finish(until))
        {
            return "requests that waited were not committed, and not answered";
        }

        if (!isRunning)
        {
            return null;
        }

        Task<bool> processed = Core.Engine.Between.WaitForLast(Core.Folder.CommittedPosition);
        if (!HasCome(processed, until) || !processed.Result)
        {
            return "committed records were not processed yet; the next start does that";
        }

        Task<SnapshotInfo?> snapshot = Core.TakeSnapshot();
        return HasCome(snapshot, until) && snapshot.Result is not null
            ? null
            : "no last snapshot was taken; the next start replays what came after the one before";
    }

    private static bool HasCome(Task task, Task until) => Task.WaitAny(task, until) == 0;

    private void Close(bool isDrained)
    {
        bool hasEnded = true;
        foreach (ActivityThread thread in Threads)
        {
            hasEnded &= thread.Join(isDrained ? Timeout.InfiniteTimeSpan : Grace);
            thread.Dispose();
        }

        // A thread that hangs in the disk keeps the folder until the process ends.
        if (!hasEnded)
        {
            return;
        }

        using (Core)
        using (workers)
        {
            if (isDrained)
            {
                Core.Flush();
            }
        }
    }
}
