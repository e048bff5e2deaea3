using Millrace.Engine;
using Millrace.Hosting.Meters;
using Millrace.Hosting.Pressure;
using Millrace.Hosting.Running;
using Millrace.Hosting.Snapshots;
using Millrace.Hosting.Views;
using Millrace.Projects;
using Millrace.Storage.Disk;
using Millrace.Storage.Folders;
using Millrace.Storage.Snapshots;
using Millrace.Storage.Topics;

namespace Millrace.Hosting.Deployments;

/// <summary>
/// Puts a changed project in the place of the running one, between two steps, when what it needs has been computed:
/// <code>
/// running   ... P | state of what is kept ─┐
/// rebuild   ... P | state of the others  ──┴─► changed project: snapshot at P, deployment, from P on ...
/// </code>
/// Everything up to the entry in the ledger that makes the deployment is of no account without it: who is killed before
/// goes on with the old project, who is killed after with the new one. Belongs to the engine's thread.
/// </summary>
internal sealed class Changeover : IInterlude
{
    private readonly DataFolder folder;
    private readonly RuntimeOptions options;
    private readonly CompiledProject target;
    private readonly DeploymentRecord before;
    private readonly IWorkers workers;
    private readonly SourceMeters meters;
    private readonly PressureGauge pressure;
    private readonly DeploymentProgress progress;
    private ProjectChanges? changes;
    private Dictionary<string, string> names = [];
    private Rebuild? rebuild;

    public Changeover(
        DataFolder folder, RuntimeOptions options, DeploymentStart start, IWorkers workers, SourceMeters meters,
        PressureGauge pressure, DeploymentProgress progress)
    {
        this.folder = folder;
        this.options = options;
        this.workers = workers;
        this.meters = meters;
        this.pressure = pressure;
        this.progress = progress;
        target = start.Target;
        before = start.Record;
        changes = start.Changes;
        Activity = new RebuildActivity(folder, pressure);
        if (changes is null)
        {
            progress.Finished();
        }
        else
        {
            Prepare(changes);
        }
    }

    /// <summary>What computes the models that have to be computed.</summary>
    public RebuildActivity Activity { get; }

    /// <summary>Puts a run in the place of the one before.</summary>
    public Action<ProjectRun> Replace { get; set; } = static _ => { };

    /// <summary>Answers reads; called now and then: the running project is whole until it is replaced.</summary>
    public Action AnswerReads { get; set; } = static () => { };

    /// <summary>Whether a snapshot of the running project is under way: one at a time.</summary>
    public Func<bool> IsSnapshotUnderWay { get; set; } = static () => false;

    public bool TryAdvance(ProjectRun run, bool isIdle)
    {
        if (changes is not { } current || (rebuild is not null && !Activity.IsNear) || pressure.IsDiskFull)
        {
            return false;
        }

        if (rebuild is not null && !CatchUp(rebuild, run))
        {
            return true;
        }

        if (IsSnapshotUnderWay())
        {
            return false;
        }

        try
        {
            Run(current, run);
            return true;
        }
        catch (StorageFault e) when (IsWantOfRoom(e))
        {
            pressure.NoteExhausted();
            return false;
        }
    }

    public void End()
    {
    }

    private void Prepare(ProjectChanges planned)
    {
        changes = planned;
        names = GenerationNames.Of(
            target, planned, before, name => folder.TryGetTopic(name, out _) || before.Retired.Contains(name));
        if (planned.Computed.Count == 0)
        {
            return;
        }

        rebuild = new Rebuild(
            folder, target, planned.Computed, new Graph.TopicNames(names), new SequentialWorkers(),
            options.ViewBytesOf(target.Models.Count));
        progress.Rebuilding(rebuild);
        Activity.Begin(rebuild);
    }

    // So little is left that it is done at once; should it be more, the other thread does it.
    private bool CatchUp(Rebuild behind, ProjectRun run)
    {
        if (run.Position - behind.Position > RebuildActivity.AtOnce)
        {
            Activity.GoOn();
            return false;
        }

        try
        {
            while (behind.TryStep(RebuildActivity.AtOnce, run.Position))
            {
            }

            return true;
        }
        catch (DiskFullFault)
        {
            pressure.NoteExhausted();
            return false;
        }
    }

    private void Run(ProjectChanges current, ProjectRun run)
    {
        FolderTopics topics = new(folder, target, new Graph.TopicNames(names), AppendersOf(run));
        ProjectRun next = new(target, folder, topics, workers, options, meters, name => RowsOf(name, current, run));
        IReadOnlyList<RefusedState> refused = StateTransfer.Run(
            run.Engine, rebuild?.State, next.Engine, current, options.SnapshotSliceBytes, AnswerReads);
        if (refused.Count > 0)
        {
            Discard(topics);
            Prepare(refused.Aggregate(current, (c, r) => c.Rebuilding(r.Name, $"its state does not fit: {r.Reason}")));
            return;
        }

        next.StartAt(run.Position, [.. target.Sources.Select(s => EndsOf(s, run))]);
        DerivedAppender[] attached = Attach(topics);
        try
        {
            Commit(current, run, next);
        }
        catch (StorageFault e) when (IsWantOfRoom(e))
        {
            TakeBack(attached);
            throw;
        }

        Replace(next);
        Remove(run, topics);
        (changes, rebuild) = (null, null);
        Activity.Finish();
        progress.Finished();
    }

    /// <summary>From here on the folder is the changed project's, once the deployment is in the ledger.</summary>
    private void Commit(ProjectChanges current, ProjectRun run, ProjectRun next)
    {
        folder.CommitStep(run.Position);
        folder.Flush();
        AnswerReads();
        ProjectArchive archive = new(options.Disk, options.DataFolder);
        long number = folder.Deployment.Number + 1;
        archive.Write(number, options.Sources!);
        WriteSnapshot(next, number);
        folder.CommitDeployment(RecordOf(current, run, next).Write());
        archive.RemoveBefore(number);
    }

    private DeploymentRecord RecordOf(ProjectChanges current, ProjectRun run, ProjectRun next) => new DeploymentRecord
    {
        Position = run.Position,
        HasFiles = true,
        Topics = names,
        Ends = next.Topics.Derived.ToDictionary(
            a => a.Topic.Name, a => a.Topic.Partitions.Select(p => a.NextOffset(p.Partition)).ToArray()),
        Computed = new(
        [
            .. before.Computed.Where(c => target.FindModel(c.Key) is not null && !current.Computed.Contains(c.Key)),
            .. current.Computed.Select(m => new KeyValuePair<string, long>(m, run.Position)),
        ]),
        Retired = options.Prune ? [] :
        [
            .. before.Retired,
            .. current.Tables.Where(t => t is { Kind: ChangeKind.Removed })
                .SelectMany(t => TableTopics.Written(run.Project.FindTable(t.Name)!))
                .Select(before.Names.PhysicalOf),
        ],
    }.Of(target);

    private void WriteSnapshot(ProjectRun next, long deployment)
    {
        SnapshotInfo info = new(next.Position, deployment) { Metadata = SnapshotMetadata.Take(next).Write(next.Graph) };
        SnapshotWriter writer = folder.Snapshots.Begin(info);
        try
        {
            EngineSnapshot state = next.Engine.BeginSnapshot(full: true, new WriterSink(writer));
            while (!state.Advance(options.SnapshotSliceBytes))
            {
                AnswerReads();
            }

            writer.Complete();
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }

    private Func<TopicLog, DerivedAppender> AppendersOf(ProjectRun run)
    {
        Dictionary<TopicLog, DerivedAppender> known = run.Topics.Derived
            .Concat(rebuild?.Models.Values.SelectMany(m => m.Appenders) ?? [])
            .ToDictionary(a => a.Topic);
        return topic => known.GetValueOrDefault(topic) ?? folder.OpenDerived(topic, attach: false);
    }

    private DerivedAppender[] Attach(FolderTopics topics)
    {
        DerivedAppender[] attached = [.. topics.Derived.Where(a => !a.IsAttached)];
        foreach (DerivedAppender appender in attached)
        {
            folder.Attach(appender);
        }

        return attached;
    }

    // There was no room, most likely for the snapshot: the running project goes on until there is.
    private void TakeBack(DerivedAppender[] attached)
    {
        folder.Snapshots.RemoveAfterDeployment(folder.Deployment.Number);
        foreach (DerivedAppender appender in attached)
        {
            folder.Detach(appender);
        }
    }

    private bool IsWantOfRoom(StorageFault fault) =>
        folder.Poison is null && fault is (DiskFullFault or DiskFault { IsFull: true });

    // What was opened for a change that does not come to be.
    private void Discard(FolderTopics topics)
    {
        foreach (DerivedAppender appender in topics.Derived.Where(a => !a.IsAttached))
        {
            folder.RemoveTopic(appender.Topic.Name);
        }
    }

    private RowStore? RowsOf(string model, ProjectChanges current, ProjectRun run) =>
        rebuild?.Models.GetValueOrDefault(model)?.Final
        ?? (current.Find(model)!.Kind is ChangeKind.Added ? null : run.ViewOf(model)?.Final);

    private long[] EndsOf(CompiledSource source, ProjectRun run)
    {
        for (int s = 0; s < run.Intakes.Count; s++)
        {
            if (run.Intakes[s].Source.Name == source.Name)
            {
                return run.SourceEnds[s];
            }
        }

        int index = rebuild?.Sources.Keys.ToList().IndexOf(source.Name) ?? -1;
        return index >= 0 ? rebuild!.SourceEnds[index] : new long[source.Topic.Partitions];
    }

    /// <summary>The topics that were replaced, and with <c>--prune</c> those that nobody writes any more.</summary>
    private void Remove(ProjectRun run, FolderTopics topics)
    {
        HashSet<TopicLog> used = [.. topics.Derived.Select(a => a.Topic)];
        foreach (DerivedAppender appender in run.Topics.Derived.Where(a => !used.Contains(a.Topic)))
        {
            folder.Detach(appender);
        }

        DeploymentRecord record = DeploymentRecord.Read(folder.Deployment.Bytes.Span);
        foreach (TopicLog topic in folder.Topics.Where(t => !record.Has(t)).ToArray())
        {
            folder.RemoveTopic(topic.Name);
        }
    }

    private sealed class WriterSink(SnapshotWriter writer) : ISnapshotSink
    {
        public void Write(ReadOnlySpan<byte> block) => writer.Write(block);
    }
}
