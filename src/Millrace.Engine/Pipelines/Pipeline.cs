using Millrace.Engine.Flow;
using Millrace.Engine.Operators;

namespace Millrace.Engine.Pipelines;

/// <summary>
/// A scan, row operators in segments, and window aggregates between the segments. A round takes the topic's slices
/// through it: each lane runs a segment over its slice, the lanes meet at a window, and each takes a part of the
/// window's rows into the next segment.
/// </summary>
internal sealed class Pipeline
{
    private readonly PipelineDraft draft;
    private readonly ModelSpec model;
    private readonly LaneRunner runner;
    private readonly EngineOptions options;
    private readonly IPipelineSink sink;
    private readonly Lane[] lanes;
    private readonly RowOperator[][][] operators;
    private readonly WindowRowBuilder[][] builders;
    private readonly Action<int> runSegment;
    private readonly Action<int> updateWindow;
    private TopicRows input = null!;
    private int segment;
    private int from;
    private int to;

    /// <param name="name">What its windows' names begin with; empty for a model's main line.</param>
    /// <param name="draft">The pipeline as laid out.</param>
    /// <param name="model">The model.</param>
    /// <param name="sink">Where its rows go.</param>
    /// <param name="runner">The workers.</param>
    /// <param name="options">How the engine works.</param>
    public Pipeline(
        string name,
        PipelineDraft draft,
        ModelSpec model,
        IPipelineSink sink,
        LaneRunner runner,
        EngineOptions options)
    {
        this.draft = draft;
        this.model = model;
        this.sink = sink;
        this.runner = runner;
        this.options = options;
        lanes = [.. Enumerable.Range(0, runner.Count).Select(i => new Lane(i, draft.Topic, model))];
        operators = [.. draft.Segments.Select(s => lanes.Select(l => s.Select(o => o.Create(l)).ToArray()).ToArray())];
        Windows = [.. draft.Windows.Select((w, i) => new WindowAggregateOperator(
            $"{name}window {i}", w.Node, w.Needed, w.LiveKey, options.SessionZone, lanes, RunOwners))];
        builders = [.. Windows.Select(w => lanes.Select(_ => w.Closing.NewBuilder(w.Needed)).ToArray())];
        runSegment = RunSegment;
        updateWindow = owner => Windows[segment].Update(owner);
    }

    /// <summary>The index of the topic that it reads.</summary>
    public int Topic => draft.Topic;

    public WindowAggregateOperator[] Windows { get; }

    /// <summary>Left rows of joins that met no version. Set to what a snapshot says before the first step.</summary>
    public long Unmatched
    {
        get => lanes.Sum(l => l.Unmatched);
        set => lanes[0].Unmatched = value;
    }

    /// <summary>Processes a round of the topic.</summary>
    public void Run(TopicRows topic, IStepOutput output, List<BadReport> bad)
    {
        input = topic;
        int rows = topic.Count;
        for (segment = 0; segment < Windows.Length; segment++)
        {
            from = 0;
            to = rows;
            RunLanes(rows, bad);
            Windows[segment].WriteLate(model, topic, output);
            runner.Run(runner.IsWorthSharing(rows), updateWindow);
            bool isReadable = segment == Windows.Length - 1 && !sink.NeedsWholeRound;
            Windows[segment].Close(topic, isReadable ? output : null, options.RowsPerLane * runner.Count);
            rows = Windows[segment].Closing.Count;
        }

        int part = Windows.Length == 0 || sink.NeedsWholeRound ? Math.Max(1, rows) : options.RowsPerLane * runner.Count;
        for (from = 0; from < rows; from += part)
        {
            to = Math.Min(rows, from + part);
            RunLanes(to - from, bad);
            sink.Complete();
            if (to < rows)
            {
                Windows[^1].Closing.Given = to;
                output.Readable();
            }
        }

        if (rows == 0)
        {
            SinkNothing();
        }

        foreach (WindowAggregateOperator window in Windows)
        {
            window.EndRound();
        }
    }

    private void RunOwners(Action<int> action) => runner.Run(runner.Count > 1, action);

    private void SinkNothing()
    {
        for (int lane = 0; lane < lanes.Length; lane++)
        {
            sink.Accept(lane, null);
        }

        sink.Complete();
    }

    private void RunLanes(int rows, List<BadReport> bad)
    {
        runner.Run(runner.IsWorthSharing(rows), runSegment);
        foreach (Lane lane in lanes)
        {
            bad.AddRange(lane.Bad);
            lane.Bad.Clear();
        }
    }

    private void RunSegment(int lane)
    {
        FlowBatch? flow = Source(lane);
        RowOperator[] chain = operators[segment][lane];
        for (int i = 0; i < chain.Length && flow is not null; i++)
        {
            lanes[lane].Operator = i + (segment << 16);
            FlowBatch next = chain[i].Process(flow);
            flow = next.Count > 0 ? next : null;
            Check(flow, draft.Segments[segment][i]);
        }

        if (segment == Windows.Length)
        {
            sink.Accept(lane, flow);
        }
        else if (flow is not null)
        {
            lanes[lane].Operator = chain.Length + (segment << 16);
            Windows[segment].Prepare(lane, flow, input);
        }
    }

    private FlowBatch? Source(int lane)
    {
        if (segment == 0)
        {
            FlowBatch slice = input.Slices[lane].Flow;
            return slice.Count > 0 ? slice : null;
        }

        int first = from + runner.Start(lane, to - from);
        int last = from + runner.Start(lane + 1, to - from);
        return first < last ? Windows[segment - 1].Closing.Build(first, last, builders[segment - 1][lane]) : null;
    }

    private void Check(FlowBatch? flow, OperatorDraft from)
    {
        if (options.CheckProtocol && flow is not null)
        {
            ProtocolChecks.Verify(flow, from.Node, from.Needed);
        }
    }
}
