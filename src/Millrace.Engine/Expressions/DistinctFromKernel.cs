using Millrace.Data;

namespace Millrace.Engine.Expressions;

/// <summary>IS [NOT] DISTINCT FROM: two NULLs are the same, a NULL and a value are not; never NULL.</summary>
internal sealed class DistinctFromKernel(Kernel left, Kernel right, ValueComparer equality, bool isNot, SqlType type)
    : Kernel(type)
{
    private readonly BooleanResult result = new(type);
    private byte[] equal = [];

    public override bool CanFail => left.CanFail || right.CanFail;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures)
    {
        ColumnVector a = left.Evaluate(input, active, failures);
        ColumnVector b = right.Evaluate(input, active, failures);
        int rows = input.Count;
        if (equal.Length < rows)
        {
            equal = new byte[Math.Max(rows, equal.Length * 2)];
        }

        equality.Compare(a, b, equal.AsSpan(0, rows));
        result.Begin(rows);
        for (int w = 0; w < BooleanWords.Count(rows); w++)
        {
            ulong knownA = BooleanWords.Known(a, w);
            ulong knownB = BooleanWords.Known(b, w);
            ulong same = BooleanWords.Pack(equal.AsSpan(w << 6, Math.Min(64, rows - (w << 6))));
            ulong distinct = (knownA ^ knownB) | (knownA & knownB & ~same);
            result.Write(w, isNot ? ~distinct : distinct, ulong.MaxValue);
        }

        return result.Column;
    }
}
