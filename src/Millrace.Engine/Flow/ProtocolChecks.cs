using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Flow;

/// <summary>
/// What every operator may rely on, checked between operators in tests: columns have the storage of their types and
/// room for the rows, positions and events ascend, watermarks don't go back. A violation is a bug of the operator
/// named.
/// </summary>
internal static class ProtocolChecks
{
    public static void Verify(FlowBatch flow, PlanNode node, ReadOnlySpan<bool> needed)
    {
        Schema schema = node.Schema;
        string from = node.Describe();
        Require(flow.Rows.Columns.Length == schema.Count, from, "the columns are not the schema's");
        for (int c = 0; c < schema.Count; c++)
        {
            ColumnVector column = flow.Rows.Columns[c];
            if (needed[c])
            {
                Type storage = ColumnVector.Create(schema.Columns[c].Type).GetType();
                Require(column.Capacity >= flow.Count, from, $"column {c} is shorter than the batch");
                Require(column.GetType() == storage, from, $"column {c} has wrong storage");
            }
        }

        for (int row = 1; row < flow.Count; row++)
        {
            Require(flow.Rows.Positions[row - 1] <= flow.Rows.Positions[row], from, "positions go back");
            Require(flow.Events[row - 1] <= flow.Events[row], from, "events go back");
        }
    }

    public static void Verify(TopicRows topic)
    {
        ReadOnlySpan<long> watermarks = topic.Watermarks;
        ReadOnlySpan<long> positions = topic.Positions;
        for (int i = 1; i < watermarks.Length; i++)
        {
            Require(watermarks[i - 1] <= watermarks[i], topic.Spec.Name, "the watermark goes back");
        }

        for (int i = 1; i < positions.Length; i++)
        {
            Require(positions[i - 1] <= positions[i], topic.Spec.Name, "positions go back");
        }
    }

    private static void Require(bool holds, string from, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"{from}: {what}");
        }
    }
}
