using Millrace.Plans;

namespace Millrace.Projects;

/// <summary>Decides what a model becomes: on its plan, never on its text.</summary>
internal static class Materializer
{
    /// <summary>The first node of the plan that keeps state, or null: then a topic is enough.</summary>
    public static PlanNode? StatefulNode(PlanNode plan) => plan is TableScan or Filter or Project
        ? plan.Inputs.Select(StatefulNode).FirstOrDefault(n => n is not null)
        : plan;

    /// <summary>What a node that keeps state is called in SQL.</summary>
    public static string NameOf(PlanNode node) => node switch
    {
        TemporalJoin => "a join AS OF",
        WindowAggregate { Window: TumbleWindow } => "TUMBLE with GROUP BY",
        WindowAggregate => "a window with GROUP BY",
        _ => $"a {node.GetType().Name}",
    };

    public static Materialization Of(ModelNode node, PlanNode plan, InferenceLog log)
    {
        PlanNode? stateful = StatefulNode(plan);
        if (node.Model.Materialized is { } said)
        {
            return said.Value == "flink" ? Materialization.Flink : Materialization.Topic;
        }

        Materialization kind = stateful is null ? Materialization.Topic : Materialization.Flink;
        log.Add(
            InferenceKind.Materialization,
            node.Model.Name,
            kind.ToString().ToLowerInvariant(),
            stateful is null ? "it only selects, filters and computes" : $"it has {NameOf(stateful)}");
        return kind;
    }
}
