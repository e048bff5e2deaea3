using Millrace.Engine;
using Millrace.Hosting.Collecting;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Storage.Folders;

namespace Millrace.Hosting.Running;

/// <summary>
/// One project over a data folder: its engine, what it reads, the topics and views that it writes. When the project
/// changes another one takes its place between two steps; a second one may run beside it. Belongs to the engine's
/// thread, but for what is said to be readable by others.
/// </summary>
internal sealed class ProjectRun
{
    private readonly DataFolder folder;
    private readonly StepSink sink;
    private volatile EngineReading reading;
    private readonly StateOnly state = new();
    private StepFeed? feed;
    private long writesFrom;
    private ReplaySink? replay;

    /// <param name="project">What to run.</param>
    /// <param name="folder">Where.</param>
    /// <param name="topics">The project's topics in that folder.</param>
    /// <param name="workers">Who runs the parts of a step.</param>
    /// <param name="options">The runtime's.</param>
    /// <param name="meters">By source, of the whole process.</param>
    /// <param name="rows">The readable rows that a model begins with, by its name; null for none.</param>
    public ProjectRun(
        CompiledProject project, DataFolder folder, FolderTopics topics, IWorkers workers, RuntimeOptions options,
        SourceMeters meters, Func<string, RowStore?>? rows = null)
    {
        Project = project;
        this.folder = folder;
        Topics = topics;
        Graph = topics.Graph;
        Engine = new StreamEngine(Graph, workers);
        long viewBytes = options.ViewBytesOf(Graph.Models.Count);
        Views =
        [
            .. Graph.Models.Select(m => new ModelView(project.FindModel(m.Name)!, viewBytes, rows?.Invoke(m.Name))),
        ];
        Intakes =
        [
            .. Graph.Sources.Select((s, i) => new SourceIntake(
                new Collector(project.FindSource(s.Name)!, Engine.ColumnsRead(i), options.MaxRecordBytes),
                topics.Sources[i],
                meters.Of(s.Name))),
        ];
        ReadsClock = Graph.Topics.Any(t => t.IdleAfterMs is not null || t.CloseWhenIdle);
        sink = new StepSink(topics, Views);
        reading = EngineReading.Take(this, 0, TimeSpan.Zero, 0);
    }

    /// <summary>Readable by any thread.</summary>
    public CompiledProject Project { get; }

    /// <summary>Readable by any thread.</summary>
    public EngineGraph Graph { get; }

    public StreamEngine Engine { get; }

    public FolderTopics Topics { get; }

    /// <summary>In the order of the graph's models; the list may be read by any thread.</summary>
    public IReadOnlyList<ModelView> Views { get; }

    /// <summary>
    /// Everything below has been processed for a model: within a step a model may be ahead of <see cref="Position"/>.
    /// </summary>
    public long PositionOf(ModelView view) => Math.Max(Position, Engine.PositionOf(view.Model.Name) + 1);

    /// <summary>In the order of the graph's sources. Readable by any thread.</summary>
    public IReadOnlyList<SourceIntake> Intakes { get; }

    /// <summary>Everything below has been processed.</summary>
    public long Position { get; private set; }

    /// <summary>The offsets behind the sources' last records below the position, by source and partition.</summary>
    public IReadOnlyList<long[]> SourceEnds => Feed.Ends;

    /// <summary>How many clock readings the last step had.</summary>
    public int LastTicks => Feed.Input.Ticks.Count;

    /// <summary>Whether readings of the clock may close a window.</summary>
    public bool ReadsClock { get; }

    /// <summary>What was counted when last looked at. Readable by any thread.</summary>
    public EngineReading Reading
    {
        get => reading;
        set => reading = value;
    }

    /// <summary>Any thread. The way into a source, or null.</summary>
    public SourceIntake? IntakeOf(string source) => Intakes.FirstOrDefault(i => i.Source.Name == source);

    /// <summary>Any thread. The view of a model, or null.</summary>
    public ModelView? ViewOf(string model) => Views.FirstOrDefault(v => v.Model.Name == model);

    private StepFeed Feed => feed ?? throw new InvalidOperationException("not started");

    /// <summary>Before the first step: begins at a position up to which the engine's state is there.</summary>
    /// <param name="position">In the ledger.</param>
    /// <param name="ends">The offsets behind the sources' last records below, by source and partition; null for
    /// zeros.</param>
    public void StartAt(long position, IReadOnlyList<long[]>? ends = null)
    {
        sink.Feed = feed = new StepFeed(folder.OpenPositions(position), Topics.Sources, Graph);
        Position = position;
        for (int s = 0; s < ends?.Count; s++)
        {
            ends[s].CopyTo(feed.Ends[s], 0);
        }
    }

    /// <summary>
    /// The steps from here to <see cref="EndReplay"/> were done before, and the topics are set back to where they
    /// began.
    /// </summary>
    /// <param name="checkInterval">Of so many rows of a model some are compared; of 1, all are.</param>
    /// <param name="from">The position from which on steps write; those below only make the state.</param>
    public void BeginReplay(long checkInterval, long from)
    {
        replay = new ReplaySink(sink, Topics, checkInterval);
        writesFrom = from;
    }

    /// <summary>The steps to come are new.</summary>
    public void EndReplay() => replay = null;

    /// <summary>
    /// Processes what is committed, at most so many records and below a position; false when there is nothing. Who
    /// calls it commits the step.
    /// </summary>
    /// <param name="maxRecords">Records and clock readings.</param>
    /// <param name="until">A position.</param>
    /// <param name="nowMs">The time, for rates; null when the rows do not count as new.</param>
    /// <param name="answerReads">Called now and then within the step, where rows can be read; null for
    /// nothing.</param>
    public bool TryStep(
        int maxRecords, long until = long.MaxValue, long? nowMs = null, Action? answerReads = null)
    {
        bool writes = Position >= writesFrom;
        if (!Feed.TryFill(maxRecords, writes ? until : Math.Min(until, writesFrom)))
        {
            return false;
        }

        sink.NowMs = nowMs;
        sink.AnswerReads = answerReads;
        Engine.Step(Feed.Input, !writes ? state : replay is null ? sink : replay);
        Position = Feed.NextPosition;
        return true;
    }
}
