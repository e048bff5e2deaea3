using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// COALESCE: the first argument that is not NULL. It guards nothing: every argument is evaluated for every row.
/// </summary>
internal sealed class CoalesceKernel : Kernel
{
    private readonly Kernel[] arguments;
    private readonly RowMask[] taken;
    private readonly RowMerger merger;
    private readonly List<Choice> choices = [];

    public CoalesceKernel(Kernel[] arguments, SqlType type)
        : base(type)
    {
        this.arguments = arguments;
        taken = [.. arguments.Select(_ => new RowMask())];
        merger = RowMerger.Create(type);
        CanFail = arguments.Any(a => a.CanFail);
    }

    public override bool CanFail { get; }

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        choices.Clear();
        RowMask left = taken[^1];
        left.SetAll(input.Count);
        bool isDone = false;
        for (int a = 0; a < arguments.Length; a++)
        {
            if (isDone && !arguments[a].CanFail)
            {
                continue;
            }

            ColumnVector value = arguments[a].Evaluate(input, active, failures);
            if (isDone)
            {
                continue;
            }

            bool isLast = !value.HasNulls || a == arguments.Length - 1;
            isDone = isLast ? TakeAll(left, taken[a]) : Take(value, left, taken[a]);
            choices.Add(new Choice(value, taken[a], arguments[a] is LiteralKernel));
        }

        return choices.Count == 1 ? choices[0].Source : merger.Merge(choices, input.Count);
    }

    private static bool TakeAll(RowMask left, RowMask target)
    {
        if (left != target)
        {
            target.CopyFrom(left);
        }

        return true;
    }

    // Moves the rows that are not NULL; whether that were all.
    private static bool Take(ColumnVector value, RowMask left, RowMask target)
    {
        target.SetNone(left.Rows);
        Span<ulong> from = left.Words;
        Span<ulong> to = target.Words;
        ulong rest = 0;
        for (int w = 0; w < from.Length; w++)
        {
            to[w] = from[w] & BooleanWords.Known(value, w);
            from[w] &= ~to[w];
            rest |= from[w];
        }

        return rest == 0;
    }
}
