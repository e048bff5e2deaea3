using Millrace.Data;
using Millrace.Plans;

namespace Millrace.Engine.Expressions;

/// <summary>A column of the input: the input's own vector, not a copy.</summary>
internal sealed class InputColumnKernel(InputColumn column) : Kernel(column.Type)
{
    public int Index => column.Index;

    public override ColumnVector Evaluate(Batch input, RowMask active, FailureSink failures) =>
        input.Columns[column.Index];
}
