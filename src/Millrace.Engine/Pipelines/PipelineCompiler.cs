using Millrace.Engine.Operators;
using Millrace.Engine.State;
using Millrace.Plans;

namespace Millrace.Engine.Pipelines;

/// <summary>
/// Cuts a model's plan into pipelines. The spine from the root down its left inputs to a scan is one; each right side
/// of a temporal join another. On the way down it finds out which columns are needed, so that no operator makes what
/// nobody reads.
/// </summary>
internal sealed class PipelineCompiler
{
    private readonly EngineGraph graph;
    private readonly int lanes;
    private readonly bool[][] topicNeeds;
    private readonly List<VersionDraft> versions = [];

    /// <param name="graph">The topics.</param>
    /// <param name="lanes">How many workers there are.</param>
    /// <param name="topicNeeds">Per topic which columns are read by anybody; filled in.</param>
    public PipelineCompiler(EngineGraph graph, int lanes, bool[][] topicNeeds)
    {
        this.graph = graph;
        this.lanes = lanes;
        this.topicNeeds = topicNeeds;
    }

    /// <summary>Lays out a model; those that read its topic have been before.</summary>
    public ModelPipelines Compile(ModelSpec model)
    {
        versions.Clear();
        PipelineDraft main = new();
        int topic = graph.IndexOfTopic(model.Topic);
        Build(model.Plan, NeedsOf(model, topic), graph.Topics[topic].KeyColumn, main, versionKey: null);
        return new ModelPipelines([.. versions], main);
    }

    // All columns, unless the rows are only handed on and nobody looks at them while their window is open.
    private bool[] NeedsOf(ModelSpec model, int topic)
    {
        bool[] needs = topicNeeds[topic];
        IReadOnlyList<Field> fields = model.Plan.Fields;
        bool isPruned = graph.Topics[topic].IsEphemeral && !HasWindow(model.Plan);
        for (int c = 0; c < needs.Length; c++)
        {
            needs[c] |= !isPruned || c == graph.Topics[topic].KeyColumn || fields[c].IsTimeAttribute;
        }

        return needs;
    }

    /// <param name="node">The node whose operators are to be laid out.</param>
    /// <param name="needed">Which of its columns are read above.</param>
    /// <param name="liveKey">Which of its columns holds the record key of the model's rows, or -1.</param>
    /// <param name="draft">The pipeline so far; what is below comes first.</param>
    /// <param name="versionKey">In the right side of a join which columns are the key, -1 where lost; else
    /// null.</param>
    private void Build(PlanNode node, bool[] needed, int liveKey, PipelineDraft draft, int[]? versionKey)
    {
        switch (node)
        {
            case TableScan scan:
                BuildScan(scan, needed, draft, versionKey is not null);
                break;
            case Filter filter:
                BuildFilter(filter, needed, liveKey, draft, versionKey);
                break;
            case Project project:
                BuildProject(project, needed, liveKey, draft, versionKey);
                break;
            case TemporalJoin join:
                BuildJoin(join, needed, liveKey, draft, versionKey);
                break;
            case WindowAggregate window:
                BuildWindow(window, needed, liveKey, draft);
                break;
            default:
                throw new NotSupportedException($"no operator for {node.Describe()}");
        }
    }

    private void BuildScan(TableScan scan, bool[] needed, PipelineDraft draft, bool isVersions)
    {
        draft.Topic = graph.IndexOfTopic(scan.Table.Name);
        bool[] needs = topicNeeds[draft.Topic];
        for (int c = 0; c < needs.Length; c++)
        {
            needs[c] |= needed[c];
        }

        TopicSpec topic = graph.Topics[draft.Topic];
        if (!isVersions && topic.IsSource && topic.Versioning is not null)
        {
            draft.Add(new OperatorDraft(scan, needed, lane => new TableScanOperator(scan, needed, lane)));
        }
    }

    private void BuildFilter(Filter filter, bool[] needed, int liveKey, PipelineDraft draft, int[]? versionKey)
    {
        bool[] below = With(needed, filter.Predicate.InputColumns());
        Build(filter.Inputs[0], below, liveKey, draft, versionKey);
        bool isOfVersions = versionKey is not null && !filter.Predicate.InputColumns().All(versionKey.Contains);
        bool replaces = IsLatestOnly(filter);
        draft.Add(isOfVersions
            ? new OperatorDraft(filter, needed, lane => new VersionFilterOperator(filter, replaces, needed, lane))
            : new OperatorDraft(filter, needed, lane => new FilterOperator(filter, needed, lane)));
    }

    private void BuildProject(Project project, bool[] needed, int liveKey, PipelineDraft draft, int[]? versionKey)
    {
        bool[] below = new bool[project.Inputs[0].Schema.Count];
        for (int c = 0; c < needed.Length; c++)
        {
            if (needed[c])
            {
                below = With(below, project.Expressions[c].InputColumns());
            }
        }

        int[]? keyBelow = versionKey is null ? null : [.. versionKey.Select(k => Below(project, k))];
        Build(project.Inputs[0], below, Below(project, liveKey), draft, keyBelow);
        draft.Add(new OperatorDraft(project, needed, lane => new ProjectOperator(project, needed, lane)));
    }

    private void BuildJoin(TemporalJoin join, bool[] needed, int liveKey, PipelineDraft draft, int[]? versionKey)
    {
        int leftCount = join.Left.Schema.Count;
        bool[] joined = With(needed, join.Residual?.InputColumns() ?? []);
        bool[] kept = joined[leftCount..];
        bool[] right = With(kept, join.RightKey);
        right = join.RightTime is { } time ? With(right, [time]) : right;
        VersionStore store = new(join.Right.Schema, kept, lanes);
        PipelineDraft side = new();
        Build(join.Right, right, -1, side, [.. join.RightKey]);
        VersionWriter writer = new(join, store, IsLatestOnly(join.Right), MeetsNullKeys(join.Right));
        versions.Add(new VersionDraft(side, join, writer));

        bool[] left = With(joined[..leftCount], [join.LeftTime, .. join.LeftKey.SelectMany(k => k.InputColumns())]);
        Build(join.Left, left, liveKey < leftCount ? liveKey : -1, draft, versionKey);
        draft.Add(new OperatorDraft(join, needed, lane => new TemporalJoinOperator(join, store, joined, lane)));
    }

    private void BuildWindow(WindowAggregate window, bool[] needed, int liveKey, PipelineDraft draft)
    {
        bool[] below = With(new bool[window.Inputs[0].Schema.Count], [window.TimeColumn, .. window.GroupKey]);
        foreach (AggregateCall call in window.Aggregates)
        {
            below = call.Argument is { } argument ? With(below, [argument.Index]) : below;
            below = call.Filter is { } filter ? With(below, [filter.Index]) : below;
        }

        // Live rows are those of the uppermost window only.
        Build(window.Inputs[0], below, -1, draft, versionKey: null);
        int key = liveKey >= 0 && liveKey < window.GroupKey.Count ? window.GroupKey[liveKey] : -1;
        draft.Add(new WindowDraft(window, needed, key));
    }

    private static bool IsLatestOnly(PlanNode node) =>
        node is TableScan scan ? scan.Table.Versioning?.IsLatestOnly ?? true : node.Inputs.All(IsLatestOnly);

    private static bool MeetsNullKeys(PlanNode node) =>
        node is TableScan scan ? scan.Table.Versioning?.MeetsNullKeys ?? false : node.Inputs.All(MeetsNullKeys);

    private static bool HasWindow(PlanNode node) => node is WindowAggregate || node.Inputs.Any(HasWindow);

    private static int Below(Project project, int column) =>
        column >= 0 && project.Expressions[column] is InputColumn input ? input.Index : -1;

    private static bool[] With(bool[] needed, IReadOnlyList<int> columns)
    {
        bool[] more = [.. needed];
        foreach (int column in columns)
        {
            more[column] = true;
        }

        return more;
    }
}
