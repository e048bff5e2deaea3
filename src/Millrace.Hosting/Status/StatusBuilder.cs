using Millrace.Engine;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Running;
using Millrace.Hosting.Views;
using Millrace.Projects;

namespace Millrace.Hosting.Status;

/// <summary>Puts a status together from what the threads have counted.</summary>
internal sealed class StatusBuilder(
    CompiledProject project,
    EngineGraph graph,
    IReadOnlyList<ModelView> views,
    SourceMeters meters,
    EngineReading reading)
{
    /// <param name="status">The status without sources, models and engine.</param>
    public RuntimeStatus Build(RuntimeStatus status) => status with
    {
        Sources = [.. graph.Sources.Select((s, i) => Source(project.FindSource(s.Name)!, i, status.NowMs))],
        Models = [.. graph.Models.Select((_, i) => Model(i, status.NowMs))],
        Engine = new EngineStatus(
            reading.Position,
            Math.Max(0, status.Log.CommittedPosition - reading.Position),
            reading.Steps,
            reading.Stepping.TotalSeconds),
    };

    private SourceStatus Source(CompiledSource source, int index, long nowMs)
    {
        TopicReading topic = reading.Topics[index];
        return new SourceStatus
        {
            Name = source.Name,
            Topic = source.Topic.Name,
            Partitions = source.Topic.Partitions,
            IsVersionedOnly = source.IsVersionedOnly,
            Records = topic.Rows,
            Bad = topic.Bad,
            Tombstones = topic.Tombstones,
            DecodeFallbacks = topic.DecodeFallbacks,
            Accepted = meters.Accepted(index),
            Rejected = meters.Rejected(index),
            PerMinute = meters.PerMinute(index, nowMs),
            LastRecordMs = meters.LastMs(index),
            WatermarkMs = topic.WatermarkMs,
            MaxEventTimeMs = topic.MaxEventTimeMs,
        };
    }

    private ModelStatus Model(int index, long nowMs)
    {
        ModelView view = views[index];
        ModelReading model = reading.Models[index];
        TopicReading topic = reading.Topics[graph.Sources.Count + index];
        return new ModelStatus
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
            ViewRows = model.ViewRows,
            ViewBytes = model.ViewBytes,
            IsViewComplete = model.IsViewComplete,
            PerMinute = view.Rate.LastMinute(nowMs),
            LastRowMs = model.LastRowMs,
            WatermarkMs = topic.WatermarkMs,
            MaxEventTimeMs = topic.MaxEventTimeMs,
        };
    }
}
