namespace Millrace.Plans;

/// <summary>
/// Says when Flink computes the averages of an aggregate from its sums and counts instead of natively: when that
/// leaves fewer different calls. Then <b>all</b> its AVGs are SUM / COUNT with the sum in SUM's own type, and its SUMs
/// start from 0. One sees it only at the edges: narrow integers wrap before the division, FLOAT averages lose what the
/// float sum lost, a DECIMAL sum that overflowed stays NULL.
/// </summary>
public static class AverageReduction
{
    /// <summary>Whether the averages (and sums) of these calls, together, are computed from sums and counts.</summary>
    /// <param name="calls">All calls of one aggregate.</param>
    public static bool Applies(IReadOnlyList<AggregateCall> calls)
    {
        if (calls.All(c => c.Function != AggregateFunction.Avg))
        {
            return false;
        }

        HashSet<Form> reduced = [];
        foreach (AggregateCall call in calls)
        {
            bool isAverage = call.Function == AggregateFunction.Avg;
            if (isAverage || call.Function == AggregateFunction.Sum)
            {
                reduced.Add(new Form(AggregateFunction.Sum, call.Argument!.Index, call.IsDistinct, call.Filter?.Index));

                // A sum that may be NULL needs the count to tell nothing from zero.
                if (isAverage || call.Type.IsNullable)
                {
                    reduced.Add(Form.Count(call));
                }
            }
            else
            {
                reduced.Add(Form.Of(call));
            }
        }

        return reduced.Count < calls.Select(Form.Of).Distinct().Count();
    }

    // What makes two calls the same one. To count a column that is NOT NULL is to count rows.
    private sealed record Form(AggregateFunction Function, int? Argument, bool IsDistinct, int? Filter)
    {
        public static Form Of(AggregateCall call) => call.Function == AggregateFunction.Count
            ? Count(call)
            : new(call.Function, call.Argument?.Index, call.IsDistinct, call.Filter?.Index);

        public static Form Count(AggregateCall call)
        {
            bool countsRows = !call.IsDistinct && call.Argument is not { Type.IsNullable: true };
            int? argument = countsRows ? null : call.Argument?.Index;
            return new(AggregateFunction.Count, argument, call.IsDistinct, call.Filter?.Index);
        }
    }
}
