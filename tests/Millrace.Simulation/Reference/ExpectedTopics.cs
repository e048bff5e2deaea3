using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Simulation.Reference;

/// <summary>
/// What the topics must hold after all deployments so far: what was computed anew, as if its project had run from the
/// beginning of the log; what was kept, up to the change as before and from there on as if the changed project had
/// always run. Where the log had gaps by then, there is no such run: what was computed anew is what an undisturbed run
/// makes of the rest, and from the position on the project goes on with the states of both.
/// </summary>
internal sealed class ExpectedTopics(int seed)
{
    private readonly List<Deployment> deployments = [];

    /// <summary>How many deployments there were.</summary>
    public int Deployments => deployments.Count;

    /// <summary>Of how many models were computed from a log with gaps.</summary>
    public int Gapped => deployments.Count(d => d is { Past: not null, Gaps.Count: > 0 });

    /// <summary>What runs, or null before the first.</summary>
    public Deployment? Current => deployments.Count == 0 ? null : deployments[^1];

    /// <summary>A project has taken over.</summary>
    /// <param name="project">The project.</param>
    /// <param name="position">Where it took over.</param>
    /// <param name="history">Up to there, at least.</param>
    /// <param name="gaps">The positions that the log had lost by then; null for none.</param>
    public void Deploy(CompiledProject project, long position, LogHistory history, IReadOnlySet<int>? gaps)
    {
        ProjectChanges? changes = Current is { } before ? ProjectChanges.Compare(before.Project, project) : null;
        deployments.Add(new Deployment(project, position, changes, Fresh(project)) { Gaps = gaps });
        if (gaps is not null)
        {
            RunAgain(history);
        }
    }

    /// <summary>The log has lost its end.</summary>
    public void Forget(LogHistory history)
    {
        if (deployments.Any(d => d.Run.Position > history.Count))
        {
            RunAgain(history);
        }
    }

    private UndisturbedRun Fresh(CompiledProject project) => new(project, new Random(seed));

    // A run that goes on from another needs that at the position: none of them may be beyond it.
    private void RunAgain(LogHistory history)
    {
        for (int i = 0; i < deployments.Count; i++)
        {
            Deployment next = deployments[i] with { Run = Fresh(deployments[i].Project) };
            deployments[i] = i > 0 && next.Gaps is not null ? GoOn(deployments[i - 1], next, history) : next;
        }
    }

    private Deployment GoOn(Deployment before, Deployment next, LogHistory history)
    {
        before.Run.Follow(history, next.Position);
        ProjectChanges changes = next.Changes!;
        while (true)
        {
            UndisturbedRun? past = changes.Computed.Count == 0
                ? null
                : new UndisturbedRun(next.Project, new Random(seed), changes.Computed) { Gaps = next.Gaps };
            past?.Follow(history, next.Position);
            UndisturbedRun run = Fresh(next.Project);
            if (run.GoOn(before.Run, past, changes) is not { Count: > 0 } refused)
            {
                return next with { Past = past, Run = run, Changes = changes };
            }

            changes = refused.Aggregate(changes, (c, r) => c.Rebuilding(r.Name, r.Reason));
        }
    }

    /// <summary>Follows the log; false when the current run is already beyond the position.</summary>
    public bool Follow(LogHistory history, long position)
    {
        for (int i = 0; i + 1 < deployments.Count; i++)
        {
            deployments[i].Run.Follow(history, Math.Min(position, deployments[i + 1].Position));
        }

        Current?.Run.Follow(history, position);
        return Current?.Run.Position == position;
    }

    /// <summary>
    /// All that is written for the current project's tables: the topic's name in the project, partitions.
    /// </summary>
    public IEnumerable<(string Topic, List<TopicRecord>[] Partitions)> All()
    {
        if (Current is not { } current)
        {
            yield break;
        }

        foreach (CompiledTable table in current.Project.Sources.Concat<CompiledTable>(current.Project.Models))
        {
            foreach (string topic in TableTopics.Written(table))
            {
                yield return (topic, Compose(table.Name, topic));
            }
        }
    }

    /// <summary>The final rows of a model.</summary>
    public IEnumerable<string> Final(string model) =>
        Compose(model, Current!.Project.FindModel(model)!.Topic.Name).SelectMany(p => p).Select(r => r.Value!);

    private List<TopicRecord>[] Compose(string table, string topic)
    {
        int first = deployments.Count - 1;
        while (deployments[first].GoesOn(table))
        {
            first--;
        }

        List<TopicRecord>[] partitions =
            [.. Current!.Run.Topics[topic].Select(_ => new List<TopicRecord>())];
        for (int i = first; i < deployments.Count; i++)
        {
            long from = i == first ? 0 : deployments[i].Position;
            long to = i + 1 < deployments.Count ? deployments[i + 1].Position : long.MaxValue;
            for (int p = 0; p < partitions.Length; p++)
            {
                partitions[p].AddRange(deployments[i].Records(topic, p, from, to));
            }
        }

        return partitions;
    }
}
