using Millrace.Engine.Expressions;

namespace Millrace.Engine.Flow;

/// <summary>
/// What one worker's operators of one pipeline share: scratch memory for the operator that runs, and the rows that
/// failed. Not thread-safe.
/// </summary>
internal sealed class Lane(int index, int topic, ModelSpec model)
{
    private int[] indexes = [];

    /// <summary>Which worker.</summary>
    public int Index { get; } = index;

    /// <summary>The active rows for kernels.</summary>
    public RowMask Mask { get; } = new();

    public FailureSink Failures { get; } = new();

    /// <summary>Which operator runs, counted from the scan: rows of one event that fail are reported in this
    /// order.</summary>
    public int Operator { get; set; }

    /// <summary>Rows that failed in this round, in the order of operators, then rows.</summary>
    public List<BadReport> Bad { get; } = [];

    /// <summary>Left rows of joins that met no version, since the engine was made.</summary>
    public long Unmatched { get; set; }

    /// <summary>Scratch for row numbers.</summary>
    public int[] Indexes(int rows)
    {
        if (indexes.Length < rows)
        {
            indexes = new int[Math.Max(rows, indexes.Length * 2)];
        }

        return indexes;
    }

    /// <summary>Reports the rows that failed in an operator; the sink stays as it is.</summary>
    public void ReportFailures(FlowBatch input)
    {
        foreach (RowFailure failure in Failures.Failures.OrderBy(f => f.Row))
        {
            Report(input, failure.Row, failure.Reason, failure.Message);
        }
    }

    public void Report(FlowBatch input, int row, string reason, string message)
    {
        byte[]? original = input.IsTopicRow ? null : RowText.Of(input.Rows, row);
        long position = input.Rows.Positions[row];
        Bad.Add(new BadReport(topic, model, position, input.Events[row], -1, Operator, reason, message, original));
    }
}
