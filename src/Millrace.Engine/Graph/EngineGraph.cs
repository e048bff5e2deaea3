using Millrace.Plans;

namespace Millrace.Engine;

/// <summary>
/// Topics and the models between them, checked and in order: a topic comes behind the models that write it, a model
/// behind the topics that it reads. Immutable. Whoever builds it has checked the project; what is inconsistent here
/// is a bug and throws.
/// </summary>
public sealed class EngineGraph
{
    /// <exception cref="ArgumentException">A name is unknown or double, schemas differ, or models depend on each
    /// other in a circle.</exception>
    public EngineGraph(IEnumerable<TopicSpec> topics, IEnumerable<ModelSpec> models)
    {
        Dictionary<string, TopicSpec> byName = topics.ToDictionary(t => t.Name, StringComparer.Ordinal);
        Sources = [.. byName.Values.Where(t => t.IsSource)];
        List<TopicSpec> orderedTopics = [.. Sources];
        List<ModelSpec> orderedModels = [];
        List<ModelSpec> waiting = [.. models];
        while (waiting.Count > 0)
        {
            string names = string.Join(", ", waiting.Select(m => m.Name));
            ModelSpec ready =
                waiting.FirstOrDefault(m => InputsOf(m).All(name => orderedTopics.Any(t => t.Name == name)))
                ?? throw new ArgumentException($"these read unknown topics or each other: {names}", nameof(models));
            waiting.Remove(ready);
            orderedModels.Add(ready);
            orderedTopics.Add(OutputOf(ready, byName));
        }

        Topics = orderedTopics;
        Models = orderedModels;
    }

    /// <summary>The topics that models may read: the sources, then the models' in the order of
    /// <see cref="Models"/>.</summary>
    public IReadOnlyList<TopicSpec> Topics { get; }

    /// <summary>The topics whose records come from outside, in the order given.</summary>
    public IReadOnlyList<TopicSpec> Sources { get; }

    /// <summary>The models, each behind those whose topics it reads, else in the order given.</summary>
    public IReadOnlyList<ModelSpec> Models { get; }

    /// <summary>The topic of that name in <see cref="Topics"/>, as a position.</summary>
    public int IndexOfTopic(string name)
    {
        for (int i = 0; i < Topics.Count; i++)
        {
            if (Topics[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"no topic {name}", nameof(name));
    }

    /// <summary>The names of the topics that a model scans, each once.</summary>
    public static IReadOnlyList<string> InputsOf(ModelSpec model)
    {
        List<string> names = [];
        CollectScans(model.Plan, names);
        return names;
    }

    private static void CollectScans(PlanNode node, List<string> names)
    {
        if (node is TableScan scan && !names.Contains(scan.Table.Name))
        {
            names.Add(scan.Table.Name);
        }

        foreach (PlanNode input in node.Inputs)
        {
            CollectScans(input, names);
        }
    }

    private static TopicSpec OutputOf(ModelSpec model, Dictionary<string, TopicSpec> topics)
    {
        if (!topics.TryGetValue(model.Topic, out TopicSpec? topic) || topic.IsSource)
        {
            string message = $"model {model.Name} writes {model.Topic}, which is no model's topic";
            throw new ArgumentException(message, nameof(model));
        }

        if (topic.Schema.Count != model.Plan.Schema.Count)
        {
            throw new ArgumentException($"model {model.Name} and its topic have different columns", nameof(model));
        }

        return topic;
    }
}
