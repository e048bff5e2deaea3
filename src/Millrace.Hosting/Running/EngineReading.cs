using Millrace.Engine;
using Millrace.Hosting.Views;

namespace Millrace.Hosting.Running;

/// <summary>A copy of the engine's counters, readable by any thread.</summary>
internal sealed record EngineReading(
    long Position,
    long Steps,
    TimeSpan Stepping,
    IReadOnlyList<TopicReading> Topics,
    IReadOnlyList<ModelReading> Models)
{
    /// <summary>When, in the clock's timestamps.</summary>
    public long TakenAt { get; init; }

    /// <summary>On the engine's thread, between steps.</summary>
    public static EngineReading Take(
        StreamEngine engine, IReadOnlyList<ModelView> views, long position, long steps, TimeSpan stepping) => new(
        position,
        steps,
        stepping,
        [.. engine.Statistics.Topics.Select(t => new TopicReading(
            t.Rows, t.Bad, t.Tombstones, t.DecodeFallbacks, KnownTime(t.Watermark), KnownTime(t.MaxEventTime)))],
        [.. engine.Statistics.Models.Select((m, i) => ModelReading.Of(m, views[i]))]);

    private static long? KnownTime(long ms) => ms is long.MinValue or long.MaxValue ? null : ms;
}

/// <summary>Counters of a topic; times in ms since the epoch.</summary>
internal sealed record TopicReading(
    long Rows, long Bad, long Tombstones, long DecodeFallbacks, long? WatermarkMs, long? MaxEventTimeMs);

/// <summary>Counters of a model and of its readable rows.</summary>
internal sealed record ModelReading
{
    public required long RowsIn { get; init; }

    public required long RowsOut { get; init; }

    public required long Late { get; init; }

    public required long Bad { get; init; }

    public required long Unmatched { get; init; }

    public required long LateVersions { get; init; }

    public required long OpenWindows { get; init; }

    public required long OpenGroups { get; init; }

    public required long Versions { get; init; }

    public required long StateBytes { get; init; }

    public required long ViewRows { get; init; }

    public required long ViewBytes { get; init; }

    public required bool IsViewComplete { get; init; }

    public required long? LastRowMs { get; init; }

    public static ModelReading Of(ModelStatistics model, ModelView view) => new()
    {
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
        ViewRows = view.Final.End - view.Final.First,
        ViewBytes = view.Final.MemoryBytes,
        IsViewComplete = view.Final.IsComplete,
        LastRowMs = view.LastRowMs,
    };
}
