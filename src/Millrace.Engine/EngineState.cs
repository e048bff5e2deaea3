using Millrace.Engine.Pipelines;
using Millrace.Engine.Snapshots;
using Millrace.Engine.State;
using Millrace.Engine.Topics;

namespace Millrace.Engine;

/// <summary>
/// All that an engine must remember from one step to the next, in the order in which snapshots have it: topics, models,
/// and the parts of both that are too large for the head.
/// </summary>
internal sealed class EngineState
{

    private readonly EngineGraph graph;
    private readonly TopicState[] topics;
    private readonly ModelRunner[] models;

    /// <param name="graph">The graph.</param>
    /// <param name="topics">Its topics, running.</param>
    /// <param name="duplicates">Per source what drops its duplicates, or null.</param>
    /// <param name="models">Its models, running.</param>
    public EngineState(
        EngineGraph graph, TopicState[] topics, DuplicateFilter?[] duplicates, ModelRunner[] models)
    {
        this.graph = graph;
        this.topics = topics;
        this.models = models;
        List<OwnedPart> parts = [];
        for (int s = 0; s < duplicates.Length; s++)
        {
            if (duplicates[s] is { } filter)
            {
                parts.Add(new OwnedPart(graph.Sources[s].Name, true, filter.State));
            }
        }

        parts.AddRange(models.SelectMany((m, i) => m.Parts.Select(p => new OwnedPart(graph.Models[i].Name, false, p))));
        Parts = parts;
    }

    public IReadOnlyList<OwnedPart> Parts { get; }

    /// <summary>The topics, as <see cref="EngineGraph.Topics"/>.</summary>
    public IReadOnlyList<TopicState> Topics => topics;

    /// <summary>The models, as <see cref="EngineGraph.Models"/>.</summary>
    public IReadOnlyList<ModelRunner> Models => models;

    public EngineGraph Graph => graph;

    /// <summary>Begins to write all parts; returns the writer that holds the head.</summary>
    public SnapshotWriter Begin(bool isFull, long position)
    {
        SnapshotWriter head = new();
        head.BeginBlock(BlockKind.Head);
        head.Fixed(SnapshotHead.Magic);
        head.Flag(isFull);
        head.Time(position);
        head.Count(topics.Length);
        foreach (TopicState topic in topics)
        {
            head.Text(topic.Rows.Spec.Name);
            int section = head.BeginSection();
            topic.Save(head);
            head.EndSection(section);
        }

        head.Count(models.Length);
        for (int m = 0; m < models.Length; m++)
        {
            head.Text(graph.Models[m].Name);
            int section = head.BeginSection();
            models[m].SaveCounts(head);
            head.EndSection(section);
        }

        BeginParts(isFull, head);
        head.EndBlock();
        return head;
    }

    private void BeginParts(bool isFull, SnapshotWriter head)
    {
        head.Count(Parts.Count);
        for (int p = 0; p < Parts.Count; p++)
        {
            OwnedPart part = Parts[p];
            head.Flag(part.IsSource);
            head.Text(part.Owner);
            head.Text(part.Part.Name);
            head.Count(part.Part.FormatVersion);
            head.Text(part.Part.Signature);
            int section = head.BeginSection();
            part.Part.Begin(p, isFull, head);
            head.EndSection(section);
        }
    }
}

/// <summary>A part of the state and whose it is.</summary>
/// <param name="Owner">The model's or source's name.</param>
/// <param name="IsSource">Whether a source is meant.</param>
/// <param name="Part">The part.</param>
internal sealed record OwnedPart(string Owner, bool IsSource, IStatePart Part);
