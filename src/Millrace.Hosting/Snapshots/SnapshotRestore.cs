using System.Globalization;
using Millrace.Engine;
using Millrace.Hosting.Graph;
using Millrace.Hosting.Running;
using Millrace.Hosting.Status;
using Millrace.Hosting.Views;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Snapshots;

/// <summary>
/// Brings a run to the newest snapshot that can be used: state, and offsets of the topics. Without one it begins where
/// the log does.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="takeover">Where the project took over; before that a replay only makes the state.</param>
/// <param name="isKnown">Whether the project is known to be that of the snapshots; else their fingerprint
/// tells.</param>
/// <param name="create">Makes a fresh run; what a damaged snapshot was read into is of no use any more.</param>
/// <param name="checkInterval">See <see cref="ReplaySink"/>.</param>
/// <param name="clock">For how long it took.</param>
internal sealed class SnapshotRestore(
    DataFolder folder, Takeover takeover, bool isKnown, Func<ProjectRun> create, long checkInterval,
    TimeProvider clock)
{
    private readonly long deployment = folder.Deployment.Number;
    private readonly List<string> unusable = [];

    /// <param name="run">A fresh run, which is used unless the first snapshot tried is damaged.</param>
    public StartReport Restore(ProjectRun run)
    {
        long start = clock.GetTimestamp();
        ProjectRun? fresh = run;
        foreach (SnapshotInfo info in folder.Snapshots.List())
        {
            if (info.Problem is null && info.Deployment != deployment)
            {
                continue;
            }

            fresh ??= create();
            if (ReasonAgainst(info, fresh, out SnapshotMetadata? metadata) is { } reason)
            {
                Refuse(info, reason);
            }
            else if (TryRestore(fresh, info))
            {
                return Begin(fresh, info, metadata!, start);
            }
            else
            {
                fresh = null;
            }
        }

        StartingPoint.RequireWholeLog(folder, unusable);
        fresh ??= create();
        fresh.StartAt(0);
        return Replay(
            fresh, takeover.FirstOf, static (_, topic) => new long[topic.Partitions.Count],
            new RestartStatus { Unusable = unusable, Remarks = [.. Differences()] });
    }

    // What was open at the take-over had been counted by the project before, which read other columns of the records
    // and took others for bad.
    private IEnumerable<string> Differences()
    {
        if (takeover.Position > 0)
        {
            folder.LetReplayDiffer();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"no snapshot is left of the time since the project took over at position {takeover.Position}: ")
                + "what was open then is counted anew, as the project counts it now; the rows that are there stay";
        }
    }

    private StartReport Begin(ProjectRun run, SnapshotInfo info, SnapshotMetadata metadata, long start)
    {
        run.StartAt(info.Position, [.. run.Topics.Sources.Select(s => EndsOf(s, metadata))]);
        RestartStatus status = new()
        {
            Snapshot = info.Number,
            Position = info.Position,
            Unusable = unusable,
            RestoreMs = clock.GetElapsedTime(start).TotalMilliseconds,
        };
        return Replay(
            run, p => metadata.OffsetOf(p) ?? 0, (model, _) => metadata.Views.GetValueOrDefault(model), status);
    }

    private StartReport Replay(
        ProjectRun run, Func<PartitionLog, long> offsetOf, Func<string, TopicLog, long[]?> firstsOf,
        RestartStatus status)
    {
        run.Topics.ResumeAt(offsetOf);
        run.BeginReplay(checkInterval, takeover.Position);
        return new StartReport(run, status, [.. run.Views.Select((view, i) =>
        {
            DerivedAppender topic = run.Topics.Models[i];
            long[] firsts = firstsOf(view.Model.Name, topic.Topic) ?? [.. topic.Topic.Partitions.Select(offsetOf)];
            return new ViewRefill(view.Final, topic, firsts);
        })]);
    }

    private bool TryRestore(ProjectRun run, SnapshotInfo info)
    {
        try
        {
            RestoreReport report = run.Engine.Restore(folder.Snapshots.Open(info).Blocks());
            if (report.Refused is [var refused, ..])
            {
                Refuse(info, $"the state of {refused.Name} does not fit: {refused.Reason}");
                return false;
            }

            return true;
        }
        catch (Exception e) when (e is StorageFault or SnapshotDamagedException)
        {
            Refuse(info, e.Message);
            return false;
        }
    }

    private string? ReasonAgainst(SnapshotInfo info, ProjectRun run, out SnapshotMetadata? metadata)
    {
        if (StartingPoint.ReasonAgainst(folder, info, out metadata) is { } reason)
        {
            return reason;
        }

        return isKnown || metadata!.Graph == GraphPrint.Of(run.Graph) ? null : "the project has changed since";
    }

    private void Refuse(SnapshotInfo info, string reason) => unusable.Add(StartingPoint.Refusal(info, reason));

    private static long[] EndsOf(TopicLog topic, SnapshotMetadata metadata) =>
        [.. topic.Partitions.Select(p => metadata.OffsetOf(p) ?? 0)];
}
