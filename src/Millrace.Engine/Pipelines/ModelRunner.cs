using Millrace.Engine.Flow;
using Millrace.Engine.Operators;
using Millrace.Engine.State;

namespace Millrace.Engine.Pipelines;

/// <summary>Runs one model: the right sides of its joins first, so that every version is known, then its main
/// line.</summary>
internal sealed class ModelRunner
{
    private readonly ModelStatistics statistics;
    private readonly TopicRows[] topics;
    private readonly Pipeline[] sides;
    private readonly VersionStore[] stores;
    private readonly VersionWriter[] writers;
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
        stores = [.. pipelines.Versions.Select(v => v.Store)];
        sides = [.. pipelines.Versions.Select(v => new Pipeline(
            v.Pipeline, model, new VersionSink(v.Writer, topics[v.Pipeline.Topic], runner.Count), runner, options))];
        main = new Pipeline(pipelines.Main, model, sink, runner, options);
        Live = new LiveReader(pipelines.Main, main, topic, model);
    }

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
        foreach (VersionStore store in stores)
        {
            store.EndRound();
        }
    }

    /// <summary>Takes the counts of the state.</summary>
    public void Count()
    {
        IEnumerable<Pipeline> pipelines = sides.Append(main);
        WindowAggregateOperator[] windows = [.. pipelines.SelectMany(p => p.Windows)];
        statistics.Late = windows.Sum(w => w.LateCount);
        statistics.Unmatched = pipelines.Sum(p => p.Unmatched);
        statistics.OpenWindows = windows.Sum(w => w.OpenWindows);
        statistics.OpenGroups = windows.Sum(w => w.OpenGroups);
        statistics.LateVersions = stores.Sum(s => s.LateCount);
        statistics.OutdatedVersions = writers.Sum(w => w.OutdatedCount);
        statistics.Versions = stores.Sum(s => s.Count);
        statistics.StateBytes = windows.Sum(w => w.StateBytes) + stores.Sum(s => s.StateBytes);
    }

    private void Run(Pipeline pipeline, IStepOutput output, List<BadReport> bad)
    {
        TopicRows input = topics[pipeline.Topic];
        statistics.RowsIn += input.Count;
        pipeline.Run(input, output, bad);
    }
}
