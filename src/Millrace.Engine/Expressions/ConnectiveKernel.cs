using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>
/// AND and OR, three-valued. The right side counts, and may fail, only for rows that the left side has not decided:
/// FALSE decides AND, TRUE decides OR, NULL decides neither.
/// </summary>
internal sealed class ConnectiveKernel(Kernel left, Kernel right, bool isOr, SqlType type) : Kernel(type)
{
    private readonly BooleanResult result = new(type);
    private readonly RowMask undecided = new();

    public override bool CanFail => left.CanFail || right.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector first = left.Evaluate(input, active, failures);
        ColumnVector second = right.Evaluate(input, right.CanFail ? Undecided(first, active) : active, failures);
        result.Begin(input.Count);
        for (int w = 0; w < BooleanWords.Count(input.Count); w++)
        {
            ulong a = BooleanWords.True(first, w, input.Count);
            ulong b = BooleanWords.True(second, w, input.Count);
            ulong knownA = BooleanWords.Known(first, w);
            ulong knownB = BooleanWords.Known(second, w);
            ulong decided = isOr ? a | b : (knownA & ~a) | (knownB & ~b);
            result.Write(w, isOr ? a | b : a & b, decided | (knownA & knownB));
        }

        return result.Column;
    }

    private RowMask Undecided(ColumnVector first, RowMask active)
    {
        undecided.CopyFrom(active);
        Span<ulong> words = undecided.Words;
        for (int w = 0; w < words.Length; w++)
        {
            ulong isTrue = BooleanWords.True(first, w, active.Rows);
            words[w] &= ~(isOr ? isTrue : BooleanWords.Known(first, w) & ~isTrue);
        }

        return undecided;
    }
}
