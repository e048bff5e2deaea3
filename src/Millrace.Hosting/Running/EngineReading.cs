using Millrace.Engine;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Projects;

namespace Millrace.Hosting.Running;

/// <summary>
/// A copy of a run's counters, readable by any thread: the statuses of its tables but for what goes on without steps.
/// </summary>
internal sealed record EngineReading(
    long Position,
    long Steps,
    TimeSpan Stepping,
    IReadOnlyList<SourceStatus> Sources,
    IReadOnlyList<ModelStatus> Models)
{
    /// <summary>When, in the clock's timestamps.</summary>
    public long TakenAt { get; init; }

    /// <summary>On the engine's thread, between steps.</summary>
    public static EngineReading Take(ProjectRun run, long steps, TimeSpan stepping, long takenAt)
    {
        EngineStatistics counted = run.Engine.Statistics;
        int sources = run.Graph.Sources.Count;
        return new EngineReading(
            run.Position,
            steps,
            stepping,
            [.. run.Intakes.Select((s, i) => Source(s.Source, counted.Topics[i]))],
            [.. run.Views.Select((v, i) => Model(v, counted.Models[i], counted.Topics[sources + i]))])
        {
            TakenAt = takenAt,
        };
    }

    private static SourceStatus Source(CompiledSource source, TopicStatistics topic) => new()
    {
        Name = source.Name,
        Topic = source.Topic.Name,
        Partitions = source.Topic.Partitions,
        IsVersionedOnly = source.IsVersionedOnly,
        Records = topic.Rows,
        Bad = topic.Bad,
        Tombstones = topic.Tombstones,
        DecodeFallbacks = topic.DecodeFallbacks,
        Duplicates = topic.Duplicates,
        StateBytes = topic.StateBytes,
        WatermarkMs = KnownTime(topic.Watermark),
        MaxEventTimeMs = KnownTime(topic.MaxEventTime),
    };

    private static ModelStatus Model(ModelView view, ModelStatistics model, TopicStatistics topic) => new()
    {
        Name = view.Model.Name,
        Topic = view.Model.Topic.Name,
        RowsIn = model.RowsIn,
        RowsOut = model.RowsOut,
        Late = model.Late,
        Bad = model.Bad,
        Unmatched = model.Unmatched,
        LateVersions = model.LateVersions,
        OpenWindows = model.OpenWindows,
        OpenGroups = model.OpenGroups,
        Versions = model.Versions,
        StateBytes = model.StateBytes,
        Operators = [.. model.Operators.Select(o => new OperatorStatus(o.Name, o.Kind, o.Rows, o.StateBytes))],
        ViewRows = view.Final.End - view.Final.First,
        ViewBytes = view.Final.MemoryBytes,
        IsViewComplete = view.Final.IsComplete,
        LastRowMs = view.LastRowMs,
        WatermarkMs = KnownTime(topic.Watermark),
        MaxEventTimeMs = KnownTime(topic.MaxEventTime),
    };

    private static long? KnownTime(long ms) => ms is long.MinValue or long.MaxValue ? null : ms;
}
