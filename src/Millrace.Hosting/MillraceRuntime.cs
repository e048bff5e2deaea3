using Millrace.Engine;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Hosting.Workers;
using Millrace.Projects;
using Millrace.Storage.Folders;

namespace Millrace.Hosting;

/// <summary>
/// A project, running: a data folder, a thread that commits what is appended, a thread that runs the models over it,
/// and rows to read. All members are thread-safe. A fault of the disk, or a bug, stops both threads: nothing is
/// acknowledged after it, and <see cref="GetStatus"/> says why.
/// </summary>
public sealed class MillraceRuntime : IDisposable
{
    private readonly RuntimeOptions options;
    private readonly DataFolder folder;
    private readonly EngineGraph graph;
    private readonly WorkerPool workers;
    private readonly ModelView[] views;
    private readonly Collector[] collectors;
    private readonly SourceMeters meters;
    private readonly AppendQueue queue;
    private readonly WriterLoop writer;
    private readonly EngineLoop engineLoop;
    private readonly StreamEngine engine;
    private readonly Thread writerThread;
    private readonly Thread engineThread;
    private readonly ITimer flushTimer;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long startedMs;
    private volatile string? fault;
    private int state = (int)RuntimeState.Recovering;
    private int flushing;

    private MillraceRuntime(CompiledProject project, RuntimeOptions options, DataFolder folder)
    {
        Project = project;
        this.options = options;
        this.folder = folder;
        startedMs = NowMs();
        graph = EngineGraphBuilder.Build(project);
        workers = new WorkerPool(options.Workers);
        engine = new StreamEngine(graph, workers);
        FolderTopics topics = new(folder, project, graph);
        views = [.. graph.Models.Select(m => new ModelView(project.FindModel(m.Name)!, options.ViewBytes))];
        collectors =
        [
            .. graph.Sources.Select((s, i) => new Collector(
                project.FindSource(s.Name)!, i, engine.ColumnsRead(i), options.MaxRecordBytes)),
        ];
        meters = new SourceMeters(graph.Sources.Count);
        queue = new AppendQueue(options.MaxQueuedRequests, options.MaxQueuedBytes);
        LogClock logClock = new(folder.LastTick, startedMs, graph.Topics.Max(t => t.IdleAfterMs) ?? 0);
        writer = new WriterLoop(folder, topics.Sources, queue, logClock, options, meters);
        StepFeed feed = new(folder.OpenPositions(), topics.Sources, graph);
        StepSink sink = new(graph, topics, feed, views);
        engineLoop = new EngineLoop(folder, engine, topics, feed, sink, views, options)
        {
            TickWanted = writer.RequestTick,
            CaughtUp = BecomeReady,
        };
        writer.Committed = engineLoop.Wake;
        writerThread = new Thread(() => Guard(writer.Run)) { Name = "millrace writer", IsBackground = true };
        engineThread = new Thread(() => Guard(engineLoop.Run)) { Name = "millrace engine", IsBackground = true };
        flushTimer = options.Clock.CreateTimer(_ => Flush(), null, options.FlushInterval, options.FlushInterval);
    }

    public CompiledProject Project { get; }

    public RuntimeState State => (RuntimeState)Volatile.Read(ref state);

    /// <summary>
    /// Completes when everything that the log held at the start has been processed; fails when that did not succeed.
    /// </summary>
    public Task Ready => ready.Task;

    /// <summary>
    /// Completes when a fault has ended it, see <see cref="GetStatus"/>; while it is well it never does.
    /// </summary>
    public Task Faulted => faulted.Task;

    /// <summary>
    /// Opens the data folder, creating and recovering it as needed, and starts. Replaying the log goes on in the
    /// background, see <see cref="Ready"/>; records are taken at once.
    /// </summary>
    /// <exception cref="Storage.Disk.StorageFault">The folder is damaged, in use, or does not fit the
    /// project.</exception>
    public static MillraceRuntime Start(CompiledProject project, RuntimeOptions options)
    {
        DataFolder folder = DataFolder.Open(
            options.Disk, options.DataFolder, new DataFolderOptions { Durability = options.Durability });
        try
        {
            MillraceRuntime runtime = new(project, options, folder);
            runtime.writerThread.Start();
            runtime.engineThread.Start();
            return runtime;
        }
        catch
        {
            folder.Dispose();
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
    public Task<AppendResult> AppendAsync(string source, ReadOnlyMemory<byte> body, long? timestampMs = null)
    {
        long arrivedAt = options.Clock.GetTimestamp();
        if (Array.Find(collectors, c => c.Source.Name == source) is not { } collector)
        {
            return Task.FromResult(AppendResult.Refused(AppendOutcome.UnknownSource));
        }

        List<RejectedRecord> rejected = [];
        CollectedRecords? records = collector.Collect(body, timestampMs, rejected);
        return records is null
            ? Task.FromResult(AppendResult.Refused(AppendOutcome.RecordTooLarge))
            : Enqueue(new AppendRequest(records, rejected, arrivedAt));
    }

    /// <summary>Appends a deletion by key to a source: a record with the key and a null value.</summary>
    public Task<AppendResult> AppendTombstoneAsync(string source, string key, long? timestampMs = null)
    {
        int index = Array.FindIndex(collectors, c => c.Source.Name == source);
        if (index < 0)
        {
            return Task.FromResult(AppendResult.Refused(AppendOutcome.UnknownSource));
        }

        CompiledSource table = collectors[index].Source;
        if (table.Versioning is null || !KeyText.TryEncode(table, key, out byte[] bytes))
        {
            return Task.FromResult(AppendResult.Refused(AppendOutcome.NotVersioned));
        }

        CollectedRecords records = new(index, default) { Timestamp = timestampMs };
        records.AddTombstone(bytes);
        return Enqueue(new AppendRequest(records, [], options.Clock.GetTimestamp()));
    }

    /// <summary>Reads rows of a model, all of one moment between two steps. The rows are the caller's.</summary>
    public async Task<ViewAnswer> QueryAsync(string model, ViewQuery query)
    {
        if (Array.Find(views, v => v.Model.Name == model) is not { } view)
        {
            return ViewAnswer.Of(ViewOutcome.UnknownModel);
        }

        if (view.Check(query) is { } problem)
        {
            return ViewAnswer.Of(ViewOutcome.BadQuery, problem);
        }

        if (State != RuntimeState.Running)
        {
            return ViewAnswer.Of(State == RuntimeState.Recovering ? ViewOutcome.NotReady : ViewOutcome.Unavailable);
        }

        using ViewSnapshot? snapshot = await engineLoop.Between
            .Ask(() => view.Capture(query, engine, engineLoop.Position), null)
            .ConfigureAwait(false);
        return snapshot is null
            ? ViewAnswer.Of(ViewOutcome.Unavailable)
            : new ViewEvaluation(view, query).Answer(snapshot);
    }

    /// <summary>
    /// Completes with true when the engine has processed everything below a position (<see
    /// cref="AppendResult.EndPosition"/>): then every read sees it. False when it ends before.
    /// </summary>
    public Task<bool> WaitForAsync(long position) => engineLoop.Between.WaitFor(position);

    public RuntimeStatus GetStatus() =>
        new StatusBuilder(Project, graph, views, meters, engineLoop.Reading).Build(new RuntimeStatus
        {
            State = State,
            Fault = fault,
            NowMs = NowMs(),
            StartedMs = startedMs,
            Recovery = [.. folder.Recovery.Lines()],
            Sources = [],
            Models = [],
            Log = new LogStatus(
                folder.CommittedPosition, writer.Commits, writer.CommitLatency, queue.Count, queue.Bytes),
            Engine = new EngineStatus(0, 0, 0, 0),
        });

    /// <summary>
    /// Takes no more, commits what waits, processes what is committed, makes everything durable and gives the folder
    /// back. After a fault it closes as a killed process would.
    /// </summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref state, (int)RuntimeState.Stopped) == (int)RuntimeState.Stopped)
        {
            return;
        }

        flushTimer.Dispose();
        writer.Stop();
        writerThread.Join();
        engineLoop.Stop();
        engineThread.Join();
        CloseFolder(isClean: fault is null);
    }

    /// <summary>Stops.</summary>
    public void Dispose() => Stop();

    /// <summary>Ends as a killed process would: nothing is flushed, nobody answered. For tests of recovery.</summary>
    internal void Abandon()
    {
        fault = "abandoned";
        Stop();
    }

    private Task<AppendResult> Enqueue(AppendRequest request)
    {
        if (request.Records.Count == 0)
        {
            request.Commit(folder.CommittedPosition);
            return request.Answer;
        }

        AppendOutcome outcome = State is RuntimeState.Recovering or RuntimeState.Running
            ? queue.TryAdd(request)
            : AppendOutcome.Unavailable;
        if (outcome != AppendOutcome.Committed)
        {
            request.Refuse(outcome);
        }

        return request.Answer;
    }

    private void BecomeReady()
    {
        Interlocked.CompareExchange(ref state, (int)RuntimeState.Running, (int)RuntimeState.Recovering);
        ready.TrySetResult();
    }

    // Whatever ends a thread before its time ends the runtime: half of it alone would promise what it cannot keep.
    private void Guard(Action run)
    {
        try
        {
            run();
        }
        catch (Exception e)
        {
            // A fault of the world says what happened; of a bug one wants to know where.
            fault ??= e is Storage.Disk.StorageFault or ReplayFault ? e.Message : e.ToString();
            Interlocked.CompareExchange(ref state, (int)RuntimeState.Faulted, (int)RuntimeState.Running);
            Interlocked.CompareExchange(ref state, (int)RuntimeState.Faulted, (int)RuntimeState.Recovering);
            ready.TrySetException(e);
            _ = ready.Task.Exception;
            faulted.TrySetResult();
            writer.Stop();
            engineLoop.Stop();
        }

        if (Thread.CurrentThread == writerThread)
        {
            writer.RefuseAll();
        }
        else
        {
            engineLoop.Between.Close();
        }
    }

    private void Flush()
    {
        if (Interlocked.Exchange(ref flushing, 1) == 1)
        {
            return;
        }

        try
        {
            folder.Flush();
        }
        catch (Storage.Disk.StorageFault e)
        {
            // The folder is poisoned now: the next commit fails and ends the runtime.
            fault ??= e.Message;
            writer.RequestTick();
        }
        finally
        {
            Volatile.Write(ref flushing, 0);
        }
    }

    private void CloseFolder(bool isClean)
    {
        try
        {
            if (isClean)
            {
                folder.Close();
            }
        }
        finally
        {
            folder.Dispose();
            workers.Dispose();
            queue.Dispose();
            engineLoop.Dispose();
        }
    }

    private long NowMs() => options.Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
