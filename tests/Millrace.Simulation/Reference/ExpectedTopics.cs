using Millrace.Hosting.Deployments;
using Millrace.Projects;

namespace Millrace.Simulation.Reference;

/// <summary>
/// What the topics must hold after all deployments so far: what was computed anew, as if its project had run from the
/// beginning of the log; what was kept, up to the change as before and from there on as if the changed project had
/// always run.
/// </summary>
internal sealed class ExpectedTopics(int seed)
{
    private readonly List<Deployment> deployments = [];

    /// <summary>How many deployments there were.</summary>
    public int Deployments => deployments.Count;

    /// <summary>What runs, or null before the first.</summary>
    public Deployment? Current => deployments.Count == 0 ? null : deployments[^1];

    /// <summary>A project has taken over.</summary>
    public void Deploy(CompiledProject project, long position) => deployments.Add(new Deployment(
        project,
        position,
        Current is { } before ? ProjectChanges.Compare(before.Project, project) : null,
        new UndisturbedRun(project, new Random(seed))));

    /// <summary>The log has lost its end.</summary>
    public void Forget(long end)
    {
        for (int i = 0; i < deployments.Count; i++)
        {
            if (deployments[i].Run.Position > end)
            {
                deployments[i] = deployments[i] with
                {
                    Run = new UndisturbedRun(deployments[i].Project, new Random(seed)),
                };
            }
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
                partitions[p].AddRange(deployments[i].Run.Topics[topic][p]
                    .Where(r => r.Position >= from && r.Position < to).Select(r => r.Record));
            }
        }

        return partitions;
    }
}
