using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// CASE. A condition counts, and may fail, only for rows that no earlier one took, a result only for the rows of its
/// condition. NULL as a condition is not TRUE.
/// </summary>
internal sealed class CaseKernel : Kernel
{
    private readonly Kernel[] conditions;
    private readonly Kernel[] results;
    private readonly RowMask[] taken;
    private readonly RowMask guarded = new();
    private readonly RowMerger merger;
    private readonly List<Choice> choices = [];

    /// <param name="conditions">The conditions, in order.</param>
    /// <param name="results">The result of each condition, then that of ELSE.</param>
    /// <param name="type">The type of all results.</param>
    public CaseKernel(Kernel[] conditions, Kernel[] results, SqlType type)
        : base(type)
    {
        this.conditions = conditions;
        this.results = results;
        taken = [.. results.Select(_ => new RowMask())];
        merger = RowMerger.Create(type);
        CanFail = conditions.Any(c => c.CanFail) || results.Any(r => r.CanFail);
    }

    public override bool CanFail { get; }

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        choices.Clear();
        RowMask left = taken[^1];
        left.SetAll(input.Count);
        for (int b = 0; b < conditions.Length; b++)
        {
            ColumnVector condition = conditions[b].Evaluate(input, Guard(conditions[b], left, active), failures);
            if (Take(condition, left, taken[b]))
            {
                Choose(b, input, active, failures);
            }
        }

        Choose(results.Length - 1, input, active, failures);
        return merger.Merge(choices, input.Count);
    }

    private void Choose(int branch, Batch input, RowMask active, FailureSink failures)
    {
        Kernel kernel = results[branch];
        ColumnVector value = kernel.Evaluate(input, Guard(kernel, taken[branch], active), failures);
        choices.Add(new Choice(value, taken[branch], kernel is LiteralKernel));
    }

    // The rows of a branch that are active at all.
    private RowMask Guard(Kernel kernel, RowMask rows, RowMask active)
    {
        if (!kernel.CanFail)
        {
            return rows;
        }

        guarded.CopyFrom(rows);
        guarded.KeepCommon(active);
        return guarded;
    }

    // Moves the rows for which the condition is TRUE; whether there are any.
    private static bool Take(ColumnVector condition, RowMask left, RowMask target)
    {
        target.SetNone(left.Rows);
        Span<ulong> from = left.Words;
        Span<ulong> to = target.Words;
        ulong any = 0;
        for (int w = 0; w < from.Length; w++)
        {
            ulong hit = from[w] & BooleanWords.True(condition, w, left.Rows);
            to[w] = hit;
            from[w] &= ~hit;
            any |= hit;
        }

        return any != 0;
    }
}
