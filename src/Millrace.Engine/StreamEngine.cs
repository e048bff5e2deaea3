using Millrace.Engine.Flow;
using Millrace.Engine.Pipelines;
using Millrace.Engine.Snapshots;
using Millrace.Engine.Topics;

namespace Millrace.Engine;

/// <summary>
/// Runs the models of a graph over records, step by step. Its state and what it puts out are a pure function of the
/// inputs, in order of position: how they are cut into steps and how many workers there are changes nothing. One
/// thread at a time.
/// </summary>
public sealed class StreamEngine
{
    private readonly LaneRunner runner;
    private readonly EngineOptions options;
    private readonly TopicState[] topics;
    private readonly TopicDecoder[][] decoders;
    private readonly ModelRunner[] models;
    private readonly EngineStatistics statistics;
    private readonly bool[] isRead;
    private readonly DuplicateFilter?[] duplicates;
    private readonly RoundCutter cutter;
    private readonly BadRows badRows;
    private readonly Action<int> decode;
    private readonly bool[][] needs;
    private StepInput input = null!;
    private int source;
    private int from;
    private int to;
    private readonly EngineState state;
    private readonly HashSet<string> restoredSources = new(StringComparer.Ordinal);
    private EngineSnapshot? snapshot;
    private bool mustBeFull = true;
    private bool hasStepped;
    private long lastPosition = long.MinValue;
    private long roundPosition;
    private int finished;

    public StreamEngine(EngineGraph graph, IWorkers workers, EngineOptions? options = null)
    {
        Graph = graph;
        this.options = options ?? EngineOptions.Default;
        statistics = new EngineStatistics(graph);
        isRead = [.. graph.Topics.Select(t => IsRead(graph, t))];
        runner = new LaneRunner(workers, this.options.FewestRowsPerLane);
        cutter = new RoundCutter(graph.Sources.Count, this.options.RowsPerLane * workers.Count);
        badRows = new BadRows(graph, statistics);
        needs = NeedsOf(graph);
        topics = [.. graph.Topics.Select((t, i) => new TopicState(t, needs[i], workers.Count, statistics.Topics[i]))];
        ModelPipelines[] pipelines = Compile(graph, workers.Count, needs);
        models = [.. graph.Models.Select((m, i) => Runner(m, pipelines[i], statistics.Models[i]))];
        decoders = [.. graph.Sources.Select((s, i) => Decoders(s, i, needs[i]))];
        duplicates = [.. graph.Sources.Select((s, i) => Duplicates(s, needs[i]))];
        state = new EngineState(graph, topics, duplicates, models);
        decode = DecodeLane;
    }

    public EngineGraph Graph { get; }

    /// <summary>The position of the last record or clock reading that was processed; <see cref="long.MinValue"/> before
    /// the first.</summary>
    public long LastPosition => lastPosition;

    /// <summary>
    /// The position of the last record or clock reading whose effects are in a model's rows, given out and live: within
    /// a step, where <see cref="IStepOutput.Readable"/> is called, models are ahead of those that read them.
    /// </summary>
    /// <param name="model">The model's name.</param>
    public long PositionOf(string model) => IndexOfModel(model) < finished ? roundPosition : lastPosition;

    /// <summary>What was counted up to now; the same object each time, brought up to date. Between steps.</summary>
    public EngineStatistics Statistics
    {
        get
        {
            foreach (ModelRunner model in models)
            {
                model.Count();
            }

            for (int i = 0; i < decoders.Length; i++)
            {
                TopicStatistics topic = statistics.Topics[i];
                topic.StateBytes = duplicates[i]?.State.Count().StateBytes ?? 0;
                topic.DecodeFallbacks = topic.EarlierFallbacks + decoders[i].Sum(d => d.Fallbacks);
                topic.TimestampForms = decoders[i].Aggregate(
                    topic.EarlierForms, (forms, d) => forms | d.TimestampForms);
            }

            return statistics;
        }
    }

    /// <summary>
    /// The columns of a source that are decoded, because somebody reads them: a record is bad when one of these does
    /// not fit, whatever stands in the others.
    /// </summary>
    /// <param name="source">Its place in <see cref="EngineGraph.Sources"/>.</param>
    public IReadOnlyList<int> ColumnsRead(int source) =>
        [.. Enumerable.Range(0, needs[source].Length).Where(c => needs[source][c])];

    /// <summary>Processes a step's records and clock readings completely: when it returns, all that follows from them
    /// is out.</summary>
    public void Step(StepInput input, IStepOutput output)
    {
        this.input = input;
        hasStepped = true;
        cutter.Begin(input);
        while (cutter.TryNext(out Round round))
        {
            Run(round, output);
            lastPosition = round.FinalPosition;
            finished = 0;
        }
    }

    /// <summary>
    /// Begins a snapshot of the state as it is now, between steps. Steps may go on while it is written by
    /// <see cref="EngineSnapshot.Advance"/>; what they change is saved before. One at a time.
    /// </summary>
    /// <param name="full">All state; else what changed since the snapshot before, which this one then builds
    /// upon.</param>
    /// <param name="sink">Where it goes.</param>
    public EngineSnapshot BeginSnapshot(bool full, ISnapshotSink sink)
    {
        if (snapshot is { IsComplete: false, IsAbandoned: false })
        {
            throw new InvalidOperationException("the snapshot before has not been finished");
        }

        bool isFull = full || mustBeFull;
        mustBeFull = false;
        _ = Statistics;
        SnapshotWriter head = state.Begin(isFull, lastPosition);
        snapshot = new EngineSnapshot(
            [.. state.Parts.Select(p => p.Part)], head, isFull, lastPosition, sink, () => mustBeFull = true);
        return snapshot;
    }

    /// <summary>
    /// Takes over the state of an engine of the same models, or of some of the same, before the first step: at any
    /// number of workers. May be called again for other models with blocks of another engine that had come to the same
    /// position; what a source has from the first call it keeps.
    /// </summary>
    /// <param name="blocks">The blocks of a full snapshot and of all that build upon it, in the order in which they
    /// were written. Each need be good only until the next is asked for.</param>
    /// <param name="models">Which models shall have their state again; null for all.</param>
    /// <exception cref="SnapshotDamagedException">The blocks are not such.</exception>
    public RestoreReport Restore(IEnumerable<ReadOnlyMemory<byte>> blocks, Func<string, bool>? models = null)
    {
        if (hasStepped)
        {
            throw new InvalidOperationException("an engine that has made a step has state of its own");
        }

        bool isWhole = models is null && restoredSources.Count == 0;
        RestoreReport report = new EngineRestore(state, models, restoredSources, options.RestoreBytes).Run(blocks);
        lastPosition = Math.Max(lastPosition, report.Position);
        mustBeFull = !isWhole || report.Refused.Count > 0;
        return report;
    }

    /// <summary>
    /// The rows of a model's open windows as they would be if the windows closed now. Between steps, or where
    /// <see cref="IStepOutput.Readable"/> is called.
    /// </summary>
    /// <param name="model">The model's name.</param>
    /// <param name="key">The raw bytes of the topic's key.</param>
    /// <returns>The rows by window end, then group key; good until the next call. Empty for a model without a
    /// window.</returns>
    public OutputRows ReadLive(string model, ReadOnlySpan<byte> key) =>
        models[IndexOfModel(model)].Live.Read(key.ToArray(), PositionOf(model));

    /// <summary>The same for all keys.</summary>
    public OutputRows ReadAllLive(string model) => 
        models[IndexOfModel(model)].Live.Read(null, PositionOf(model));

    private void Run(in Round round, IStepOutput output)
    {
        for (source = 0; source < Graph.Sources.Count; source++)
        {
            Decode();
            Advance(source, round);
        }

        roundPosition = round.FinalPosition;
        for (int m = 0; m < models.Length; m++)
        {
            finished = m + 1;
            models[m].Run(output, badRows.Reports);
            output.Readable();
            int topic = Graph.Sources.Count + m;
            if (isRead[topic])
            {
                Advance(topic, round);
            }
        }

        badRows.Write(input, topics, output);
        foreach (ModelRunner model in models)
        {
            model.EndRound();
        }
    }

    private void Decode()
    {
        (from, to) = (cutter.From(source), cutter.To(source));
        runner.Run(runner.IsWorthSharing(to - from), decode);
        TopicStatistics counts = statistics.Topics[source];
        int dropped = duplicates[source]?.Drop(input.Sources[source], from, to, topics[source].Rows.Slices) ?? 0;
        counts.Rows += to - from - dropped;
        counts.Duplicates += dropped;
        foreach (TopicDecoder decoder in decoders[source])
        {
            badRows.Reports.AddRange(decoder.Bad);
            decoder.Bad.Clear();
            counts.Tombstones += decoder.TakeTombstones();
        }
    }

    private void DecodeLane(int lane)
    {
        TopicSlice slice = topics[source].Rows.Slices[lane];
        int first = from + runner.Start(lane, to - from);
        int last = from + runner.Start(lane + 1, to - from);
        decoders[source][lane].Decode(input.Sources[source], first, last, slice);
        duplicates[source]?.Prepare(lane, slice);
    }

    private void Advance(int topic, in Round round)
    {
        topics[topic].Advance(round);
        if (options.CheckProtocol)
        {
            ProtocolChecks.Verify(topics[topic].Rows);
        }
    }

    private ModelRunner Runner(ModelSpec model, ModelPipelines pipelines, ModelStatistics counts)
    {
        int topic = Graph.IndexOfTopic(model.Topic);
        TopicRows rows = topics[topic].Rows;
        TopicRows[] all = [.. topics.Select(t => t.Rows)];
        TopicRows input = all[pipelines.Main.Topic];
        TopicSink sink = new(model, rows, input, isRead[topic], counts, statistics.Topics[topic], runner.Count);
        return new ModelRunner(model, rows.Spec, pipelines, all, sink, runner, options, counts);
    }

    // From the last model up, so that what is read of a model's topic is known before the model is laid out.
    private static ModelPipelines[] Compile(EngineGraph graph, int lanes, bool[][] needs)
    {
        PipelineCompiler compiler = new(graph, lanes, needs);
        ModelPipelines[] pipelines = new ModelPipelines[graph.Models.Count];
        for (int m = pipelines.Length - 1; m >= 0; m--)
        {
            pipelines[m] = compiler.Compile(graph.Models[m]);
        }

        return pipelines;
    }

    private TopicDecoder[] Decoders(TopicSpec spec, int topic, bool[] needed) =>
        [.. Enumerable.Range(0, runner.Count).Select(_ => new TopicDecoder(spec, topic, needed))];

    private DuplicateFilter? Duplicates(TopicSpec spec, bool[] needed) =>
        spec.Dedup is null ? null : new DuplicateFilter(spec, needed, runner.Count);

    private static bool IsRead(EngineGraph graph, TopicSpec topic) =>
        topic.Watermark is not null || graph.Models.Any(m => EngineGraph.InputsOf(m).Contains(topic.Name));

    private static bool[][] NeedsOf(EngineGraph graph)
    {
        bool[][] needs = [.. graph.Topics.Select(t => new bool[t.Schema.Count])];
        for (int t = 0; t < needs.Length; t++)
        {
            if (graph.Topics[t].Watermark is { } rule)
            {
                needs[t][rule.Column] = true;
            }

            if (graph.Topics[t].Dedup is { } dedup)
            {
                needs[t][dedup.KeyColumn] = true;
            }

            foreach (int column in graph.Topics[t].AlsoRead)
            {
                needs[t][column] = true;
            }
        }

        return needs;
    }

    private int IndexOfModel(string name)
    {
        for (int i = 0; i < Graph.Models.Count; i++)
        {
            if (Graph.Models[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"no model {name}", nameof(name));
    }
}
