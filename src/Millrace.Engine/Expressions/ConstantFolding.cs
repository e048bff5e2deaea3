using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>
/// Evaluates what reads no column once, when it is compiled. What fails stays as it is: it fails for the rows that
/// reach it.
/// </summary>
internal static class ConstantFolding
{
    public static Kernel Fold(Kernel kernel)
    {
        Batch one = new(new Schema([]), []) { Count = 1 };
        RowMask mask = new();
        mask.SetAll(1);
        FailureSink failures = new();
        ColumnVector column = kernel.Evaluate(one, mask, failures);
        if (!failures.IsEmpty || column is ListVector or RowVector)
        {
            return kernel;
        }

        return new LiteralKernel(new Literal(column.IsNull(0) ? null : Value(column), kernel.Type));
    }

    private static object Value(ColumnVector column) => column switch
    {
        FixedVector<byte> c => c.Values[0] != 0,
        FixedVector<int> c => c.Values[0],
        FixedVector<long> c => c.Values[0],
        FixedVector<float> c => c.Values[0],
        FixedVector<double> c => c.Values[0],
        FixedVector<Int128> c => c.Values[0],
        BytesVector c => c.Slice(0).ToArray(),
        _ => throw new NotSupportedException($"no constants of {column.Type}"),
    };
}
