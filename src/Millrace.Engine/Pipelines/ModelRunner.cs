using Millrace.Engine.Flow;
using Millrace.Engine.Operators;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;

namespace Millrace.Engine.Pipelines;

/// <summary>Runs one model: the right sides of its joins first, so that every version is known, then its main
/// line.</summary>
internal sealed class ModelRunner
{
    private readonly ModelStatistics statistics;
    private readonly TopicRows[] topics;
    private readonly Pipeline[] sides;
    private readonly VersionWriter[] writers;
    private readonly WindowAggregateOperator[] windows;
    private readonly Pipeline main;
    private readonly TopicSink sink;

    public ModelRunner(
        ModelSpec model,
        TopicSpec topic,
        ModelPipelines pipelines,
        TopicRows[] topics,
        TopicSink sink,
        LaneRunner runner,
        EngineOptions options,
        ModelStatistics statistics)
    {
        this.topics = topics;
        this.sink = sink;
        this.statistics = statistics;
        writers = [.. pipelines.Versions.Select(v => v.Writer)];
        sides = [.. pipelines.Versions.Select((v, i) => new Pipeline(
            $"versions {i} ",
            v.Pipeline,
            model,
            new VersionSink(v.Writer, topics[v.Pipeline.Topic], runner.Count),
            runner,
            options))];
        main = new Pipeline("", pipelines.Main, model, sink, runner, options);
        windows = [.. sides.Append(main).SelectMany(p => p.Windows)];
        Live = new LiveReader(pipelines.Main, main, topic, model);
        Parts =
        [
            .. pipelines.Versions.Select((v, i) => new VersionState($"versions {i}", v.Node, v.Writer)),
            .. windows.Select(w => w.State),
        ];
    }

    /// <summary>The operators that keep state, from the scans up.</summary>
    public IReadOnlyList<IStatePart> Parts { get; }

    /// <summary>Reads live rows.</summary>
    public LiveReader Live { get; }

    public void Run(IStepOutput output, List<BadReport> bad)
    {
        int badBefore = bad.Count;
        sink.Output = output;
        foreach (Pipeline side in sides)
        {
            Run(side, output, bad);
        }

        Run(main, output, bad);
        statistics.Bad += bad.Count - badBefore;
    }

    /// <summary>Ends a round, when nobody reads its rows any more.</summary>
    public void EndRound()
    {
        foreach (VersionWriter writer in writers)
        {
            writer.Store.EndRound();
        }
    }

    /// <summary>Takes the counts of the state.</summary>
    public void Count()
    {
        statistics.Late = windows.Sum(w => w.LateCount);
        statistics.Unmatched = sides.Append(main).Sum(p => p.Unmatched);
        statistics.OpenWindows = windows.Sum(w => w.OpenWindows);
        statistics.OpenGroups = windows.Sum(w => w.OpenGroups);
        statistics.LateVersions = writers.Sum(w => w.Store.LateCount);
        statistics.OutdatedVersions = writers.Sum(w => w.OutdatedCount);
        statistics.Versions = writers.Sum(w => w.Store.Count);
        statistics.Operators = [.. Parts.Select(p => p.Count())];
        statistics.StateBytes = statistics.Operators.Sum(o => o.StateBytes);
    }

    /// <summary>Writes the counts that are no operator's.</summary>
    public void SaveCounts(SnapshotWriter head)
    {
        Count();
        head.Unsigned((ulong)statistics.RowsIn);
        head.Unsigned((ulong)statistics.RowsOut);
        head.Unsigned((ulong)statistics.Bad);
        head.Unsigned((ulong)statistics.Unmatched);
    }

    public void LoadCounts(SnapshotReader head)
    {
        statistics.RowsIn = (long)head.Unsigned();
        statistics.RowsOut = (long)head.Unsigned();
        statistics.Bad = (long)head.Unsigned();
        main.Unmatched = (long)head.Unsigned();
    }

    private void Run(Pipeline pipeline, IStepOutput output, List<BadReport> bad)
    {
        TopicRows input = topics[pipeline.Topic];
        statistics.RowsIn += input.Count;
        pipeline.Run(input, output, bad);
    }
}
